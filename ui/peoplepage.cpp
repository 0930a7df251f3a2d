// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/peoplepage.h"

#include "station/personrows.h"

#include <QHBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

PeoplePage::PeoplePage(QWidget *parent)
    : QWidget(parent), m_login(new LoginForm(this)), m_people(new PeopleForm(this))
{
    setObjectName(u"peoplePage"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(m_login, 2);
    row->addWidget(m_people, 3);
}

void PeoplePage::showPeople(const QList<station::Person> &people)
{
    m_isGoverned = station::hasAdministrator(people);
    m_login->showPeople(people);
    m_people->showPeople(people);
    showWorker(m_worker);
}

/// Until there is an administrator anybody may make one.
void PeoplePage::showWorker(const station::Worker &worker)
{
    m_worker = worker;
    m_login->setVisible(worker.isAsked);
    m_login->showWorker(worker);
    m_people->setVisible(worker.may(station::Right::Configure) || !m_isGoverned);
}

void PeoplePage::listen()
{
    Q_EMIT peopleAsked();
    if (m_worker.isAsked)
        m_login->listen();
}

} // namespace ui
