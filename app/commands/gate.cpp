// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/people.h"
#include "app/packing.h"
#include "app/report.h"
#include "app/stationledger.h"
#include "station/ledgerreader.h"

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
        {u"slot"_s,
            u"The slot on which it stands, in the place of --device: with the slot's network and commands."_s,
            u"NAME"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
    describePeople(parser);
}

/// Where its TPM is read once more; a slot without a target where it is not.
station::Result<station::Slot> slotOf(const QCommandLineParser &parser, const Settings &settings)
{
    if (!parser.isSet(u"slot"_s))
        return station::Slot{.name = {}, .target = parser.value(u"device"_s)};
    const QString name = parser.value(u"slot"_s);
    const auto slot = std::ranges::find(settings.slotList, name, &station::Slot::name);
    if (slot == settings.slotList.end())
        return std::unexpected(station::Error{station::Fault::Missing,
            u"this station has no slot \"%1\"; its [[slot]] tables name them"_s.arg(name)});
    return *slot;
}

Exit runGate(const QCommandLineParser &parser)
{
    const QStringList serials = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || serials.size() != 1)
        return wrongUse(u"gate needs --station FILE and one serial"_s);
    if (parser.isSet(u"slot"_s) && parser.isSet(u"device"_s))
        return wrongUse(u"--device and --slot both say where the TPM is; give one"_s);
    const auto ledger = openStationLedger(parser);
    if (!ledger)
        return ledger.error();
    const auto plan = station::loadPlan(ledger->settings.plan, ledger->settings.folder);
    if (!plan)
        return wrongUse(plan.error().detail);
    const auto slot = slotOf(parser, ledger->settings);
    if (!slot)
        return wrongUse(slot.error().detail);
    auto reader = station::LedgerReader::open(
        ledgerPlace(ledger->settings, station::LedgerPlace::Role::Courier));
    if (!reader)
        return stationError(reader.error());
    const auto people = workersOf(parser, ledger->settings.login, *ledger->store);
    if (!people)
        return refusedOrTrouble(people.error());
    auto proposal = packingOf(*reader, *plan, serials.first(), *slot);
    if (!proposal)
        return stationError(proposal.error());
    proposal->person = people->value(0);
    const auto recorded = ledger->store->record(*proposal);
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
