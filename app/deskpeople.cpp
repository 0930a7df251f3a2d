// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"
#include "ui/personwording.h"

#include <QJsonArray>
#include <QJsonDocument>

// The desk's people: who works here, who may, and what of it is written down.

namespace app {

using namespace Qt::StringLiterals;
using station::Ledger;
namespace wording = ui::wording;

void Desk::connectPeople()
{
    const auto &rule = m_wiring->settings().login;
    auto &ledger = m_wiring->ledger();
    m_worker.isAsked = rule.isRequired;
    const auto badge = [this](const QString &scan) { logIn({}, scan, false); };
    for (ui::ScanField *field :
        {&m_window->linePage().scanField(), &m_window->packPage().scanField()}) {
        field->setBadges([rule](const QString &scan) { return isBadge(rule, scan); });
        connect(field, &ui::ScanField::badgeScanned, this, badge);
    }
    connect(&ledger, &Ledger::loggedIn, this, &Desk::loggedIn);
    connect(&m_window->unitPage(), &ui::UnitPage::secondAsked, this,
        [this](const QString &person, const QString &secret) { logIn(person, secret, true); });
    m_idle.setSingleShot(true);
    m_idle.setInterval(rule.idle);
    connect(&m_idle, &QTimer::timeout, this, [this] { logOut(u"idle"_s); });
    connect(m_window.get(), &ui::Window::used, this, [this] {
        if (m_idle.isActive())
            m_idle.start();
    });
    if (!m_classroom || rule.isRequired) { // who trains need not be known
        auto *page = new ui::PeoplePage;
        m_window->setPeoplePage(page);
        connectPeoplePage(*page);
    }
    showWorker({});
}

void Desk::connectPeoplePage(ui::PeoplePage &page)
{
    auto &ledger = m_wiring->ledger();
    const auto ask = [this, &ledger] { m_peopleAsked = ledger.people(); };
    connect(&page.loginForm(), &ui::LoginForm::logInAsked, this,
        [this](const QString &person, const QString &secret) { logIn(person, secret, false); });
    connect(&page.loginForm(), &ui::LoginForm::logOutAsked, this, [this] { logOut(u"asked"_s); });
    connect(&page, &ui::PeoplePage::peopleAsked, this, ask);
    connect(&ledger, &Ledger::peopleListed, &page,
        [this, &page](quint64 ticket, const station::Result<QList<station::Person>> &people) {
            if (ticket != m_peopleAsked || !people)
                return;
            page.showPeople(*people);
            catchUp(*people);
        });
    auto &form = page.peopleForm();
    connect(&form, &ui::PeopleForm::changeAsked, this,
        [this, &form, &ledger](station::PersonChange change) {
            const auto &rule = m_wiring->settings().login;
            if (change.badge && !isBadge(rule, QString::fromUtf8(change.badge->bytes()))) {
                form.showMessage(wording::noBadge(rule.badge), false);
                return;
            }
            change.by = m_worker.id();
            ledger.changePerson(change);
        });
    connect(&form, &ui::PeopleForm::eraseAsked, this,
        [this, &ledger](const QString &id) { ledger.erasePerson(id, m_worker.id()); });
    connect(&ledger, &Ledger::personChanged, &form,
        [&form, ask](quint64, const station::Result<QString> &id) {
            if (id)
                form.clear();
            ask();
            form.showMessage(id ? wording::personSaved() : id.error().detail, id.has_value());
        });
    ask();
}

void Desk::showWorker(const std::optional<station::Person> &person)
{
    m_worker.person = person;
    m_wiring->setPerson(m_worker.id());
    m_packing->setPerson(m_worker.id());
    m_window->showWorker(m_worker);
    if (person)
        m_idle.start();
    else
        m_idle.stop();
}

/// Whoever works here has another role by now, or has gone.
void Desk::catchUp(const QList<station::Person> &people)
{
    if (!m_worker.person)
        return;
    const auto self = std::ranges::find(people, m_worker.person->id, &station::Person::id);
    if (self == people.end())
        logOut(u"erased"_s);
    else if (self->role != m_worker.person->role)
        showWorker(*self);
}

/// What is not a badge is a PIN, and wants a name.
void Desk::logIn(const QString &person, const QString &secret, bool isSecond)
{
    if (!m_worker.isAsked) {
        m_window->linePage().showScan({}, wording::unknownBadge(), true);
        return;
    }
    const bool isBadge = station::isBadge(m_wiring->settings().login, secret);
    m_logIns[m_wiring->ledger().logIn({.person = isBadge ? QString() : person,
        .secret = station::Secret(secret.toUtf8()),
        .isSecond = isSecond})] = isSecond;
}

void Desk::loggedIn(quint64 ticket, const station::Result<station::Person> &person)
{
    if (!m_logIns.contains(ticket))
        return;
    if (m_logIns.take(ticket)) {
        auto &units = m_window->unitPage();
        if (person)
            units.showSecond(*person);
        units.showMessage(
            person ? wording::standsBy(*person) : wording::loginRefused(person.error()),
            person.has_value());
        return;
    }
    if (person && m_worker.person && m_worker.person->id != person->id)
        tell(u"logout"_s, {{u"why"_s, u"another"_s}});
    if (person)
        showWorker(*person);
    const QString said =
        person ? wording::loggedIn(*person) : wording::loginRefused(person.error());
    m_window->linePage().showScan({}, said, !person);
    m_window->showLogin(said, person.has_value());
}

void Desk::logOut(const QString &why)
{
    if (!m_worker.person)
        return;
    tell(u"logout"_s, {{u"why"_s, why}});
    showWorker({});
    m_window->linePage().showScan({}, wording::loggedOut(), false);
    m_window->showLogin(wording::loggedOut(), true);
}

/// Whether somebody may examine now; else it is said how they come to that, and not what was typed:
/// it may be a PIN.
bool Desk::isWorking()
{
    const bool may = m_worker.may(station::Right::Examine);
    if (!may)
        m_window->linePage().showScan({}, wording::logInFirst(), true);
    return may;
}

/// An entry of what somebody did that is neither an examination nor about a unit.
void Desk::tell(const QString &action, const QJsonObject &more)
{
    QJsonObject body = more;
    body.insert(u"action"_s, action);
    body.insert(u"people"_s, QJsonArray::fromStringList(m_worker.ids()));
    m_wiring->ledger().act(QJsonDocument(body).toJson(QJsonDocument::Compact));
}

} // namespace app
