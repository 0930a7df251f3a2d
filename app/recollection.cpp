// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recollection.h"

#include <QCryptographicHash>

namespace app {

using station::Concern;
using station::EntryId;
using station::Result;

namespace {

constexpr int page = 2000; // with their bodies some ten MB

using Tell = std::function<Result<void>(const station::Whereabouts &)>;

/// One walk over one ledger.
class Walk {
public:
    Walk(station::LedgerReader &reader, const station::Recall &recall, const Tell &tell)
        : m_reader(reader), m_recall(recall), m_tell(tell)
    {
    }

    /// The last entry that was looked at; the same as before at the end of the chain.
    Result<EntryId> turn(const EntryId &after)
    {
        const auto suspects = m_reader.suspects(after, m_recall.needsBodies, page);
        if (!suspects)
            return std::unexpected(suspects.error());
        for (const station::Suspect &suspect : *suspects)
            if (const auto judged = judge(suspect); !judged)
                return std::unexpected(judged.error());
        return suspects->isEmpty() ? after : suspects->last().id;
    }
    [[nodiscard]] const Recollection &seen() const { return m_seen; }

private:
    Result<void> judge(const station::Suspect &suspect)
    {
        ++m_seen.examined;
        const Concern concern = m_recall.judge(suspect);
        m_seen.undecided += concern == Concern::Undecided ? 1 : 0;
        if (concern != Concern::Affected || (!m_recall.newestDecides && !isNew(suspect)))
            return {};
        const auto unit = m_reader.whereabouts(suspect.id);
        if (!unit)
            return std::unexpected(unit.error());
        if (m_recall.newestDecides && !unit->isNewest)
            return {};
        ++m_seen.affected;
        ++m_seen.groups[{
            unit->record.customer, unit->record.order, unit->binding, unit->disposition}];
        return m_tell(*unit);
    }

    /// A million units must fit: sixteen bytes of a hash say which one it is.
    bool isNew(const station::Suspect &suspect)
    {
        const QByteArray hash =
            QCryptographicHash::hash(suspect.serial.toUtf8() + '\0' + suspect.ekSha256.toLatin1(),
                QCryptographicHash::Sha256);
        std::pair<quint64, quint64> unit;
        memcpy(&unit.first, hash.constData(), sizeof unit.first);
        memcpy(&unit.second, hash.constData() + sizeof unit.first, sizeof unit.second);
        const qsizetype before = m_units.size();
        m_units.insert(unit);
        return m_units.size() != before;
    }

    station::LedgerReader &m_reader;
    const station::Recall &m_recall;
    const Tell &m_tell;
    Recollection m_seen;
    QSet<std::pair<quint64, quint64>> m_units; ///< that were told already
};

} // namespace

Result<Recollection> recollect(station::LedgerReader &reader, const station::Recall &recall,
    const Tell &tell, const upload::handover::Watcher &watcher)
{
    const auto spans = reader.spans({});
    if (!spans)
        return std::unexpected(spans.error());
    qint64 all = 0;
    for (const station::Span &span : *spans)
        all += span.records;
    Walk walk(reader, recall, tell);
    for (const station::Span &span : *spans)
        for (EntryId after{span.stationId, 0};;) {
            if (watcher.cancelled())
                return std::unexpected(upload::handover::cancelled());
            const auto reached = walk.turn(after);
            if (!reached)
                return std::unexpected(reached.error());
            if (*reached == after)
                break;
            after = *reached;
            watcher.progressed(walk.seen().examined, all);
        }
    return walk.seen();
}

} // namespace app
