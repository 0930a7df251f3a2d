// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A chain's end is signed now and then, so that it cannot be written again from the start.
#include "station/store.h"

namespace station {

using namespace Qt::StringLiterals;

Result<void> Store::findCheckpoint()
{
    if (!m_place.sign)
        return {};
    // A station that is told to sign and cannot says so before the first device.
    if (const auto tried = m_place.sign(checkpointText(m_place.stationId, Head())); !tried)
        return std::unexpected(tried.error());
    // Only as far back as matters: what lies before that is due anyway.
    auto rows = m_database->select(
        u"SELECT s.head_seq, (SELECT max(e.seq) FROM entry e WHERE e.station_id = s.station_id "
        "AND e.seq > s.head_seq - ? AND e.kind = 'checkpoint') "
        "FROM station s WHERE s.station_id = ?"_s,
        {m_place.checkpointEvery, m_place.stationId});
    if (!rows)
        return std::unexpected(rows.error());
    const QVariantList row = rows->value(0);
    m_lastCheckpoint = row.value(1).isNull()
        ? std::max<qint64>(0, row.value(0).toLongLong() - m_place.checkpointEvery)
        : row.value(1).toLongLong();
    return {};
}

Store::~Store()
{
    // What cannot be signed now the next one signs.
    if (m_lastCheckpoint)
        std::ignore = checkpoint();
}

/// Signs where the chain ends, unless that is done.
Result<void> Store::checkpoint()
{
    return m_database->transact([this]() -> Result<void> {
        auto head = lockHead();
        if (!head)
            return std::unexpected(head.error());
        if (head->seq == 0 || head->seq == m_lastCheckpoint)
            return {};
        return appendCheckpoint(*head);
    });
}

// A key that has gone since does not stop the line; the next entry tries again.

Result<void> Store::checkpointIfDue(const Entry &entry)
{
    if (!m_lastCheckpoint || entry.kind == "checkpoint"_L1
        || entry.seq - *m_lastCheckpoint < m_place.checkpointEvery)
        return {};
    return appendCheckpoint({entry.seq, entry.hash});
}

Result<void> Store::appendCheckpoint(const Head &head)
{
    const auto signature = m_place.sign(checkpointText(m_place.stationId, head));
    if (!signature)
        return {};
    const auto entry = append(u"checkpoint"_s, bodyOf(Checkpoint{head, *signature}));
    if (!entry)
        return std::unexpected(entry.error());
    m_lastCheckpoint = entry->seq;
    return {};
}

} // namespace station
