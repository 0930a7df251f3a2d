// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How often a unit may fail before somebody has to decide about it.
#include "station/store.h"

namespace station {

using namespace Qt::StringLiterals;

Result<int> Store::attemptOf(const QString &serial)
{
    // Clocks of two stations differ, and one station's may step back: its own order is the seq.
    auto rows = m_database->select(
        u"SELECT count(*) FROM record r WHERE r.serial = ? AND r.verdict IN ('fail', 'timeout') "
        "AND r.purpose IN ('production', 'rework', 'training') "
        "AND NOT EXISTS (SELECT 1 FROM record p WHERE p.serial = r.serial AND p.verdict = 'pass' "
        "AND p.purpose IN ('production', 'rework', 'training') AND "
        "CASE WHEN p.station_id = r.station_id THEN p.seq > r.seq ELSE p.at_us >= r.at_us END) "
        "AND NOT EXISTS (SELECT 1 FROM retest a JOIN entry e ON e.station_id = a.station_id "
        "AND e.seq = a.seq WHERE a.serial = r.serial AND "
        "CASE WHEN a.station_id = r.station_id THEN a.seq > r.seq ELSE e.at_us >= r.at_us END)"_s,
        {serial});
    if (!rows)
        return std::unexpected(rows.error());
    return 1 + rows->first().first().toInt();
}

Result<void> Store::mayTest(const QString &serial, const RetestRule &rule)
{
    if (rule.attempts == 0)
        return {};
    const auto attempt = attemptOf(serial);
    if (!attempt)
        return std::unexpected(attempt.error());
    if (*attempt <= rule.attempts)
        return {};
    const QString who = rule.releaseBy.isEmpty()
        ? u"somebody"_s
        : u"a person with the role \"%1\""_s.arg(rule.releaseBy);
    return std::unexpected(Error{Fault::Refused,
        u"attempts: %1 has failed %2 times, the plan allows %3; %4 may allow more (unit retest)"_s
            .arg(serial)
            .arg(*attempt - 1)
            .arg(rule.attempts)
            .arg(who)});
}

Result<void> Store::checkRole(const QStringList &people, const QString &role)
{
    if (role.isEmpty())
        return {};
    for (const QString &person : people) {
        auto rows = m_database->select(
            u"SELECT role FROM person WHERE person_id = ? AND erased_us IS NULL"_s, {person});
        if (!rows)
            return std::unexpected(rows.error());
        if (!rows->isEmpty() && rows->first().first().toString() == role)
            return {};
    }
    return std::unexpected(Error{Fault::Refused,
        u"this takes a person with the role \"%1\"; nobody of those named has it"_s.arg(role)});
}

Result<void> Store::allowRetest(const QString &serial, const Entry &entry)
{
    auto written =
        m_database->change(u"INSERT INTO retest (serial, station_id, seq) VALUES (?, ?, ?)"_s,
            {serial, entry.stationId, entry.seq});
    if (!written)
        return std::unexpected(written.error());
    return {};
}

} // namespace station
