// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/reader.h"
#include "station/worker.h"
#include "ui/orderbar.h"

#include <QMap>

class QComboBox;
class QTextBrowser;
class QVBoxLayout;

namespace ui {

/// What happens to units apart from their test: the order that the line works for, one unit's life
/// as a timeline, and what people do with it: release, ship, repair, replace its board, scrap, take
/// back.
class UnitPage : public QWidget {
    Q_OBJECT
public:
    /// `reasons`: the plan's codes; empty: any word.
    explicit UnitPage(const QStringList &reasons, QWidget *parent = nullptr);

    [[nodiscard]] OrderBar &orderBar() { return *m_orders; }
    void showLife(const station::Result<station::UnitLife> &life);
    void showMessage(const QString &text, bool isGood);
    /// Who works here: with a login nobody types who they are.
    void showWorker(const station::Worker &worker);
    /// The second person has shown who they are, until the next deed.
    void showSecond(const std::optional<station::Person> &person);
    void refresh(); ///< asks for the unit again

Q_SIGNALS:
    void lifeAsked(const QString &serial);
    void deedAsked(const station::UnitDeed &deed);
    void secondAsked(const QString &person, const QString &secret); ///< a PIN, or a badge
    void releaseAsked(const station::Release &release); ///< of the unit, or of the order

private:
    void makeDeeds(QVBoxLayout *rows);
    void forget();
    [[nodiscard]] QString named() const;
    void pressed(station::UnitEvent event);
    void perform(station::UnitEvent event);
    void disarm();
    [[nodiscard]] QStringList people() const;

    OrderBar *m_orders = nullptr;
    QLineEdit *m_serial = nullptr;
    QLabel *m_disposition = nullptr;
    QTextBrowser *m_life = nullptr;
    QComboBox *m_reason = nullptr;
    QLineEdit *m_work = nullptr;
    QLineEdit *m_board = nullptr;
    QLineEdit *m_by = nullptr;
    QLineEdit *m_with = nullptr;
    QLineEdit *m_secret = nullptr; ///< the second person's
    station::Worker m_worker;
    std::optional<station::Person> m_second;
    QLabel *m_message = nullptr;
    QMap<station::UnitEvent, QPushButton *> m_deeds;
    std::optional<station::UnitEvent> m_armed; ///< pressed once
    std::optional<station::UnitLife> m_shown; ///< the one that the field names
};

/// The timeline as rich text, the newest first.
[[nodiscard]] QString timelineOf(const station::UnitLife &life);

} // namespace ui
