// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/store.h"

#include "station/changelog.h"
#include "station/databaseschema.h"

#include <QFileInfo>

namespace station {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<Store>> Store::open(const LedgerPlace &place)
{
    std::unique_ptr<Store> store(new Store(place));
    if (auto connected = store->connect(); !connected)
        return std::unexpected(connected.error());
    if (place.role == LedgerPlace::Role::Courier)
        return store;
    if (auto taken = store->takeStation(); !taken)
        return std::unexpected(taken.error());
    if (auto checked = store->checkHead(); !checked)
        return std::unexpected(checked.error());
    if (auto right = place.trustsClock ? Result<void>() : store->checkClock(); !right)
        return std::unexpected(right.error());
    if (auto found = store->findCheckpoint(); !found)
        return std::unexpected(found.error());
    if (auto interrupted = store->interruptRunning(); !interrupted)
        return std::unexpected(interrupted.error());
    return store;
}

Result<void> Store::connect()
{
    auto place = parseDatabasePlace(m_place.url, m_place.folder);
    if (!place)
        return std::unexpected(place.error());
    const bool isLine = m_place.role == LedgerPlace::Role::Line;
    if (isLine) {
        auto lock = LedgerLock::take(*place, m_place.stationId);
        if (!lock)
            return std::unexpected(lock.error());
        m_lock = std::move(*lock);
    } else if (place->engine == DatabasePlace::Engine::Sqlite && !QFileInfo::exists(place->path)) {
        return std::unexpected(Error{Fault::Missing, u"no ledger at "_s + place->path});
    }
    auto database = Database::open(*place, Database::Access::ReadWrite);
    if (!database)
        return std::unexpected(database.error());
    m_database = std::move(*database);
    const Birth birth{m_place.purpose, m_place.clock().utcUs, m_place.stationId};
    if (auto migrated = migrate(*m_database, shippedMigrations(), birth); !migrated)
        return migrated;
    if (auto same = checkPurpose(*m_database, m_place.purpose); !same)
        return same;
    if (!isLine)
        return {};
    if (!m_database->isPostgres()) // a replica that a ledger was restored from
        if (auto left = m_database->change(u"DROP TABLE IF EXISTS replica"_s); !left)
            return std::unexpected(left.error());
    if (auto logged =
            m_place.replica.isEmpty() ? dropChangeLog(*m_database) : keepChangeLog(*m_database);
        !logged)
        return logged;
    return m_database->claim(m_place.stationId);
}

Result<void> Store::takeStation()
{
    return m_database->transact([this]() -> Result<void> {
        auto there = m_database->change(
            u"INSERT INTO station (station_id, head_seq, head_hash, synced_us) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (station_id) DO NOTHING"_s,
            {m_place.stationId, Head().seq, Head().hash, m_place.clock().utcUs});
        if (!there)
            return std::unexpected(there.error());
        return {};
    });
}

Result<void> Store::checkHead()
{
    auto rows = m_database->select(
        u"SELECT s.head_seq, s.head_hash, e.prev, e.digest, e.hash, "
        "(SELECT max(seq) FROM entry WHERE station_id = s.station_id) "
        "FROM station s LEFT JOIN entry e ON e.station_id = s.station_id AND e.seq = s.head_seq "
        "WHERE s.station_id = ?"_s,
        {m_place.stationId});
    if (!rows)
        return std::unexpected(rows.error());
    const QVariantList row = rows->value(0);
    const Head head{row.value(0).toLongLong(), row.value(1).toByteArray()};
    const bool isEmpty = head == Head() && row.value(5).isNull();
    const bool holds = row.value(4).toByteArray() == head.hash
        && row.value(5).toLongLong() == head.seq
        && hashOf(row.value(2).toByteArray(), head.seq, row.value(3).toByteArray()) == head.hash;
    if (isEmpty || holds)
        return {};
    return std::unexpected(Error{Fault::Damaged,
        u"the chain of station %1 does not end at entry %2, where it should"_s
            .arg(m_place.stationId)
            .arg(head.seq)});
}

Result<void> Store::lineOnly() const
{
    if (m_place.role == LedgerPlace::Role::Line)
        return {};
    return std::unexpected(
        Error{Fault::Refused, u"this process opened the ledger for deliveries only"_s});
}

Result<Head> Store::lockHead()
{
    // SQLite's BEGIN IMMEDIATE has locked the whole file; PostgreSQL locks the station's row.
    auto rows = m_database->select(u"SELECT head_seq, head_hash FROM station WHERE station_id = ?"_s
            + (m_database->isPostgres() ? u" FOR UPDATE"_s : QString()),
        {m_place.stationId});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::unexpected(
            Error{Fault::Damaged, u"station %1 has lost its row"_s.arg(m_place.stationId)});
    return Head{rows->first().at(0).toLongLong(), rows->first().at(1).toByteArray()};
}

Result<Entry> Store::append(const QString &kind, const QByteArray &body)
{
    auto head = lockHead();
    if (!head)
        return std::unexpected(head.error());
    const Moments now = m_place.clock();
    Entry entry;
    entry.stationId = m_place.stationId;
    entry.kind = kind;
    entry.atUs = now.utcUs;
    entry.monotonicUs = now.monotonicUs;
    entry.clockState = word(now.state);
    entry.salt = m_place.random(16);
    entry.body = body;
    entry = sealed(entry, *head);
    auto written = m_database->change(
        u"INSERT INTO entry (station_id, seq, kind, at_us, monotonic_us, clock_state, salt, body, "
        "digest, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {entry.stationId, entry.seq, entry.kind, entry.atUs, entry.monotonicUs, entry.clockState,
            entry.salt, entry.body, entry.digest, entry.prev, entry.hash});
    if (!written)
        return std::unexpected(written.error());
    const bool isSynced = now.state == Moments::State::Synced;
    auto moved = m_database->change(
        u"UPDATE station SET head_seq = ?, head_hash = ?, latest_us = CASE WHEN latest_us > ? THEN "
        "latest_us ELSE ? END, synced_us = CASE WHEN ? = 1 THEN ? ELSE synced_us END "
        "WHERE station_id = ?"_s,
        {entry.seq, entry.hash, entry.atUs, entry.atUs, isSynced ? 1 : 0, entry.atUs,
            entry.stationId});
    if (!moved)
        return std::unexpected(moved.error());
    if (auto signedOff = checkpointIfDue(entry); !signedOff)
        return std::unexpected(signedOff.error());
    return entry;
}

} // namespace station
