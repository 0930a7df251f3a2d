// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "station/ledger.h"
#include "ui/scanfield.h"
#include "ui/slotview.h"

#include <functional>

class QComboBox;
class QLabel;

namespace ui {

/// A sign that is read from three metres: one state's colour and shape, and a word.
class Plate : public QWidget {
    Q_OBJECT
public:
    explicit Plate(QWidget *parent = nullptr);

    void show(SlotState state, const QString &words);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    SlotState m_state = SlotState::Empty;
    QString m_words;
};

/// The gate before the box: one field, and green only for a unit that may be packed.
class PackPage : public QWidget {
    Q_OBJECT
public:
    /// On a slot the unit's TPM can be read once more, on the image that ships.
    explicit PackPage(const QStringList &slotNames, QWidget *parent = nullptr);

    [[nodiscard]] ScanField &scanField() { return *m_scan; }
    void refuse(const QString &why); ///< what was asked last is not looked at
    void showJudged(const QString &serial, const station::Result<station::Recorded> &recorded);

Q_SIGNALS:
    void packAsked(const QString &serial, int slot); ///< -1: its TPM is not read

private:
    void ask(const QString &serial);
    void say();

    ScanField *m_scan = nullptr;
    QComboBox *m_slots = nullptr;
    Plate *m_plate = nullptr;
    QLabel *m_reasons = nullptr;
    QString m_asked; ///< the serial that the plate is about
    std::function<void()> m_say; ///< what is shown, in the language of now
};

} // namespace ui
