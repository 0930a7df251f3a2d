// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Examinations that are old enough give their bodies to an archive; what proves them stays.
#include "station/store.h"

namespace station {

using namespace Qt::StringLiterals;

Result<Parting> Store::chooseForArchive(qint64 beforeUs)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    const QString old =
        u" FROM record r JOIN entry e ON e.station_id = r.station_id AND e.seq = r.seq "
        "WHERE r.station_id = ? AND r.at_us < ? AND e.body IS NOT NULL"_s;
    const QVariantList which{m_place.stationId, beforeUs};
    return m_database->transact([&]() -> Result<Parting> {
        auto cleared =
            m_database->change(u"DELETE FROM leaving WHERE station_id = ?"_s, {m_place.stationId});
        if (!cleared)
            return std::unexpected(cleared.error());
        auto chosen = m_database->change(u"INSERT INTO leaving (station_id, seq) "
                                         "SELECT r.station_id, r.seq"_s
                + old + u" AND "_s + whyItStays() + u" = ''"_s,
            which);
        if (!chosen)
            return std::unexpected(chosen.error());
        auto rows = m_database->select(u"SELECT x.why, count(*), min(x.serial) FROM (SELECT "_s
                + whyItStays() + u" AS why, r.serial AS serial"_s + old
                + u") x WHERE x.why <> '' GROUP BY x.why ORDER BY x.why"_s,
            which);
        if (!rows)
            return std::unexpected(rows.error());
        Parting parting{.leaving = *chosen, .staying = {}};
        for (const QVariantList &row : std::as_const(*rows))
            parting.staying.append(
                {row.at(0).toString(), row.at(1).toLongLong(), row.at(2).toString()});
        return parting;
    });
}

Result<qint64> Store::noteArchive(const ArchiveNote &note)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    return m_database->transact([&]() -> Result<qint64> {
        if (auto locked = lockHead(); !locked)
            return std::unexpected(locked.error());
        auto rows = m_database->select(
            u"SELECT seq, body FROM entry WHERE station_id = ? AND kind = 'archive'"_s,
            {m_place.stationId});
        if (!rows)
            return std::unexpected(rows.error());
        for (const QVariantList &row : std::as_const(*rows)) {
            const auto earlier = archiveNoteOf({.seq = row.at(0).toLongLong(),
                .kind = u"archive"_s,
                .body = row.at(1).toByteArray()});
            if (earlier->sha256 == note.sha256)
                return earlier->seq;
        }
        const auto entry = append(u"archive"_s, bodyOf(note));
        if (!entry)
            return std::unexpected(entry.error());
        return entry->seq;
    });
}

Result<qint64> Store::dropBodies(qint64 archive, const QList<Entry> &seen)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    if (auto zeroed = overwriteFrees(); !zeroed)
        return std::unexpected(zeroed.error());
    return m_database->transact([&]() -> Result<qint64> {
        qint64 gone = 0;
        for (const Entry &entry : seen) {
            if (entry.stationId != m_place.stationId)
                continue;
            const auto dropped = dropBody(archive, entry);
            if (!dropped)
                return dropped;
            gone += *dropped;
        }
        return gone;
    });
}

Result<qint64> Store::dropBody(qint64 archive, const Entry &entry)
{
    // The digest says that the bytes in the archive are those of this ledger.
    const QString drop =
        u"UPDATE entry SET body = NULL, archived_by = ? WHERE station_id = ? AND seq = ? AND "
        "digest = ? AND body IS NOT NULL AND EXISTS (SELECT 1 FROM record r WHERE "
        "r.station_id = entry.station_id AND r.seq = entry.seq AND "_s
        + whyItStays() + u" = '')"_s;
    auto dropped = m_database->change(drop, {archive, entry.stationId, entry.seq, entry.digest});
    if (!dropped)
        return std::unexpected(dropped.error());
    if (*dropped == 0)
        return 0;
    // What the factory's system was told of it is the whole body once more.
    auto emptied = m_database->change(u"UPDATE delivery SET payload = ? WHERE station_id = ? AND "
                                      "seq = ? AND kind = 'report'"_s,
        {QByteArray(""), entry.stationId, entry.seq});
    if (!emptied)
        return std::unexpected(emptied.error());
    return *dropped;
}

Result<void> Store::endArchive()
{
    auto cleared =
        m_database->change(u"DELETE FROM leaving WHERE station_id = ?"_s, {m_place.stationId});
    if (!cleared)
        return std::unexpected(cleared.error());
    return cutLog();
}

} // namespace station
