// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/fieldform.h"
#include "ui/slotform.h"

#include <QTimer>

class QScrollArea;
class QVBoxLayout;

namespace ui {

/// What a settings page begins with.
struct SettingsParts {
    std::function<QList<Field>()> fields;
    /// Of one service, by its name; its keys begin with "service.NAME.".
    std::function<QList<Field>(const QString &)> serviceFields;
    QStringList services;
    QList<station::Slot> slotList;
};

/// The settings as a form: what each key is for stands beside it, and slots and services can be
/// tried before they are saved. It judges nothing itself.
class SettingsPage : public QWidget {
    Q_OBJECT
public:
    explicit SettingsPage(SettingsParts parts, QWidget *parent = nullptr);

    [[nodiscard]] QMap<QString, QString> values() const; ///< by key
    [[nodiscard]] QStringList services() const;
    [[nodiscard]] QList<station::Slot> slotList() const;

    void showMessage(const QString &text, bool isGood);
    /// What is wrong with the field of this key, beside it; "slot.2.target" is a key too. Where no
    /// field has that key it is the page's message. An empty text: nothing is.
    void showComplaint(const QString &key, const QString &text);
    void turnTo(const QString &key); ///< brings that field into sight, with the focus
    void setTarget(int number, const QString &target); ///< of a slot, from 1; and tries it
    void showSshComplaint(int number, const QString &text);
    void showSlotTest(const QString &slot, const QString &text, bool isGood);
    void showServiceTest(const QString &service, const QString &text, bool isGood);

Q_SIGNALS:
    void edited(); ///< and a moment has passed
    void saveAsked();
    void slotTestAsked(const station::Slot &slot);
    void sshAsked(int number, const ui::SshWish &wish); ///< a target is to be made of it
    void serviceTestAsked(const QString &service);

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct ServiceRow {
        QWidget *whole = nullptr;
        FieldForm *form = nullptr;
        QLabel *result = nullptr;
    };

    void addSlot(const station::Slot &slot);
    [[nodiscard]] SlotForm *rowOf(int number) const;
    void addService(const QString &name);
    void askForService();
    [[nodiscard]] QWidget *makeContent();
    void addFoot(QVBoxLayout *column);

    SettingsParts m_parts;
    QScrollArea *m_area = nullptr; ///< empty until somebody looks at it
    FieldForm *m_fields = nullptr;
    QMap<QString, ServiceRow> m_services; ///< by name
    QList<SlotForm *> m_rows;
    QVBoxLayout *m_serviceColumn = nullptr;
    QVBoxLayout *m_slots = nullptr;
    QLineEdit *m_newService = nullptr;
    QLabel *m_message = nullptr;
    QTimer m_edited; ///< nobody is told of a mistake in the middle of a word
};

} // namespace ui
