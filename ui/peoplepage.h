// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/loginform.h"
#include "ui/peopleform.h"

namespace ui {

/// Who works here, where the station asks that, and for administrators who may.
class PeoplePage : public QWidget {
    Q_OBJECT
public:
    explicit PeoplePage(QWidget *parent = nullptr);

    [[nodiscard]] LoginForm &loginForm() { return *m_login; }
    [[nodiscard]] PeopleForm &peopleForm() { return *m_people; }
    void showPeople(const QList<station::Person> &people);
    void showWorker(const station::Worker &worker);
    void listen(); ///< the page has come into sight

Q_SIGNALS:
    void peopleAsked(); ///< they may have changed

private:
    LoginForm *m_login = nullptr;
    PeopleForm *m_people = nullptr;
    station::Worker m_worker;
    bool m_isGoverned = true; ///< there is an administrator who can log in
};

} // namespace ui
