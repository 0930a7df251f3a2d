// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How people say who they are.
#include "station/ornull.h"
#include "station/personrows.h"
#include "station/store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostFailures = 5;
constexpr std::chrono::microseconds lockedFor = std::chrono::minutes(5);

QByteArray actionOf(const QString &action, const QJsonObject &more)
{
    QJsonObject body = more;
    body.insert(u"action"_s, action);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace

Result<QList<Person>> Store::people()
{
    return peopleIn(*m_database);
}

/// Whom a secret was said to be of: nobody, for a name or a badge that is unknown.
Result<QString> Store::claimedBy(const LogIn &logIn)
{
    if (!logIn.person.isEmpty()) {
        auto person = personOf(logIn.person);
        if (!person && person.error().fault == Fault::Missing)
            return QString();
        return person;
    }
    if (logIn.secret.isEmpty())
        return QString(); // as everybody's badge reads who has none
    const auto salt = badgeSalt();
    const auto digest = salt ? keptOf(logIn.secret, *salt) : salt;
    if (!digest)
        return std::unexpected(digest.error());
    auto rows = m_database->select(u"SELECT person_id FROM login WHERE badge = ?"_s, {*digest});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? QString() : rows->first().first().toString();
}

/// A badge that somebody has is right; a PIN is looked at.
Result<bool> Store::isRight(const LogIn &logIn, const QString &id)
{
    if (logIn.person.isEmpty())
        return true;
    auto rows = m_database->select(u"SELECT pin, pin_salt FROM login WHERE person_id = ?"_s, {id});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty() || rows->first().first().toByteArray().isEmpty())
        return false;
    const auto digest = keptOf(logIn.secret, rows->first().last().toByteArray());
    if (!digest)
        return std::unexpected(digest.error());
    return Secret(*digest) == Secret(rows->first().first().toByteArray());
}

/// The words of a refusal, after it was counted and written down.
Result<QString> Store::refuseLogIn(const QString &id, bool isLocked)
{
    auto counted = m_database->change(
        u"UPDATE login SET failures = failures + 1, locked_until_us = CASE WHEN failures + 1 >= ? "
        "THEN ? ELSE locked_until_us END WHERE person_id = ? AND ? = 0"_s,
        {mostFailures, m_place.clock().utcUs + lockedFor.count(), id, isLocked ? 1 : 0});
    if (!counted)
        return std::unexpected(counted.error());
    auto left = m_database->select(
        u"SELECT failures, locked_until_us FROM login WHERE person_id = ?"_s, {id});
    if (!left)
        return std::unexpected(left.error());
    const int failures = left->isEmpty() ? 0 : left->first().first().toInt();
    const bool locks = isLocked || failures >= mostFailures;
    const auto entry = append(u"action"_s,
        actionOf(u"login-refused"_s,
            {{u"person"_s, orNull(id)}, {u"why"_s, locks ? u"locked"_s : u"wrong"_s}}));
    if (!entry)
        return std::unexpected(entry.error());
    if (locks)
        return u"locked: too many wrong PINs; try again after %1, or let an administrator unlock it"_s
            .arg(isoTime(left->first().last().toLongLong()));
    if (left->isEmpty())
        return u"unknown: nobody has this badge, or this name with a PIN"_s;
    return u"wrong: the PIN is wrong; %1 more tries"_s.arg(mostFailures - failures);
}

Result<std::expected<Person, QString>> Store::logInNow(const LogIn &logIn)
{
    if (auto locked = lockHead(); !locked)
        return std::unexpected(locked.error());
    const auto id = claimedBy(logIn);
    if (!id)
        return std::unexpected(id.error());
    const auto known =
        id->isEmpty() ? Result<QList<Person>>(QList<Person>()) : peopleIn(*m_database, *id);
    if (!known)
        return std::unexpected(known.error());
    Person person = known->value(0);
    const bool isLocked = person.lockedUntilUs > m_place.clock().utcUs;
    const auto right = isLocked || known->isEmpty() ? Result<bool>(false) : isRight(logIn, *id);
    if (!right)
        return std::unexpected(right.error());
    if (!*right) {
        auto why = refuseLogIn(*id, isLocked);
        if (!why)
            return std::unexpected(why.error());
        return std::expected<Person, QString>(std::unexpected(*why));
    }
    auto freed = m_database->change(
        u"UPDATE login SET failures = 0, locked_until_us = 0 WHERE person_id = ?"_s, {*id});
    if (!freed)
        return std::unexpected(freed.error());
    const auto entry = append(u"action"_s,
        actionOf(u"login"_s,
            {{u"people"_s, QJsonArray{*id}}, {u"role"_s, person.role},
                {u"with"_s, logIn.person.isEmpty() ? u"badge"_s : u"pin"_s},
                {u"second"_s, logIn.isSecond}}));
    if (!entry)
        return std::unexpected(entry.error());
    return person;
}

Result<Person> Store::logIn(const LogIn &logIn)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    // A refusal is a success of the transaction: it must stay written down.
    const auto done = m_database->transact([&] { return logInNow(logIn); });
    if (!done)
        return std::unexpected(done.error());
    if (!*done)
        return std::unexpected(Error{Fault::Refused, done->error()});
    return **done;
}

} // namespace station
