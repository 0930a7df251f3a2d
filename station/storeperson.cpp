// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The people whose ids stand in entries.
#include "station/store.h"

#include "station/hex.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

Result<QString> Store::personOf(const QString &nameOrId)
{
    auto rows = m_database->select(
        u"SELECT person_id FROM person WHERE erased_us IS NULL AND (person_id = ? OR name = ?)"_s,
        {nameOrId, nameOrId});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::unexpected(Error{Fault::Missing,
            u"this ledger knows no person \"%1\"; ekstation-cli person add writes one down"_s.arg(
                nameOrId)});
    if (rows->size() > 1)
        return std::unexpected(Error{Fault::Refused,
            u"%1 people are called \"%2\"; give the person's id"_s.arg(rows->size())
                .arg(nameOrId)});
    return rows->first().first().toString();
}

Result<QStringList> Store::peopleOf(const QStringList &namesOrIds, int needed)
{
    QStringList people;
    for (const QString &one : namesOrIds) {
        auto person = personOf(one);
        if (!person)
            return std::unexpected(person.error());
        if (people.contains(*person))
            return std::unexpected(
                Error{Fault::Refused, u"\"%1\" is one person, and counts once"_s.arg(one)});
        people.append(*person);
    }
    if (people.size() < needed)
        return std::unexpected(Error{Fault::Refused,
            needed == 1 ? u"the plan asks who does this (--by)"_s
                        : u"the plan asks for two different people (--by and --with)"_s});
    return people;
}

Result<void> Store::checkRights(const QStringList &people, Right right)
{
    if (!m_place.needsLogin)
        return {};
    if (people.isEmpty())
        return std::unexpected(
            Error{Fault::Refused, u"this station asks who does this (--by, or a login)"_s});
    for (const QString &id : people) {
        auto rows = m_database->select(
            u"SELECT role, name FROM person WHERE person_id = ? AND erased_us IS NULL"_s, {id});
        if (!rows)
            return std::unexpected(rows.error());
        const QString role = rows->isEmpty() ? QString() : rows->first().first().toString();
        if (rows->isEmpty() || !may(roleOf(role), right))
            return std::unexpected(Error{Fault::Refused,
                u"right: %1 may not do this; it takes the role \"%2\" or one above it"_s.arg(
                    rows->isEmpty() ? id : rows->first().last().toString(),
                    word(leastFor(right)))});
    }
    return {};
}

Result<QStringList> Store::allowed(const QStringList &namesOrIds, Right right, int needed)
{
    auto people = peopleOf(namesOrIds, needed);
    if (!people)
        return people;
    if (auto checked = checkRights(*people, right); !checked)
        return std::unexpected(checked.error());
    return people;
}

Result<void> Store::noteCommand(const QString &command, const QStringList &people, Right right)
{
    if (auto line = lineOnly(); !line || !m_place.needsLogin)
        return line;
    const auto noted = m_database->transact([&]() -> Result<qint64> {
        const auto ids = allowed(people, right);
        if (!ids)
            return std::unexpected(ids.error());
        const auto entry = append(u"action"_s,
            QJsonDocument(QJsonObject{{u"action"_s, u"command"_s}, {u"command"_s, command},
                              {u"people"_s, QJsonArray::fromStringList(*ids)}})
                .toJson(QJsonDocument::Compact));
        return entry ? Result<qint64>(entry->seq) : std::unexpected(entry.error());
    });
    return noted ? Result<void>() : std::unexpected(noted.error());
}

// Else SQLite leaves what was deleted where it was, and says that the place is free.
Result<void> Store::overwriteFrees()
{
    if (m_database->isPostgres())
        return {};
    const auto zeroed = m_database->change(u"PRAGMA secure_delete = ON"_s);
    return zeroed ? Result<void>() : std::unexpected(zeroed.error());
}

// The log of changes has the old pages until they are written back.
Result<void> Store::cutLog()
{
    if (m_database->isPostgres())
        return {};
    const auto cut = m_database->change(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    return cut ? Result<void>() : std::unexpected(cut.error());
}

Result<QString> Store::erasePerson(const QString &nameOrId, const QString &by)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    if (auto zeroed = overwriteFrees(); !zeroed)
        return std::unexpected(zeroed.error());
    auto erased = m_database->transact([&]() -> Result<QString> {
        auto id = personOf(nameOrId);
        if (!id)
            return id;
        const auto actors = actorsOf(by);
        if (!actors)
            return std::unexpected(actors.error());
        auto forgotten = m_database->change(u"DELETE FROM login WHERE person_id = ?"_s, {*id});
        if (!forgotten)
            return std::unexpected(forgotten.error());
        auto written = m_database->change(
            u"UPDATE person SET name = '', role = '', erased_us = ? WHERE person_id = ?"_s,
            {m_place.clock().utcUs, *id});
        if (!written)
            return std::unexpected(written.error());
        auto entry = append(u"action"_s,
            QJsonDocument(QJsonObject{{u"action"_s, u"person-erase"_s}, {u"person"_s, *id},
                              {u"people"_s, QJsonArray::fromStringList(*actors)}})
                .toJson(QJsonDocument::Compact));
        if (!entry)
            return std::unexpected(entry.error());
        if (auto kept = keepAdministrator(*actors); !kept)
            return std::unexpected(kept.error());
        return id;
    });
    if (erased)
        if (auto cut = cutLog(); !cut)
            return std::unexpected(cut.error());
    return erased;
}

} // namespace station
