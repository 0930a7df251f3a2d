// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/slot.h"

#include <QMap>
#include <QWidget>
#include <functional>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// One key of the settings as a form shows it.
struct Field {
    enum class Kind { Text, Number, Truth, Choice };

    QString key; ///< "station.id"
    QString label;
    QString explanation;
    QString value;
    Kind kind = Kind::Text;
    QStringList choices;

    bool operator==(const Field &) const = default;
};

/// The settings as a form: what each key is for stands beside it, and slots and service can be
/// tried before they are saved. It judges nothing itself.
class SettingsPage : public QWidget {
    Q_OBJECT
public:
    /// `fields` is asked again for its words when the language changes.
    SettingsPage(const std::function<QList<Field>()> &fields, const QList<station::Slot> &slotList,
        QWidget *parent = nullptr);

    [[nodiscard]] QMap<QString, QString> values() const; ///< by key
    [[nodiscard]] QList<station::Slot> slotList() const;

    void showMessage(const QString &text, bool isGood);
    void showSlotTest(const QString &slot, const QString &text, bool isGood);

Q_SIGNALS:
    void saveAsked();
    void slotTestAsked(const station::Slot &slot);
    void serviceTestAsked();

private:
    struct Row {
        QWidget *whole = nullptr;
        QLineEdit *name = nullptr;
        QLineEdit *target = nullptr;
        station::Slot slot; ///< with what is changed in the file alone
        QLabel *result = nullptr;
    };

    void addField(QFormLayout *form, const Field &field);
    void addSlot(const station::Slot &slot);
    void addFoot(QVBoxLayout *column);

    struct Editor {
        QWidget *editor = nullptr;
        QLabel *label = nullptr;
        QLabel *why = nullptr;
    };
    static void speakField(const Editor &one, const Field &field);

    QMap<QString, Editor> m_editors; ///< by key
    QList<Row> m_rows;
    QVBoxLayout *m_slots = nullptr;
    QLabel *m_message = nullptr;
};

} // namespace ui
