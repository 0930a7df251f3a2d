// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/reporter.h"

namespace upload {

using namespace std::chrono_literals;
using station::Delivery;
using station::DeliveryState;
using station::Ledger;

namespace {

constexpr auto patrol = 30s; // others write into the same ledger, and nobody says so

} // namespace

Reporter::Reporter(Ledger &ledger, std::unique_ptr<Recipient> recipient, OutboxOptions options)
    : m_ledger(ledger), m_recipient(std::move(recipient)), m_options(std::move(options))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Reporter::wake);
    connect(&ledger, &Ledger::leased, this, [this](quint64 ticket, const auto &deliveries) {
        if (ticket == m_ticket)
            leased(deliveries);
    });
    connect(&ledger, &Ledger::settled, this, [this](quint64 ticket, const auto &settlements) {
        if (ticket == m_ticket)
            written(settlements);
    });
    connect(&ledger, &Ledger::counted, this, [this](quint64 ticket, const auto &counts) {
        if (ticket == m_ticket)
            counted(counts);
    });
}

void Reporter::wake()
{
    m_isWoken = true;
    if (m_isWorking)
        return;
    m_isWorking = true;
    m_fault.reset();
    lease();
}

/// One at a time: the factory's system sees them in the order in which they happened.
void Reporter::lease()
{
    m_isWoken = false;
    m_ticket =
        m_ledger.lease(station::reportDestination(), m_options.owner, 1, m_options.leaseSeconds);
}

void Reporter::leased(const station::Result<QList<Delivery>> &deliveries)
{
    if (!deliveries)
        return rest({Rest::State::NoLedger, deliveries.error().detail});
    if (deliveries->isEmpty()) {
        m_ticket = m_ledger.count(station::reportDestination());
        return;
    }
    m_ticket = 0;
    const Delivery report = deliveries->first();
    m_recipient->give(
        report.payload.body, [this, report](const Result<bool> &taken) { given(report, taken); });
}

void Reporter::given(const Delivery &report, const Result<bool> &taken)
{
    station::Settlement settlement{.id = report.id, .state = DeliveryState::Confirmed};
    if (!taken) {
        const Error &error = taken.error();
        settlement.serviceCode = error.httpStatus;
        settlement.serviceText = error.detail;
        settlement.state =
            error.fault == Fault::Refused ? DeliveryState::Rejected : DeliveryState::Pending;
        if (error.fault != Fault::Refused)
            m_fault = error;
    }
    m_ticket = m_ledger.settle({settlement});
}

void Reporter::written(const station::Result<QList<station::Settlement>> &settlements)
{
    if (!settlements)
        return rest({Rest::State::NoLedger, settlements.error().detail});
    for (const station::Settlement &settlement : *settlements)
        Q_EMIT settled(settlement);
    if (m_fault)
        return rest(restOf(*m_fault));
    m_failures = 0;
    lease();
}

void Reporter::counted(const station::Result<station::DeliveryCounts> &counts)
{
    if (!counts)
        return rest({Rest::State::NoLedger, counts.error().detail});
    if (m_isWoken)
        return lease();
    const bool isDone = counts->pending + counts->sent == 0;
    rest({isDone ? Rest::State::Delivered : Rest::State::Waiting, {}});
}

void Reporter::rest(const Rest &rest)
{
    m_ticket = 0;
    m_isWorking = false;
    std::chrono::milliseconds wait = patrol;
    if (m_fault) {
        wait = backoff(++m_failures, m_options.random);
        if (m_fault->retryAfter)
            wait = std::max<std::chrono::milliseconds>(wait, *m_fault->retryAfter);
    }
    if (rest.state != Rest::State::NeedsPerson)
        m_timer.start(wait);
    Q_EMIT rested(rest);
}

} // namespace upload
