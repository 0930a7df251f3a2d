// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/people.h"
#include "app/stationledger.h"

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station whose clock it is; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"confirm"_s,
            u"It is right, though the records are of later: they are compared with it anew from now on."_s},
        {u"by"_s, u"Who says so: a name or an id (see person add)."_s, u"PERSON"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
}

Exit runClock(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"station"_s) || !parser.isSet(u"confirm"_s)
        || parser.value(u"by"_s).isEmpty())
        return wrongUse(u"ledger clock needs --station FILE, --confirm and --by PERSON"_s);
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return wrongUse(settings.error().detail);
    auto place = ledgerPlace(*settings, station::LedgerPlace::Role::Line);
    place.trustsClock = true;
    const auto store = station::Store::open(place);
    if (!store)
        return stationError(store.error());
    const auto people = provenPeople(parser, settings->login, **store);
    if (!people)
        return refusedOrTrouble(people.error());
    const auto entry = (*store)->confirmClock(people->first());
    if (!entry)
        return entry.error().fault == station::Fault::Missing ? wrongUse(entry.error().detail)
                                                              : stationError(entry.error());
    if (parser.isSet(u"json"_s))
        printJson({{u"entry"_s, *entry}});
    else
        printLine(u"entry %1: the clock is right, and the station goes on with it"_s.arg(*entry));
    return Exit::Good;
}

} // namespace

const Command ledgerClock{"ledger clock", "",
    "Say that a clock is right which is behind the station's records.",
    "ekstation-cli ledger clock --station station.toml --confirm --by \"Ann Example\"", describe,
    runClock};

} // namespace app::commands
