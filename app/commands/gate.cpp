// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/gate.h"
#include "app/commands/all.h"
#include "app/report.h"
#include "app/stationledger.h"

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"SERIAL"_s, u"The unit that is to be packed."_s);
    parser.addOptions({
        {u"station"_s, u"The station whose ledger knows it; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"device"_s, u"Its TPM, to be read once more on the image that ships."_s, u"TARGET"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
}

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
station::Examination examined(
    const station::GateFacts &facts, const station::Plan &plan, const QString &target)
{
    station::Examination examination;
    QList<station::Finding> findings = judge(facts);
    if (!target.isEmpty()) {
        const station::GateSight sight = sightOf(target, plan);
        examination = sight.examination;
        if (!examination.trouble && examination.key)
            findings += judge(facts, sight, plan.leave);
    }
    examination.findings += findings;
    if (!examination.trouble)
        examination.verdict = verdictOf(examination.findings);
    return examination;
}

Exit runGate(const QCommandLineParser &parser)
{
    const QStringList serials = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || serials.size() != 1)
        return wrongUse(u"gate needs --station FILE and one serial"_s);
    const auto ledger = openStationLedger(parser);
    if (!ledger)
        return ledger.error();
    const auto plan = station::loadPlan(ledger->settings.plan, ledger->settings.folder);
    if (!plan)
        return wrongUse(plan.error().detail);
    auto reader = station::LedgerReader::open(
        ledgerPlace(ledger->settings, station::LedgerPlace::Role::Courier));
    if (!reader)
        return stationError(reader.error());
    const auto facts = gateFactsOf(*reader, serials.first());
    if (!facts)
        return stationError(facts.error());
    station::Proposal proposal = proposalOf(*plan, serials.first(), *facts);
    proposal.examination = examined(*facts, *plan, parser.value(u"device"_s));
    const auto recorded = ledger->store->record(proposal);
    if (!recorded)
        return stationError(recorded.error());
    const station::Examination &examination = recorded->examination;
    QJsonObject json = station::toJson(examination);
    json[u"serial"_s] = serials.first();
    json[u"entry"_s] = recorded->seq;
    if (parser.isSet(u"json"_s))
        printJson(json);
    else
        printLine(reportOf(examination));
    return exitOf(examination.verdict);
}

} // namespace

const Command gate{"gate", "SERIAL",
    "May this unit be packed? Every reason why not, each with what to do.",
    "ekstation-cli gate --station station.toml --device device:/dev/tpmrm0 SN-0042", describe,
    runGate};

} // namespace app::commands
