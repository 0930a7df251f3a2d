// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/outbox.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upload {

using station::DeliveryState;
using station::Ledger;

namespace {

constexpr int mostParcels = 4; // as many as the client keeps in flight
constexpr auto patrol = 30s; // others write into the same ledger, and nobody says so

} // namespace

Outbox::Outbox(Ledger &ledger, Client &client, OutboxOptions options)
    : m_ledger(ledger), m_client(client), m_options(std::move(options)),
      m_pace(m_options.quotaPerMinute)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_isWorking ? next() : wake(); });
    connect(&ledger, &Ledger::leased, this, &Outbox::leased);
    connect(&ledger, &Ledger::settled, this, &Outbox::written);
    connect(&ledger, &Ledger::counted, this, &Outbox::counted);
}

void Outbox::wake()
{
    m_isSent = false;
    m_isReadBack = false;
    if (m_isWorking) {
        return;
    }
    m_isWorking = true;
    m_ledgerFault.clear();
    m_returned.clear();
    if (m_options.clock().monotonicUs >= m_resumeUs) {
        m_fault.reset();
    }
    next();
}

/// Leases while there may be work and room for it; counts what is left once nothing is under way.
void Outbox::next()
{
    const bool isStopped = m_fault || !m_ledgerFault.isEmpty();
    const bool isDone = isStopped || (m_isSent && m_isReadBack);
    if (!isDone && m_leaseTicket == 0 && m_parcels.size() < mostParcels) {
        return lease();
    }
    if (isDone && m_leaseTicket == 0 && m_parcels.isEmpty() && m_writing.isEmpty()
        && m_countTicket == 0) {
        m_timer.stop();
        m_countTicket = m_ledger.count(m_options.destination);
    }
}

void Outbox::lease()
{
    if (const auto wait = m_pace.wait(m_options.clock().monotonicUs); wait > 0ms) {
        return m_timer.start(wait);
    }
    m_isReading = m_isSent;
    const auto take = m_isReading ? &Ledger::leaseAcknowledged : &Ledger::lease;
    m_leaseTicket = (m_ledger.*take)(
        m_options.destination, m_options.owner, int(largestBulk), m_options.leaseSeconds);
}

void Outbox::leased(quint64 ticket, const station::Result<QList<station::Delivery>> &deliveries,
    const QList<qint64> &uncertain)
{
    if (ticket != m_leaseTicket) {
        return;
    }
    m_leaseTicket = 0;
    if (!deliveries) {
        m_ledgerFault = deliveries.error().detail;
    } else if (deliveries->isEmpty()) {
        (m_isReading ? m_isReadBack : m_isSent) = true;
    } else {
        m_pace.spend(deliveries->size());
        auto *parcel = new Parcel(m_client, *deliveries, uncertain, this);
        m_parcels.append(parcel);
        connect(parcel, &Parcel::ended, this,
            [this, parcel](const Outcome &outcome) { ended(parcel, outcome); });
        if (m_fault) {
            parcel->halt();
        }
        parcel->start();
    }
    next();
}

void Outbox::ended(Parcel *parcel, const Outcome &outcome)
{
    m_parcels.removeOne(parcel);
    parcel->deleteLater();
    if (outcome.fault && !m_fault) {
        pause(*outcome.fault);
    } else if (!m_fault) {
        m_failures = 0;
    }
    QList<station::Settlement> settlements = outcome.settled;
    for (const Outcome::Returned &returned : outcome.returned) {
        settlements.append(dated(returned));
    }
    m_writing.insert(m_ledger.settle(settlements));
    next();
}

/// The whole connection pauses, not one delivery: retries of each would add up to a storm.
void Outbox::pause(const Error &error)
{
    m_fault = error;
    ++m_failures;
    auto wait = backoff(m_failures, m_options.random);
    if (error.retryAfter) {
        // The service's word holds; but one that says zero again and again is not taken by it.
        const auto least = m_failures > 1 ? wait : 0ms;
        wait = std::max<std::chrono::milliseconds>(*error.retryAfter, least);
    } else if (restOf(error).state == Rest::State::NeedsPerson) {
        wait = 0ms;
    }
    m_resumeUs = m_options.clock().monotonicUs + std::chrono::microseconds(wait).count();
    for (Parcel *parcel : std::as_const(m_parcels)) {
        parcel->halt();
    }
}

station::Settlement Outbox::dated(const Outcome::Returned &returned)
{
    const auto [utcUs, monotonicUs, state] = m_options.clock();
    // A fault of the whole connection pauses this process; the row itself is due at once, for
    // another process or a person who tries now. Only the service's own word is kept with it.
    std::chrono::microseconds wait = backoff(returned.attempts, m_options.random);
    if (m_fault)
        wait = std::chrono::microseconds(
            m_fault->retryAfter ? std::max<qint64>(0, m_resumeUs - monotonicUs) : 0);
    station::Settlement settlement = returned.settlement;
    settlement.nextAtUs = utcUs + wait.count();
    if (m_dueUs <= utcUs || settlement.nextAtUs < m_dueUs) {
        m_dueUs = settlement.nextAtUs;
    }
    m_returned = settlement.serviceText;
    return settlement;
}

void Outbox::written(quint64 ticket, const station::Result<QList<station::Settlement>> &settlements)
{
    if (!m_writing.remove(ticket)) {
        return;
    }
    if (!settlements) {
        m_ledgerFault = settlements.error().detail;
        return next();
    }
    for (const station::Settlement &settlement : *settlements) {
        if (settlement.state == DeliveryState::Acknowledged) {
            m_isReadBack = false;
        }
        Q_EMIT settled(settlement);
    }
    next();
}

void Outbox::counted(quint64 ticket, const station::Result<station::DeliveryCounts> &counts)
{
    if (ticket != m_countTicket) {
        return;
    }
    m_countTicket = 0;
    using enum Rest::State;
    if (!counts) {
        m_ledgerFault = counts.error().detail;
    }
    if (!m_ledgerFault.isEmpty()) {
        return rest({NoLedger, m_ledgerFault});
    }
    if (!m_fault && !(m_isSent && m_isReadBack)) {
        return next(); // woken meanwhile
    }
    if (counts->pending + counts->sent + counts->acknowledged == 0) {
        return rest({Delivered, {}});
    }
    if (m_fault) {
        return rest(restOf(*m_fault));
    }
    rest({Waiting, m_returned});
}

void Outbox::rest(const Rest &rest)
{
    m_isWorking = false;
    if (rest.state != Rest::State::NeedsPerson) {
        m_timer.start(untilNext(rest));
    }
    Q_EMIT rested(rest);
}

std::chrono::milliseconds Outbox::untilNext(const Rest &rest) const
{
    const auto [utcUs, monotonicUs, state] = m_options.clock();
    std::chrono::milliseconds wait = patrol;
    if (m_fault) {
        wait = std::chrono::milliseconds((m_resumeUs - monotonicUs) / 1000 + 1);
    } else if (rest.state == Rest::State::Waiting && m_dueUs > utcUs) {
        wait = std::min(wait, std::chrono::milliseconds((m_dueUs - utcUs) / 1000 + 1));
    }
    return std::max(wait, 0ms);
}

} // namespace upload
