// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"

#include <QMap>

#include <algorithm>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr int Page = 500;

Entry entryFrom(const QString &stationId, const QVariantList &row)
{
    Entry entry;
    entry.stationId = stationId;
    entry.seq = row.at(0).toLongLong();
    entry.kind = row.at(1).toString();
    entry.atUs = row.at(2).toLongLong();
    entry.monotonicUs = row.at(3).toLongLong();
    entry.clockState = row.at(4).toString();
    entry.salt = row.at(5).toByteArray();
    entry.body = row.at(6).toByteArray();
    entry.digest = row.at(7).toByteArray();
    entry.prev = row.at(8).toByteArray();
    entry.hash = row.at(9).toByteArray();
    entry.archivedBy = row.at(10).toLongLong();
    return entry;
}

/// Bodies that are gone, by the entry that says where they are. Archives stand behind what they
/// took, so this adds up at the end.
class Gone {
public:
    void add(const Entry &entry)
    {
        if (!entry.body.isNull())
            return;
        Count &count = m_counts[entry.archivedBy];
        ++count.entries;
        count.first = count.first == 0 ? entry.seq : count.first;
    }
    /// The first entry whose body nobody answers for.
    [[nodiscard]] std::optional<Break> unaccounted(const QList<ArchiveNote> &archives) const
    {
        std::optional<Break> lost;
        for (const auto &[archive, count] : m_counts.asKeyValueRange()) {
            const auto note = std::ranges::find(archives, archive, &ArchiveNote::seq);
            const bool isKnown = note != archives.end() && count.entries <= note->entries;
            if (!isKnown && (!lost || count.first < lost->seq))
                lost = Break{count.first, Break::What::Lost};
        }
        return lost;
    }

private:
    struct Count {
        qint64 entries = 0, first = 0;
    };
    QMap<qint64, Count> m_counts;
};

/// What is signed is made from the chain and not from the body, so that it cannot be of another
/// place.
void show(const Entry &entry, const CheckpointWitness &witness)
{
    const auto checkpoint = parseCheckpoint(entry.body);
    witness(entry.seq, checkpointText(entry.stationId, {entry.seq - 1, entry.prev}),
        checkpoint ? checkpoint->signature : QByteArray());
}

} // namespace

Result<QList<Entry>> LedgerReader::entries(const EntryId &first, qint64 last, int most)
{
    auto rows = m_database->select(
        u"SELECT seq, kind, at_us, monotonic_us, clock_state, salt, body, digest, prev, hash, "
        "archived_by FROM entry WHERE station_id = ? AND seq >= ? AND seq <= ? ORDER BY seq LIMIT ?"_s,
        {first.stationId, first.seq, last, most});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Entry> entries;
    for (const QVariantList &row : std::as_const(*rows))
        entries.append(entryFrom(first.stationId, row));
    return entries;
}

Result<ChainReport> LedgerReader::verifyChain(
    const QString &stationId, const CheckpointWitness &witness)
{
    // One statement: a line that writes meanwhile moves the head and the last entry together.
    auto rows = m_database->select(
        u"SELECT head_seq, head_hash, (SELECT coalesce(max(seq), 0) FROM entry e "
        "WHERE e.station_id = s.station_id) FROM station s WHERE station_id = ?"_s,
        {stationId});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::unexpected(Error{Fault::Missing, u"no station "_s + stationId});
    const QVariantList row = rows->first();
    ChainReport report;
    report.stationId = stationId;
    report.head = {row.at(0).toLongLong(), row.at(1).toByteArray()};
    return walked(report, row.at(2).toLongLong(), witness);
}

Result<ChainReport> LedgerReader::walked(
    ChainReport report, qint64 last, const CheckpointWitness &witness)
{
    Chain chain;
    Gone gone;
    while (chain.head().seq < last && !report.firstBreak) {
        auto page = entries({report.stationId, chain.head().seq + 1}, last, Page);
        if (!page)
            return std::unexpected(page.error());
        for (const Entry &entry : std::as_const(*page)) {
            report.firstBreak = chain.add(entry);
            if (report.firstBreak)
                break;
            ++report.entries;
            report.archived += entry.body.isNull() ? 1 : 0;
            gone.add(entry);
            if (const auto note = archiveNoteOf(entry))
                report.archives.append(*note);
            if (witness && entry.kind == "checkpoint"_L1 && !entry.body.isNull())
                show(entry, witness);
        }
    }
    if (!report.firstBreak)
        report.firstBreak = chain.endsAt(report.head);
    if (!report.firstBreak)
        report.firstBreak = gone.unaccounted(report.archives);
    return report;
}

} // namespace station
