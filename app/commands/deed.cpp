// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/deed.h"

#include "app/deedrule.h"
#include "app/stationledger.h"
#include "station/ornull.h"

#include <QJsonArray>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::UnitEvent;

namespace {

QJsonObject toJson(const station::UnitDeed &deed, const station::UnitDone &done)
{
    QJsonArray hubs;
    for (const station::HubIdentity &hub : done.hubs)
        hubs.append(
            QJsonObject{{u"deviceId"_s, hub.deviceId}, {u"hub"_s, station::orNull(hub.hub)}});
    return {{u"serial"_s, deed.serial}, {u"action"_s, word(deed.event)}, {u"entry"_s, done.seq},
        {u"disposition"_s, word(done.disposition)}, {u"deliveries"_s, done.deliveries},
        {u"hubs"_s, hubs}};
}

void printDone(const station::UnitDeed &deed, const station::UnitDone &done)
{
    printLine(u"%1: %2, entry %3, %L4 for the service"_s.arg(deed.serial, word(done.disposition))
            .arg(done.seq)
            .arg(done.deliveries));
    for (const station::HubIdentity &hub : done.hubs)
        printLine(u"  the cloud's owner removes device \"%1\" from %2 as well"_s.arg(
            hub.deviceId, hub.hub.isEmpty() ? u"the hub that the service chose"_s : hub.hub));
}

} // namespace

void describeDeed(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station whose ledger knows them; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"json"_s, u"Print one JSON object a unit."_s},
    });
    describePeople(parser);
}

Exit runDeed(const QCommandLineParser &parser, UnitEvent event)
{
    const QStringList serials = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || serials.isEmpty())
        return wrongUse(u"this needs --station FILE and at least one serial"_s);
    const auto ledger = openStationLedger(parser);
    if (!ledger)
        return ledger.error();
    const auto plan = station::loadPlan(ledger->settings.plan, ledger->settings.folder);
    if (!plan)
        return wrongUse(plan.error().detail);
    const auto people = provenPeople(parser, ledger->settings.login, *ledger->store);
    if (!people)
        return refusedOrTrouble(people.error());
    Exit exit = Exit::Good;
    for (const QString &serial : serials) {
        station::UnitDeed deed{.event = event, .serial = serial};
        deed.people = *people;
        if (event != UnitEvent::Ship)
            deed.reason = parser.value(u"reason"_s);
        if (event == UnitEvent::ReplaceBoard)
            deed.board = parser.value(u"board"_s);
        if (event == UnitEvent::Repair)
            deed.work = parser.value(u"action"_s);
        const auto done = ledger->store->carryOut(deed, deedRuleOf(*plan, event));
        if (!done && done.error().fault != station::Fault::Refused)
            return stationError(done.error());
        if (!done) {
            say(done.error().detail);
            exit = Exit::DeviceFailed;
        } else if (parser.isSet(u"json"_s)) {
            printJson(toJson(deed, *done));
        } else {
            printDone(deed, *done);
        }
    }
    return exit;
}

} // namespace app::commands
