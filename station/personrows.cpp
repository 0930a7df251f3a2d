// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/personrows.h"

#include <algorithm>

namespace station {

using namespace Qt::StringLiterals;

Result<QList<Person>> peopleIn(Database &database, const QString &id)
{
    auto rows = database.select(
        u"SELECT p.person_id, p.name, p.role, coalesce(length(l.pin), 0), "
        "coalesce(length(l.badge), 0), coalesce(l.locked_until_us, 0) FROM person p "
        "LEFT JOIN login l ON l.person_id = p.person_id WHERE p.erased_us IS NULL "
        "AND (CAST(? AS TEXT) = '' OR p.person_id = ?) ORDER BY p.name, p.person_id"_s,
        {id, id});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Person> people;
    for (const QVariantList &row : std::as_const(*rows))
        people.append({.id = row.at(0).toString(),
            .name = row.at(1).toString(),
            .role = row.at(2).toString(),
            .hasPin = row.at(3).toInt() > 0,
            .hasBadge = row.at(4).toInt() > 0,
            .lockedUntilUs = row.at(5).toLongLong()});
    return people;
}

bool hasAdministrator(const QList<Person> &people)
{
    return std::ranges::any_of(people, [](const Person &person) {
        return person.canLogIn() && roleOf(person.role) == Role::Administrator;
    });
}

} // namespace station
