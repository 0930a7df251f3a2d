// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/deed.h"
#include "app/stationledger.h"

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"ORDER…"_s, u"The orders that are released."_s);
    parser.addOptions({
        {u"station"_s, u"The station whose ledger holds them; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"json"_s, u"Print one JSON object an order: how many units are released now."_s},
    });
    describePeople(parser);
}

/// Each order is a release of its own, and an entry of its own in the ledger.
Exit runRelease(const QCommandLineParser &parser)
{
    const QStringList orders = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || orders.isEmpty())
        return wrongUse(u"this needs --station FILE and at least one order"_s);
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
    for (const QString &order : orders) {
        const auto released = ledger->store->release(
            {.order = order, .serial = {}, .people = *people, .persons = plan->releasers});
        if (!released)
            return refusedOrTrouble(released.error());
        if (parser.isSet(u"json"_s))
            printJson({{u"order"_s, order}, {u"released"_s, *released}});
        else
            printLine(u"%1: %L2 released"_s.arg(order).arg(*released));
        if (*released == 0) {
            say(u"nothing of order %1 is held"_s.arg(order));
            exit = Exit::DeviceFailed;
        }
    }
    return exit;
}

} // namespace

const Command orderRelease{"order release", "ORDER…",
    "A lot is released: enrollments that wait for that go out.",
    "ekstation-cli order release --station station.toml 4711", describe, runRelease};

} // namespace app::commands
