// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/reader.h"

namespace station {

namespace {

Result<UnitLife> lifeOf(LedgerReader &reader, const QString &serial)
{
    const auto unit = reader.unit(serial);
    const auto entries = reader.history(serial);
    if (!unit || !entries)
        return std::unexpected(unit ? entries.error() : unit.error());
    return UnitLife{serial, *unit, *entries};
}

Result<Work> workOf(LedgerReader &reader, const QString &stationId)
{
    const auto order = reader.currentOrder(stationId);
    if (!order)
        return std::unexpected(order.error());
    Work work{*order, {}};
    if (!*order)
        return work;
    const auto tally = reader.tally((*order)->ref);
    if (!tally)
        return std::unexpected(tally.error());
    work.tally = *tally;
    return work;
}

} // namespace

Reader::Reader(LedgerPlace place, QObject *parent) : QObject(parent), m_place(std::move(place))
{
    // One thread that never retires: a SQL connection belongs to the thread that opened it.
    m_thread.setMaxThreadCount(1);
    m_thread.setExpiryTimeout(-1);
}

Reader::~Reader()
{
    m_thread.clear();
    m_thread.start([this] { m_reader.reset(); });
    m_thread.waitForDone();
}

template <typename T> Result<T> Reader::answer(const Ask<T> &ask)
{
    if (m_reader) {
        auto answered = ask(*m_reader);
        if (answered || answered.error().fault != Fault::Ledger)
            return answered;
        m_reader.reset(); // the server may have been restarted; a new connection tells
    }
    auto opened = LedgerReader::open(m_place);
    if (!opened)
        return std::unexpected(opened.error());
    m_reader = std::move(*opened);
    return ask(*m_reader);
}

template <typename T> quint64 Reader::post(Question question, Answered<T> signal, Ask<T> ask)
{
    const quint64 generation = ++m_lastGeneration;
    auto &newest = m_newest.at(question);
    newest = generation;
    m_thread.start([this, generation, &newest, signal, ask = std::move(ask)] {
        if (newest != generation)
            return;
        const Result<T> answered = answer(ask);
        // Asked again on the main thread: a newer question may have come while this was answered.
        QMetaObject::invokeMethod(
            this,
            [this, generation, &newest, signal, answered] {
                if (newest == generation)
                    Q_EMIT(this->*signal)(generation, answered);
            },
            Qt::QueuedConnection);
    });
    return generation;
}

quint64 Reader::find(const RecordFilter &filter)
{
    return post<QList<RecordRow>>(
        Find, &Reader::found, [filter](LedgerReader &reader) { return reader.find(filter); });
}

quint64 Reader::look(const EntryId &id)
{
    return post<StoredEntry>(
        Look, &Reader::looked, [id](LedgerReader &reader) { return reader.entry(id); });
}

quint64 Reader::recall(const RecordFilter &filter)
{
    return post<QList<RecordRow>>(
        Recall, &Reader::recalled, [filter](LedgerReader &reader) { return reader.find(filter); });
}

quint64 Reader::count()
{
    return post<Backlog>(Count, &Reader::counted, [](LedgerReader &reader) -> Result<Backlog> {
        const auto counts = reader.count({});
        const auto oldest = reader.oldestWaiting();
        if (!counts || !oldest)
            return std::unexpected(counts ? oldest.error() : counts.error());
        return Backlog{*counts, *oldest};
    });
}

quint64 Reader::verify(const QString &stationId)
{
    return post<ChainReport>(Verify, &Reader::verified,
        [stationId](LedgerReader &reader) { return reader.verifyChain(stationId); });
}

quint64 Reader::tell(const QString &serial)
{
    return post<UnitLife>(
        Tell, &Reader::told, [serial](LedgerReader &reader) { return lifeOf(reader, serial); });
}

quint64 Reader::work(const QString &stationId)
{
    return post<Work>(WorkFor, &Reader::worked,
        [stationId](LedgerReader &reader) { return workOf(reader, stationId); });
}

} // namespace station
