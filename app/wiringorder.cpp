// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"

#include "station/ledgerreader.h"
#include "station/unitplan.h"

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

/// The order that the station works for, as its ledger says: it fits the plan, and is what a system
/// that is down is replaced by.
station::Result<void> Wiring::takeUpOrder(const station::Plan &plan)
{
    auto reader =
        station::LedgerReader::open(ledgerPlace(m_settings, station::LedgerPlace::Role::Courier));
    if (!reader)
        return std::unexpected(reader.error());
    const auto order = reader->currentOrder(m_settings.stationId);
    const auto gate = reader->orderGate(m_settings.stationId, plan.isFirstPieceFirst);
    if (!order || !gate)
        return std::unexpected(order ? gate.error() : order.error());
    m_gate = *gate;
    const station::Order known = order->value_or(station::Order{});
    const station::Device facts{
        .order = known.ref, .customer = known.customer, .product = known.product};
    const QString service = plan.enroll.serviceFor(facts);
    if (*order && (known.plan != plan.name || known.service != service))
        return std::unexpected(Error{Fault::Missing,
            u"order %1 is tested by plan \"%2\" and enrolled with service \"%3\", the station's "
            u"plan "
            "\"%4\" enrolls it with \"%5\"; name the order's plan in [line]"_s.arg(
                known.ref, known.plan, known.service, plan.name, service)});
    if (plan.whenDown == station::WhenDown::CachedOrder)
        m_admission->fallBackOn(facts);
    return {};
}

/// Whom the factory's system lets in, the station may not be able to test.
station::Result<station::Device> Wiring::letIn(const station::Device &device)
{
    if (const auto trusted = m_clockWatch.check(); !trusted)
        return std::unexpected(trusted.error());
    if (const auto planned = planFor(m_line->plan(), device); !planned)
        return std::unexpected(planned.error());
    return m_gate.admit(device);
}

/// The last word is the ledger's: how often it has failed is known there alone.
void Wiring::admit(const QString &serial, const station::Result<station::Device> &device)
{
    const auto &plan = m_line->plan();
    if (!device || plan.retest.attempts == 0 || !claimsKey(plan.purpose))
        m_line->admitted(serial, device);
    else
        m_asking[m_ledger->askRetest(serial, plan.retest)] = *device;
}

void Wiring::connectAdmission()
{
    using station::Line;
    auto *line = m_line.get();
    QObject::connect(line, &Line::admissionAsked, m_admission.get(), &station::Admission::ask);
    QObject::connect(m_admission.get(), &station::Admission::answered, line,
        [this](const QString &serial, const station::Result<station::Device> &device) {
            admit(serial, device ? letIn(*device) : device);
        });
    QObject::connect(m_ledger.get(), &station::Ledger::retestAnswered, line,
        [this, line](quint64 ticket, const station::Result<void> &allowed) {
            const station::Device device = m_asking.take(ticket);
            if (allowed)
                line->admitted(device.serial, device);
            else
                line->admitted(device.serial, std::unexpected(allowed.error()));
        });
    QObject::connect(
        line, &Line::refused, line, [this](const QString &serial) { m_gate.left(serial); });
    QObject::connect(line, &Line::concluded, line, [this](int, const station::Recorded &recorded) {
        m_gate.ended(recorded.serial, recorded.examination.verdict);
    });
}

} // namespace app
