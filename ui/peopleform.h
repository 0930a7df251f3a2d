// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/person.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace ui {

/// Everybody who is written down, what each is here for and how they log in; an administrator adds
/// to them and changes that.
class PeopleForm : public QWidget {
    Q_OBJECT
public:
    explicit PeopleForm(QWidget *parent = nullptr);

    void showPeople(const QList<station::Person> &people);
    void showMessage(const QString &text, bool isGood);
    void clear(); ///< a change was made: what was typed for it goes

Q_SIGNALS:
    void changeAsked(const station::PersonChange &change); ///< without who does it
    void eraseAsked(const QString &id);

private:
    void showChosen();
    void showButtons();
    void speakList();
    void submit();
    void erase();
    [[nodiscard]] std::optional<station::Person> chosen() const;

    QList<station::Person> m_people;
    QListWidget *m_list = nullptr; ///< its first row is somebody new
    QLineEdit *m_name = nullptr;
    QComboBox *m_role = nullptr;
    QLineEdit *m_pin = nullptr;
    QLineEdit *m_badge = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_unlock = nullptr;
    QPushButton *m_erase = nullptr;
    QLabel *m_message = nullptr;
    bool m_isSure = false; ///< "Erase" was pressed once
};

} // namespace ui
