// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/stationledger.h"

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describeErase(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"NAME"_s, u"What the person is called, or the person's id."_s);
    parser.addOptions({
        {u"station"_s, u"The station whose ledger knows people; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
}

void describe(QCommandLineParser &parser)
{
    describeErase(parser);
    parser.addOption({u"role"_s, u"What the person does: operator, qa, repair…"_s, u"ROLE"_s});
}

Exit runErase(const QCommandLineParser &parser)
{
    const QStringList names = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || names.size() != 1)
        return wrongUse(u"person erase needs --station FILE and one name or id"_s);
    const auto ledger = openStationLedger(parser);
    if (!ledger)
        return ledger.error();
    const auto id = ledger->store->erasePerson(names.first());
    if (!id)
        return stationError(id.error());
    if (parser.isSet(u"json"_s))
        printJson({{u"person"_s, *id}});
    else
        printLine(u"%1: the name is erased, what the person did stays under this id"_s.arg(*id));
    return Exit::Good;
}

Exit runAdd(const QCommandLineParser &parser)
{
    const QStringList names = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || !parser.isSet(u"role"_s) || names.size() != 1)
        return wrongUse(u"person add needs --station FILE, --role ROLE and one name"_s);
    const auto ledger = openStationLedger(parser);
    if (!ledger)
        return ledger.error();
    const auto id = ledger->store->addPerson(names.first(), parser.value(u"role"_s));
    if (!id && id.error().fault == station::Fault::Refused)
        return wrongUse(id.error().detail);
    if (!id)
        return stationError(id.error());
    if (parser.isSet(u"json"_s))
        printJson(
            {{u"person"_s, *id}, {u"name"_s, names.first()}, {u"role"_s, parser.value(u"role"_s)}});
    else
        printLine(*id);
    return Exit::Good;
}

} // namespace

const Command personAdd{"person add", "NAME",
    "Writes down a person; entries carry the id that it prints, and never the name.",
    "ekstation-cli person add --station station.toml --role qa \"Ann Example\"", describe, runAdd};

const Command personErase{"person erase", "NAME|ID",
    "A person's name leaves the ledger; entries keep the id, and no chain breaks.",
    "ekstation-cli person erase --station station.toml \"Ann Example\"", describeErase, runErase};

} // namespace app::commands
