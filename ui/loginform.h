// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/worker.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// Who works here, and how they say so: by a badge, or a name and a PIN on a keypad.
class LoginForm : public QWidget {
    Q_OBJECT
public:
    explicit LoginForm(QWidget *parent = nullptr);

    void showPeople(const QList<station::Person> &people); ///< those with a PIN can be chosen
    void showWorker(const station::Worker &worker);
    void showMessage(const QString &text, bool isGood);
    void listen(); ///< the next key is of a PIN or a badge

Q_SIGNALS:
    /// `secret` is a PIN, or what a badge says that was scanned into the PIN's field.
    void logInAsked(const QString &person, const QString &secret);
    void logOutAsked();

private:
    void submit();

    QLabel *m_who = nullptr;
    QComboBox *m_names = nullptr;
    QLineEdit *m_pin = nullptr;
    QPushButton *m_in = nullptr;
    QPushButton *m_out = nullptr;
    QLabel *m_message = nullptr;
    QWidget *m_keys = nullptr;
    station::Worker m_worker;
};

} // namespace ui
