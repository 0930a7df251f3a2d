// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/retention.h"

#include "upload/handover/chainline.h"
#include "upload/handover/inspect.h"
#include "upload/handover/lines.h"
#include "upload/handover/parts.h"

#include <QDateTime>
#include <QFileInfo>

namespace app {

using namespace Qt::StringLiterals;
using namespace upload::handover;
using station::ArchiveNote;
using station::Entry;
using station::Error;
using station::Fault;

namespace {

constexpr qsizetype page = 500;

/// One archive, step by step.
class Archivist {
public:
    Archivist(station::Store &store, station::LedgerReader &reader, const Retention &wish,
        const Watcher &watcher)
        : m_store(store), m_reader(reader), m_wish(wish), m_watcher(watcher)
    {
        m_done.takenUp = QFileInfo::exists(wish.out);
    }

    Result<Retained> run()
    {
        const auto parting = m_store.chooseForArchive(m_wish.beforeUs);
        if (!parting)
            return std::unexpected(parting.error());
        m_done.staying = parting->staying;
        m_leaving = parting->leaving;
        if (parting->leaving == 0 && !m_done.takenUp)
            return m_done;
        for (const auto step : {&Archivist::write, &Archivist::check, &Archivist::note,
                 &Archivist::drop, &Archivist::end})
            if (const auto stepped = (this->*step)(); !stepped)
                return std::unexpected(stepped.error());
        return m_done;
    }

private:
    Result<void> write()
    {
        if (m_done.takenUp)
            return {};
        const auto bundled = writeBundle(m_reader,
            {.toUs = m_wish.beforeUs, .station = m_wish.papers.stationId, .archive = m_wish.before},
            m_wish.papers, m_wish.out, m_watcher);
        return bundled ? Result<void>() : std::unexpected(bundled.error());
    }

    /// From the disk and to the last byte, whoever wrote it.
    Result<void> check()
    {
        const QString folder = QFileInfo(m_wish.out).absolutePath();
        if (!synced(folder))
            return std::unexpected(Error{Fault::Full,
                u"the disk does not say that it keeps %1; no body has gone"_s.arg(m_wish.out)});
        const auto bundle = Container::open(m_wish.out);
        const auto seen = bundle
            ? inspect(*bundle, m_wish.signer, QDateTime::currentDateTimeUtc(), m_watcher)
            : Result<Inspection>(std::unexpected(bundle.error()));
        if (!seen)
            return wrong(seen.error().detail);
        if (!seen->isIntact())
            return wrong(seen->mismatches.isEmpty() ? seen->seal.detail : seen->mismatches.first());
        if (seen->seal.state != tpm::Seal::State::Good)
            return wrong(u"it is signed by %1, and not by this station"_s.arg(seen->seal.signer));
        const QJsonObject &selection = seen->manifest.selection;
        if (seen->manifest.stationId != m_wish.papers.stationId
            || selection[archiveSelection].toString() != m_wish.before)
            return wrong(u"it is no archive of station %1 for everything before %2"_s.arg(
                m_wish.papers.stationId, m_wish.before));
        m_done.note = {.before = m_wish.before,
            .bundle = QFileInfo(m_wish.out).absoluteFilePath(),
            .sha256 = QString::fromLatin1(seen->sha256.toHex()),
            .entries = seen->whole};
        m_bundle = *bundle;
        return {};
    }

    [[nodiscard]] std::unexpected<Error> wrong(const QString &why) const
    {
        return std::unexpected(Error{m_done.takenUp ? Fault::Refused : Fault::Damaged,
            m_done.takenUp
                ? u"%1 is there already and cannot be taken up: %2; choose another name"_s.arg(
                      m_wish.out, why)
                : u"%1 was written and does not verify: %2; no body has gone"_s.arg(
                      m_wish.out, why)});
    }

    Result<void> note()
    {
        const auto seq = m_store.noteArchive(m_done.note);
        if (!seq)
            return std::unexpected(seq.error());
        m_done.note.seq = *seq;
        return {};
    }

    /// Line by line as the bundle has them: what it does not hold whole stays.
    Result<void> drop()
    {
        auto file = m_bundle->read(chainName.toString());
        if (!file)
            return std::unexpected(file.error());
        LineReader records(std::move(*file));
        QList<Entry> seen;
        qint64 all = 0;
        while (const auto line = records.next()) {
            auto entry = parseChainLine(*line);
            if (!entry)
                return std::unexpected(entry.error());
            if (entry->body.isNull())
                continue;
            entry->body = QByteArray(); // its digest was made of it
            seen.append(*entry);
            if (seen.size() < page)
                continue;
            if (const auto gone = dropThese(seen); !gone)
                return gone;
            m_watcher.progressed(all += page, m_done.note.entries);
        }
        return dropThese(seen);
    }

    Result<void> dropThese(QList<Entry> &seen)
    {
        if (m_watcher.cancelled())
            return std::unexpected(Error{Fault::Refused,
                u"stopped; the same command goes on from here, and the bundle holds what has gone"_s});
        const auto gone = m_store.dropBodies(m_done.note.seq, std::exchange(seen, {}));
        if (!gone)
            return std::unexpected(gone.error());
        m_done.gone += *gone;
        return {};
    }

    Result<void> end()
    {
        m_done.left = std::max<qint64>(0, m_leaving - m_done.gone);
        return m_store.endArchive();
    }

    station::Store &m_store;
    station::LedgerReader &m_reader;
    const Retention &m_wish;
    const Watcher &m_watcher;
    std::optional<Container> m_bundle;
    Retained m_done;
    qint64 m_leaving = 0;
};

} // namespace

station::Result<Retained> retain(station::Store &store, station::LedgerReader &reader,
    const Retention &wish, const Watcher &watcher)
{
    return Archivist(store, reader, wish, watcher).run();
}

} // namespace app
