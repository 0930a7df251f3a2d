// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of a ledger: how one is made, and whether two are of the same chain.
#include "station/ledgerreader.h"

namespace station {

using namespace Qt::StringLiterals;

Result<void> LedgerReader::copyTo(const QString &file)
{
    if (m_database->isPostgres())
        return std::unexpected(Error{Fault::Refused,
            u"this ledger is on PostgreSQL; pg_dump makes a backup of it beside its lines"_s});
    // SQLite takes a copy for a change of what is copied.
    if (auto opened = m_database->change(u"PRAGMA query_only = OFF"_s); !opened)
        return std::unexpected(opened.error());
    auto copied = m_database->change(u"VACUUM INTO ?"_s, {file});
    if (auto closed = m_database->change(u"PRAGMA query_only = ON"_s); !closed)
        return std::unexpected(closed.error());
    if (!copied)
        return std::unexpected(copied.error());
    return {};
}

Result<qint64> LedgerReader::lengthOf(const QString &stationId)
{
    auto rows = m_database->select(
        u"SELECT coalesce(max(seq), 0) FROM entry WHERE station_id = ?"_s, {stationId});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->first().first().toLongLong();
}

Result<QByteArray> LedgerReader::hashAt(const EntryId &id)
{
    auto rows = m_database->select(
        u"SELECT hash FROM entry WHERE station_id = ? AND seq = ?"_s, {id.stationId, id.seq});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->value(0).value(0).toByteArray();
}

Result<std::optional<qint64>> LedgerReader::parting(LedgerReader &other, const QString &stationId)
{
    const auto mine = lengthOf(stationId);
    const auto theirs = other.lengthOf(stationId);
    if (!mine || !theirs)
        return std::unexpected(mine ? theirs.error() : mine.error());
    const qint64 shared = std::min(*mine, *theirs);
    // A hash says everything before it, so that equal entries come first and different ones after.
    qint64 first = 1;
    qint64 last = shared + 1;
    while (first < last) {
        const qint64 middle = first + (last - first) / 2;
        const auto here = hashAt({stationId, middle});
        const auto there = other.hashAt({stationId, middle});
        if (!here || !there)
            return std::unexpected(here ? there.error() : here.error());
        if (*here == *there)
            first = middle + 1;
        else
            last = middle;
    }
    if (first > shared)
        return std::optional<qint64>{};
    return std::optional(first);
}

} // namespace station
