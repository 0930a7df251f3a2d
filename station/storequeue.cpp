// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/store.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

Queued::State stateOf(const QString &word)
{
    if (word == u"running")
        return Queued::State::Running;
    return word == u"interrupted" ? Queued::State::Interrupted : Queued::State::Waiting;
}

} // namespace

Result<QList<Queued>> Store::queue()
{
    auto rows = m_database->select(
        u"SELECT serial, slot, state, attempt FROM queue WHERE station_id = ? ORDER BY position"_s,
        {m_place.stationId});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Queued> queued;
    for (const QVariantList &row : std::as_const(*rows)) {
        queued.append({row.at(0).toString(), row.at(1).toString(), stateOf(row.at(2).toString()),
            row.at(3).toInt()});
    }
    return queued;
}

Result<QList<Queued>> Store::enqueue(const QList<Queued> &serials)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    return m_database->transact([&]() -> Result<QList<Queued>> {
        for (const Queued &queued : serials) {
            auto gone =
                m_database->change(u"DELETE FROM queue WHERE station_id = ? AND serial = ?"_s,
                    {m_place.stationId, queued.serial});
            if (!gone)
                return std::unexpected(gone.error());
            auto added = m_database->change(
                u"INSERT INTO queue (station_id, serial, slot, state, attempt, position) "
                "SELECT CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), 'waiting', CAST(? AS "
                "BIGINT), "
                "coalesce(max(position), 0) + 1 FROM queue"_s,
                {m_place.stationId, queued.serial, queued.slot, queued.attempt});
            if (!added)
                return std::unexpected(added.error());
        }
        return queue();
    });
}

Result<QList<Queued>> Store::begin(const QString &serial, const QString &slot)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    return m_database->transact([&]() -> Result<QList<Queued>> {
        auto attempt = attemptOf(serial);
        if (!attempt)
            return std::unexpected(attempt.error());
        auto begun = m_database->change(
            u"INSERT INTO queue (station_id, serial, slot, state, attempt, position) "
            "SELECT CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), 'running', CAST(? AS "
            "BIGINT), "
            "coalesce(max(position), 0) + 1 FROM queue WHERE true "
            "ON CONFLICT (station_id, serial) DO UPDATE SET "
            "slot = excluded.slot, state = excluded.state, attempt = excluded.attempt"_s,
            {m_place.stationId, serial, slot, *attempt});
        if (!begun)
            return std::unexpected(begun.error());
        return queue();
    });
}

Result<QList<Queued>> Store::forget(const QString &serial)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    return m_database->transact([&]() -> Result<QList<Queued>> {
        auto gone = m_database->change(u"DELETE FROM queue WHERE station_id = ? AND serial = ?"_s,
            {m_place.stationId, serial});
        if (!gone)
            return std::unexpected(gone.error());
        return queue();
    });
}

Result<void> Store::interruptRunning()
{
    return m_database->transact([this]() -> Result<void> {
        auto rows = queue();
        if (!rows)
            return std::unexpected(rows.error());
        for (const Queued &row : std::as_const(*rows)) {
            if (row.state != Queued::State::Running)
                continue;
            Proposal proposal;
            proposal.device.serial = row.serial;
            proposal.slot = row.slot;
            proposal.purpose =
                m_place.goldens.contains(row.serial) ? Purpose::Golden : m_place.purpose;
            proposal.examination.verdict = Verdict::Aborted;
            proposal.examination.trouble = Trouble{
                u"interrupted"_s, u"the station stopped while this was under test; test again"_s};
            auto recorded = recordNow(proposal); // takes the row out of the queue …
            if (!recorded)
                return std::unexpected(recorded.error());
            auto kept = m_database->change( // … where it stays until somebody tests it again
                u"INSERT INTO queue (station_id, serial, slot, state, attempt, position) "
                "SELECT CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), 'interrupted', CAST(? "
                "AS BIGINT), "
                "coalesce(max(position), 0) + 1 FROM queue"_s,
                {m_place.stationId, row.serial, row.slot, recorded->attempt});
            if (!kept)
                return std::unexpected(kept.error());
        }
        return {};
    });
}

} // namespace station
