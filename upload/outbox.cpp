// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/outbox.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upload {

using station::DeliveryState;
using station::Ledger;

namespace {

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
    m_isSwept = false;
    m_ledgerFault.clear();
    m_returned.clear();
    if (m_options.clock().monotonicUs >= m_resumeUs) {
        m_fault.reset();
    }
    next();
}

/// Works while there is something to do; counts what is left once nothing is under way.
void Outbox::next()
{
    if (m_isSent && m_isReadBack && std::exchange(m_mayFollow, false)) {
        m_isSent = false;
        m_isReadBack = false;
    }
    const bool isStopped = m_fault || !m_ledgerFault.isEmpty();
    if (!isStopped && !(m_isSent && m_isReadBack)) {
        return work();
    }
    if (isQuiet()) {
        m_timer.stop();
        m_countTicket = m_ledger.count(m_options.destination);
    }
}

bool Outbox::isQuiet() const
{
    return m_leaseTicket == 0 && m_parcels.isEmpty() && m_writeTicket == 0 && m_countTicket == 0
        && !(m_sweep && m_sweep->isBusy());
}

/// Reading back comes after all sending: what is not sent yet is worth more than what is not yet
/// known to have arrived. Large backlogs are looked for in the service's list first.
void Outbox::work()
{
    if (!m_isSent || m_isSwept) {
        if (m_leaseTicket == 0 && m_parcels.size() < m_client.endpoint().inFlight) {
            lease();
        }
        return;
    }
    if (m_sweep) {
        return sweepOn();
    }
    if (!isQuiet()) {
        return;
    }
    if (!m_backlog) {
        m_countTicket = m_ledger.count(m_options.destination);
        return;
    }
    if (*m_backlog >= m_options.sweepFrom) {
        m_sweep =
            std::make_unique<Sweep>(m_client, m_ledger, m_options.destination, *m_backlog, nullptr);
        connect(m_sweep.get(), &Sweep::stepped, this, &Outbox::swept);
        return sweepOn();
    }
    m_isSwept = true;
    lease();
}

bool Outbox::isPaced()
{
    const auto wait = m_pace.wait(m_options.clock().monotonicUs);
    if (wait > 0ms) {
        m_timer.start(wait);
    }
    return wait <= 0ms;
}

void Outbox::lease()
{
    if (!isPaced()) {
        return;
    }
    const int samples = m_isSent ? 0 : std::exchange(m_samples, 0);
    m_isReading = m_isSent || samples > 0;
    const auto take = m_isReading ? &Ledger::leaseAcknowledged : &Ledger::lease;
    const qsizetype bulks = std::min<qsizetype>(m_client.endpoint().inFlight - m_parcels.size(),
        (m_pace.room() + largestBulk - 1) / largestBulk);
    const qsizetype most = samples > 0 ? samples : bulks * largestBulk;
    m_leaseTicket = (m_ledger.*take)(
        m_options.destination, m_options.owner, static_cast<int>(most), m_options.leaseSeconds);
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
        // A sample that finds nothing says nothing.
        m_isReadBack = m_isReadBack || (m_isReading && m_isSent);
        m_isSent = m_isSent || !m_isReading;
    } else {
        carry(*deliveries, uncertain);
    }
    next();
}

void Outbox::carry(const QList<station::Delivery> &deliveries, const QList<qint64> &uncertain)
{
    m_pace.spend(deliveries.size());
    for (qsizetype at = 0; at < deliveries.size(); at += largestBulk) {
        auto *parcel = new Parcel(m_client, deliveries.mid(at, largestBulk), uncertain, this);
        m_parcels.append(parcel);
        connect(parcel, &Parcel::ended, this,
            [this, parcel](const Outcome &outcome) { ended(parcel, outcome); });
        if (m_fault) {
            parcel->halt();
        }
        parcel->start();
    }
}

void Outbox::ended(Parcel *parcel, const Outcome &outcome)
{
    m_parcels.removeOne(parcel);
    parcel->deleteLater();
    meet(outcome.fault);
    QList<station::Settlement> settlements = outcome.settled;
    for (const Outcome::Returned &returned : outcome.returned) {
        settlements.append(dated(returned));
    }
    write(settlements);
    next();
}

void Outbox::meet(const std::optional<Error> &fault)
{
    if (fault && !m_fault) {
        pause(*fault);
    } else if (!m_fault) {
        m_failures = 0;
    }
}

/// The whole connection pauses, not one delivery: retries of each would add up to a storm.
void Outbox::pause(const Error &error)
{
    m_fault = error;
    ++m_failures;
    if (error.fault == Fault::Throttled) {
        m_pace.slow(m_options.clock().monotonicUs);
    }
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

void Outbox::write(const QList<station::Settlement> &settlements)
{
    m_toWrite += settlements;
    if (m_writeTicket == 0 && !m_toWrite.isEmpty()) {
        m_writeTicket = m_ledger.settle(std::exchange(m_toWrite, {}));
    }
}

void Outbox::written(quint64 ticket, const station::Result<QList<station::Settlement>> &settlements)
{
    if (ticket != m_writeTicket) {
        return;
    }
    m_writeTicket = 0;
    write({});
    if (!settlements) {
        m_ledgerFault = settlements.error().detail;
        return next();
    }
    for (const station::Settlement &settlement : *settlements) {
        takeNote(settlement);
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
    if (counts) {
        m_backlog = counts->acknowledged;
    } else {
        m_ledgerFault = counts.error().detail;
    }
    if (!m_ledgerFault.isEmpty()) {
        return rest({NoLedger, m_ledgerFault});
    }
    if (!m_fault && !(m_isSent && m_isReadBack)) {
        return next(); // woken meanwhile, or it was the backlog that was asked for
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
