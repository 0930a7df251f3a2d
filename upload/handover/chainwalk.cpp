// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/chainwalk.h"

#include "upload/handover/chainline.h"
#include "upload/handover/lines.h"

#include <QJsonDocument>
#include <QSet>
#include <QtEndian>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Entry;
using station::Error;
using station::Fault;
using station::Purpose;

namespace {

/// The rows, as JSONL and CSV side by side; the next one waits for its entry.
class RowPair {
public:
    RowPair(std::unique_ptr<QIODevice> lines, std::unique_ptr<QIODevice> sheet, Inspection &seen)
        : m_lines(std::move(lines)), m_sheet(std::move(sheet)), m_seen(seen)
    {
        if (m_sheet.next().value_or(QByteArray()) + '\n' != csvHead())
            complain(m_seen, u"enrollments.csv:1: not the head of ekstation-bundle-1"_s);
        step();
    }
    [[nodiscard]] bool isFor(const station::EntryId &id) const
    {
        return m_row && m_row->stationId == id.stationId && m_row->entry == QString::number(id.seq);
    }
    [[nodiscard]] const std::optional<Row> &row() const { return m_row; }
    [[nodiscard]] QString place() const { return u"enrollments.jsonl:%1"_s.arg(m_lines.line()); }
    void step()
    {
        const auto line = m_lines.next();
        const auto cells = m_sheet.next();
        m_row.reset();
        if (line) {
            m_row = rowOf(QJsonDocument::fromJson(*line).object());
            if (jsonLine(*m_row) != *line + '\n')
                complain(m_seen, place() + u": not a row as ekstation-bundle-1 has it"_s);
            if (!cells || *cells + '\n' != csvLine(*m_row))
                complain(m_seen,
                    u"enrollments.csv:%1: not what enrollments.jsonl:%2 says"_s.arg(m_sheet.line())
                        .arg(m_lines.line()));
        } else if (cells) {
            complain(m_seen,
                u"enrollments.csv:%1: more rows than enrollments.jsonl has"_s.arg(m_sheet.line()));
        }
    }

private:
    LineReader m_lines;
    LineReader m_sheet;
    Inspection &m_seen;
    std::optional<Row> m_row;
};

/// One walk along everything that a bundle holds.
class Walk {
public:
    Walk(RowPair &rows, Inspection &seen, const Visit &visit)
        : m_rows(rows), m_seen(seen), m_visit(visit)
    {
    }

    void follow(const ChainPart &chain, const Entry &entry, const QString &place)
    {
        if (m_chain != &chain) {
            m_chain = &chain;
            m_prev = chain.prev;
            m_whole = 0;
        }
        m_prev = station::hashOf(m_prev, entry.seq, entry.digest);
        ++m_seen.entries;
        if (!entry.body.isNull())
            examine(entry, place);
        if (entry.seq != chain.last)
            return;
        if (m_prev != chain.hash)
            complain(m_seen,
                u"%1: the chain of station %2 does not lead to the hash of the manifest; an entry from %3 to %4 was changed"_s
                    .arg(place, chain.stationId)
                    .arg(chain.first)
                    .arg(chain.last));
        if (m_whole != chain.whole)
            complain(m_seen,
                u"%1: station %2 has %3 whole entries, the manifest says %4"_s
                    .arg(place, chain.stationId)
                    .arg(m_whole)
                    .arg(chain.whole));
    }

private:
    void examine(const Entry &entry, const QString &place)
    {
        ++m_whole;
        ++m_seen.whole;
        const QJsonObject body = QJsonDocument::fromJson(entry.body).object();
        const bool isTraining = body[u"purpose"].toString() == u"training";
        if (isTraining != (m_seen.manifest.purpose == Purpose::Training))
            complain(m_seen,
                u"%1: an examination for %2 in a bundle for %3"_s.arg(
                    place, body[u"purpose"].toString().left(40), word(m_seen.manifest.purpose)));
        const station::EntryId id{entry.stationId, entry.seq};
        if (!m_rows.isFor(id))
            return;
        const Row &row = *m_rows.row();
        const QString wrong = contradictionIn(row, id, entry.atUs, body);
        if (!wrong.isEmpty())
            complain(m_seen, u"%1: %2"_s.arg(m_rows.place(), wrong));
        const QByteArray key = QByteArray::fromHex(row.ekSha256.toLatin1());
        const auto start = key.size() == 32 ? qFromBigEndian<quint64>(key.constData()) : 0;
        if (m_keys.contains(start))
            complain(
                m_seen, u"%1: an earlier row has the same endorsement key"_s.arg(m_rows.place()));
        m_keys.insert(start);
        ++m_seen.rows;
        if (m_visit)
            m_visit(row, body);
        m_rows.step();
    }

    RowPair &m_rows;
    Inspection &m_seen;
    const Visit &m_visit;
    const ChainPart *m_chain = nullptr;
    QByteArray m_prev;
    qint64 m_whole = 0;
    QSet<quint64> m_keys; ///< how they begin: a million whole ones would fill the memory
};

/// Every entry that the manifest promises, in its order. False: something else stood there.
Result<bool> walkRecords(LineReader &records, Walk &walk, Inspection &seen, const Watcher &watcher)
{
    qint64 all = 0;
    for (const ChainPart &chain : std::as_const(seen.manifest.chains))
        all += chain.last - chain.first + 1;
    for (const ChainPart &chain : std::as_const(seen.manifest.chains)) {
        for (qint64 seq = chain.first; seq <= chain.last; ++seq) {
            if (seq % 500 == 0) {
                if (watcher.cancelled())
                    return std::unexpected(Error{Fault::Refused, u"stopped"_s});
                watcher.progressed(seen.entries, all);
            }
            const auto line = records.next();
            const QString place = u"records.jsonl:%1"_s.arg(records.line());
            const auto entry = line ? parseChainLine(*line)
                                    : std::unexpected(Error{Fault::Syntax, u"it ends here"_s});
            if (!entry || entry->stationId != chain.stationId || entry->seq != seq) {
                complain(seen,
                    u"%1: entry %2/%3 belongs here, and is missing: %4"_s
                        .arg(place, chain.stationId)
                        .arg(seq)
                        .arg(entry ? u"another stands here"_s : entry.error().detail));
                return false;
            }
            walk.follow(chain, *entry, place);
        }
    }
    return true;
}

} // namespace

Result<void> walkChains(
    const Container &bundle, Inspection &seen, const Watcher &watcher, const Visit &visit)
{
    auto records = bundle.read(chainName.toString());
    auto lines = bundle.read(rowsName.toString());
    auto sheet = bundle.read(sheetName.toString());
    if (!records || !lines || !sheet)
        return {}; // said already
    RowPair rows(std::move(*lines), std::move(*sheet), seen);
    LineReader chain(std::move(*records));
    Walk walk(rows, seen, visit);
    const auto whole = walkRecords(chain, walk, seen, watcher);
    if (!whole)
        return std::unexpected(whole.error());
    if (!*whole)
        return {}; // everything behind it would only be said again
    if (chain.next())
        complain(
            seen, u"records.jsonl:%1: more entries than the manifest says"_s.arg(chain.line()));
    if (rows.row())
        complain(seen,
            u"%1: no whole entry of the chain stands behind this row, or not in this order"_s.arg(
                rows.place()));
    else if (seen.rows != seen.manifest.enrollments)
        complain(
            seen, u"%1 rows, the manifest says %2"_s.arg(seen.rows).arg(seen.manifest.enrollments));
    return {};
}

} // namespace upload::handover
