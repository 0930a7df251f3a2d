// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who may log in, and who may change that.
#include "station/hex.h"
#include "station/ornull.h"
#include "station/personrows.h"
#include "station/store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr int saltBytes = 16;
constexpr qsizetype shortest = 4, longest = 64;

Result<void> checkSecret(const std::optional<Secret> &secret, const QString &what)
{
    const qsizetype size = secret ? secret->bytes().size() : 0;
    if (size == 0 || (size >= shortest && size <= longest))
        return {};
    return std::unexpected(Error{
        Fault::Refused, u"a %1 has %2 to %3 characters"_s.arg(what).arg(shortest).arg(longest)});
}

/// The entry of a change: what was changed, and nothing of what it was changed to but the role.
QByteArray bodyOf(const PersonChange &change, const QString &id, const QStringList &actors)
{
    QStringList what;
    for (const auto &[isMeant, name] :
        {std::pair(!change.role.isEmpty(), u"role"_s), std::pair(change.pin.has_value(), u"pin"_s),
            std::pair(change.badge.has_value(), u"badge"_s), std::pair(change.unlocks, u"lock"_s)})
        if (isMeant)
            what.append(name);
    return QJsonDocument(
        QJsonObject{{u"action"_s, change.person.isEmpty() ? u"person-add"_s : u"person-change"_s},
            {u"person"_s, id}, {u"role"_s, orNull(change.role.trimmed())},
            {u"changed"_s, QJsonArray::fromStringList(what)},
            {u"people"_s, QJsonArray::fromStringList(actors)}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

Result<QByteArray> Store::badgeSalt()
{
    auto rows = m_database->select(u"SELECT salt FROM badge_salt"_s);
    if (!rows)
        return std::unexpected(rows.error());
    if (!rows->isEmpty())
        return rows->first().first().toByteArray();
    QByteArray salt = m_place.random(saltBytes);
    auto written =
        m_database->change(u"INSERT INTO badge_salt (one, salt) VALUES (1, ?)"_s, {salt});
    if (!written)
        return std::unexpected(written.error());
    return salt;
}

/// Who changes people: nobody is asked where the station asks nobody, or nobody could answer.
Result<QStringList> Store::actorsOf(const QString &by)
{
    const auto actors = peopleOf(by.isEmpty() ? QStringList() : QStringList{by}, 0);
    if (!actors)
        return actors;
    const auto known = people();
    if (!known)
        return std::unexpected(known.error());
    if (hasAdministrator(*known))
        if (auto allowed = checkRights(*actors, Right::Configure); !allowed)
            return std::unexpected(allowed.error());
    return actors;
}

/// Nobody takes away the last way into the settings.
Result<void> Store::keepAdministrator(const QStringList &actors)
{
    if (!m_place.needsLogin || actors.isEmpty())
        return {};
    const auto known = people();
    if (!known)
        return std::unexpected(known.error());
    if (hasAdministrator(*known))
        return {};
    return std::unexpected(Error{Fault::Refused,
        u"this is the last administrator who can log in; make another one first"_s});
}

Result<QString> Store::addPerson(const QString &name, const QString &role)
{
    return changePerson({.person = {}, .name = name, .role = role});
}

Result<QString> Store::changePerson(const PersonChange &change)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    const bool isNew = change.person.isEmpty();
    if (isNew && (change.name.trimmed().isEmpty() || change.role.trimmed().isEmpty()))
        return std::unexpected(Error{Fault::Refused, u"a person has a name and a role"_s});
    if (auto checked = checkSecret(change.pin, u"PIN"_s); !checked)
        return std::unexpected(checked.error());
    if (auto checked = checkSecret(change.badge, u"badge"_s); !checked)
        return std::unexpected(checked.error());
    return m_database->transact([&]() -> Result<QString> {
        if (auto locked = lockHead(); !locked)
            return std::unexpected(locked.error());
        const auto actors = actorsOf(change.by);
        if (!actors)
            return std::unexpected(actors.error());
        auto id = isNew ? insertPerson(change) : personOf(change.person);
        if (!id)
            return id;
        if (auto written = writePerson(*id, change); !written)
            return std::unexpected(written.error());
        if (auto kept = keepAdministrator(*actors); !kept)
            return std::unexpected(kept.error());
        const auto entry = append(u"action"_s, bodyOf(change, *id, *actors));
        if (!entry)
            return std::unexpected(entry.error());
        return id;
    });
}

Result<QString> Store::insertPerson(const PersonChange &change)
{
    QString id = u"p-"_s + hex(m_place.random(8));
    auto written = m_database->change(
        u"INSERT INTO person (person_id, name, role, since_us) VALUES (?, ?, ?, ?)"_s,
        {id, change.name.trimmed(), change.role.trimmed(), m_place.clock().utcUs});
    if (!written)
        return std::unexpected(written.error());
    return id;
}

Result<void> Store::writePerson(const QString &id, const PersonChange &change)
{
    if (!change.role.isEmpty()) {
        const auto written = m_database->change(
            u"UPDATE person SET role = ? WHERE person_id = ?"_s, {change.role.trimmed(), id});
        if (!written)
            return std::unexpected(written.error());
    }
    if (!change.pin && !change.badge && !change.unlocks)
        return {};
    const QByteArray none("");
    const auto unlocked = m_database->change(
        u"INSERT INTO login (person_id, pin, pin_salt, badge, failures, locked_until_us) "
        "VALUES (?, ?, ?, ?, 0, 0) ON CONFLICT (person_id) DO UPDATE SET failures = 0, "
        "locked_until_us = 0"_s,
        {id, none, none, none});
    if (!unlocked)
        return std::unexpected(unlocked.error());
    if (change.pin)
        if (auto written = writePin(id, *change.pin); !written)
            return written;
    return change.badge ? writeBadge(id, *change.badge) : Result<void>();
}

Result<void> Store::writePin(const QString &id, const Secret &pin)
{
    const QByteArray salt = m_place.random(saltBytes);
    const auto kept = keptOf(pin, salt);
    if (!kept)
        return std::unexpected(kept.error());
    const auto written = m_database->change(
        u"UPDATE login SET pin = ?, pin_salt = ? WHERE person_id = ?"_s, {*kept, salt, id});
    return written ? Result<void>() : std::unexpected(written.error());
}

Result<void> Store::writeBadge(const QString &id, const Secret &badge)
{
    const auto salt = badgeSalt();
    const auto kept = salt ? keptOf(badge, *salt) : salt;
    if (!kept)
        return std::unexpected(kept.error());
    const auto others = m_database->select(
        u"SELECT person_id FROM login WHERE badge = ? AND person_id <> ? AND length(badge) > 0"_s,
        {*kept, id});
    if (!others)
        return std::unexpected(others.error());
    if (!others->isEmpty())
        return std::unexpected(Error{Fault::Refused, u"somebody else has this badge"_s});
    const auto written =
        m_database->change(u"UPDATE login SET badge = ? WHERE person_id = ?"_s, {*kept, id});
    return written ? Result<void>() : std::unexpected(written.error());
}

} // namespace station
