// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/packing.h"

#include "station/gate.h"

#include <QTimer>

namespace app {

namespace {

using namespace std::chrono_literals;

// A slot's own question takes two seconds at most (station/probe.h).
constexpr auto probeTakes = 3s;
constexpr auto again = 50ms;

station::Verdict verdictOf(const QList<station::Finding> &findings)
{
    const bool failed =
        std::ranges::find(findings, station::Outcome::Fail, &station::Finding::outcome)
        != findings.end();
    return failed ? station::Verdict::Fail : station::Verdict::Pass;
}

station::Proposal proposalOf(
    const station::Plan &plan, const QString &serial, const station::GateFacts &facts)
{
    station::Proposal proposal;
    const station::Unit unit = facts.unit.value_or(station::Unit{});
    proposal.device = {.serial = serial,
        .boardSerial = unit.boardSerial,
        .order = unit.order,
        .customer = unit.customer,
        .product = unit.product,
        .facts = {}};
    proposal.planName = plan.name;
    proposal.planVersion = plan.version;
    proposal.planSha256 = plan.sha256;
    proposal.purpose = station::Purpose::Packout; // never bound, never enrolled
    return proposal;
}

/// Everything that was looked at, whatever of it is wrong.
station::Examination examined(const station::GateFacts &facts, const station::Plan &plan,
    const QString &serial, const station::Slot &slot)
{
    station::Examination examination;
    QList<station::Finding> findings = judge(facts);
    if (!slot.target.isEmpty()) {
        const station::GateSight sight = sightOf(slot, serial, plan);
        examination = sight.examination;
        if (!examination.trouble)
            findings += judge(facts, sight, plan.leave);
    }
    examination.findings += findings;
    if (!examination.trouble)
        examination.verdict = verdictOf(examination.findings);
    return examination;
}

/// Somebody else is talking to the TPM.
bool isBusy(const station::Result<station::Proposal> &proposal)
{
    return proposal && proposal->examination.trouble
        && proposal->examination.trouble->code == QStringLiteral("busy");
}

} // namespace

station::Result<station::Proposal> packingOf(station::LedgerReader &reader,
    const station::Plan &plan, const QString &serial, const station::Slot &slot)
{
    const auto facts = gateFactsOf(reader, serial);
    if (!facts)
        return std::unexpected(facts.error());
    station::Proposal proposal = proposalOf(plan, serial, *facts);
    proposal.examination = examined(*facts, plan, serial, slot);
    return proposal;
}

Packing::Packing(station::Ledger &ledger, station::LedgerPlace place, station::Plan plan)
    : m_ledger(ledger), m_place(std::move(place)), m_plan(std::move(plan))
{
    m_thread.setMaxThreadCount(1);
    connect(&ledger, &station::Ledger::recorded, this,
        [this](quint64 ticket, const station::Result<station::Recorded> &recorded) {
            if (m_recording.contains(ticket))
                Q_EMIT judged(m_recording.take(ticket), recorded);
        });
}

Packing::~Packing()
{
    m_thread.clear();
    m_thread.waitForDone();
}

void Packing::ask(const QString &serial, const station::Slot &slot)
{
    look(serial, slot, QDeadlineTimer(probeTakes));
}

void Packing::look(const QString &serial, const station::Slot &slot, QDeadlineTimer patience)
{
    m_thread.start([this, place = m_place, plan = m_plan, serial, slot, patience] {
        auto reader = station::LedgerReader::open(place);
        const auto proposal = reader
            ? packingOf(*reader, plan, serial, slot)
            : station::Result<station::Proposal>(std::unexpected(reader.error()));
        QMetaObject::invokeMethod(
            this,
            [this, serial, slot, patience, proposal] {
                if (isBusy(proposal) && !patience.hasExpired())
                    QTimer::singleShot(again, this, [=, this] { look(serial, slot, patience); });
                else
                    looked(serial, proposal);
            },
            Qt::QueuedConnection);
    });
}

void Packing::looked(const QString &serial, const station::Result<station::Proposal> &proposal)
{
    if (!proposal) {
        Q_EMIT judged(serial, std::unexpected(proposal.error()));
        return;
    }
    station::Proposal signedFor = *proposal;
    signedFor.person = m_person;
    m_recording[m_ledger.record(signedFor)] = serial;
}

} // namespace app
