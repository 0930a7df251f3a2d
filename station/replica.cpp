// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/replica.h"

#include "station/ledgerreader.h"
#include "station/replicafile.h"
#include "station/replicator.h"

#include <future>
#include <thread>

namespace station {

using namespace Qt::StringLiterals;

namespace {

// A line commits many times a second; one copy of some of them costs the other disk the same.
constexpr std::chrono::milliseconds pause{200};
constexpr std::chrono::milliseconds patience{2000}; // after a failure; couriers wake nobody

QString ledgerOf(const LedgerPlace &place)
{
    const auto file = parseDatabasePlace(place.url, place.folder);
    return file ? file->path : QString();
}

Result<qint64> lengthIn(const QString &file, const QString &stationId)
{
    auto reader = LedgerReader::open({.url = u"sqlite:"_s + file, .folder = {}, .stationId = {}});
    if (!reader)
        return std::unexpected(reader.error());
    return reader->lengthOf(stationId);
}

} // namespace

Result<void> checkReplica(const LedgerPlace &place, std::chrono::milliseconds deadline)
{
    if (place.replica.isEmpty())
        return {};
    // A share that hangs is one that cannot be read now; the thread ends when the share answers.
    const auto answer = std::make_shared<std::promise<Result<void>>>();
    auto checked = answer->get_future();
    std::thread([answer, ledger = ledgerOf(place), copy = place.replica] {
        answer->set_value(checkReplica(ledger, copy));
    }).detach();
    return checked.wait_for(deadline) == std::future_status::ready ? checked.get() : Result<void>();
}

Result<ReplicaLag> lagOf(const LedgerPlace &place)
{
    auto reader =
        LedgerReader::open({.url = u"sqlite:"_s + ledgerOf(place), .folder = {}, .stationId = {}});
    if (!reader)
        return std::unexpected(reader.error());
    const auto here = reader->lengthOf(place.stationId);
    if (!here)
        return std::unexpected(here.error());
    ReplicaLag lag;
    const auto there = lengthIn(place.replica, place.stationId);
    if (!there)
        lag.trouble = there.error().detail;
    const qint64 known = there.value_or(0);
    lag.entries = *here - known;
    if (lag.entries > 0)
        if (const auto first = reader->entry({place.stationId, known + 1}))
            lag.sinceUs = first->entry.atUs;
    return lag;
}

Replica::Replica(LedgerPlace place, std::chrono::milliseconds deadline)
    : m_place(std::move(place)), m_deadline(deadline), m_thread(std::make_unique<QThreadPool>()),
      m_replicator(std::make_shared<Replicator>(ledgerOf(m_place), m_place.replica))
{
    // One thread that never retires: a SQL connection belongs to the thread that opened it.
    m_thread->setMaxThreadCount(1);
    m_thread->setExpiryTimeout(-1);
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &Replica::begin);
    m_next.start(0);
}

Replica::~Replica()
{
    m_thread->start([replicator = std::move(m_replicator)]() mutable {
        std::ignore = replicator->copyChanges(); // what fails now is copied by the next line
        replicator.reset();
    });
    // A share that hangs keeps its thread, and nobody else.
    if (!m_thread->waitForDone(static_cast<int>(m_deadline.count())))
        std::ignore = m_thread.release();
    *m_isHere = false;
}

void Replica::wake()
{
    m_isAsked = true;
    if (!m_isCopying && (!m_next.isActive() || m_next.remainingTimeAsDuration() > pause))
        m_next.start(pause);
}

void Replica::begin()
{
    m_isCopying = true;
    m_isAsked = false;
    m_thread->start([this, isHere = m_isHere, replicator = m_replicator, place = m_place] {
        const auto copied = replicator->copyChanges();
        auto lag = lagOf(place);
        if (!lag)
            lag = ReplicaLag{.trouble = lag.error().detail};
        if (!copied)
            lag->trouble = copied.error().detail;
        if (*isHere)
            QMetaObject::invokeMethod(
                this, [this, lag = *lag] { ended(lag); }, Qt::QueuedConnection);
    });
}

void Replica::ended(const ReplicaLag &lag)
{
    m_isCopying = false;
    m_next.start(m_isAsked && lag.trouble.isEmpty() ? pause : patience);
    Q_EMIT lagged(lag);
}

} // namespace station
