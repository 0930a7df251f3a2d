// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/wiring.h"
#include "station/store.h"

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station whose ledger holds them; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"json"_s, u"Print one JSON object a name: how many deliveries go now."_s},
    });
}

void describeShip(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"SERIAL…"_s, u"The units that leave."_s);
    describe(parser);
}

void describeOrder(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"ORDER…"_s, u"The orders that are released."_s);
    describe(parser);
}

/// Each name is a release of its own, and an entry of its own in the ledger.
Exit release(const QCommandLineParser &parser, const QString &what,
    station::Release (*of)(const QString &name))
{
    const QStringList names = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || names.isEmpty())
        return wrongUse(u"this needs --station FILE and at least one %1"_s.arg(what));
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return wrongUse(settings.error().detail);
    const auto store =
        station::Store::open(ledgerPlace(*settings, station::LedgerPlace::Role::Line));
    if (!store)
        return stationError(store.error());
    Exit exit = Exit::Good;
    for (const QString &name : names) {
        const auto released = (*store)->release(of(name));
        if (!released)
            return stationError(released.error());
        if (parser.isSet(u"json"_s))
            printJson({{what, name}, {u"released"_s, *released}});
        else
            printLine(u"%1: %L2 released"_s.arg(name).arg(*released));
        if (*released == 0) {
            say(u"nothing of %1 %2 is held"_s.arg(what, name));
            exit = Exit::DeviceFailed;
        }
    }
    return exit;
}

Exit runShip(const QCommandLineParser &parser)
{
    return release(parser, u"serial"_s,
        [](const QString &name) { return station::Release{.order = {}, .serial = name}; });
}

Exit runOrder(const QCommandLineParser &parser)
{
    return release(parser, u"order"_s,
        [](const QString &name) { return station::Release{.order = name, .serial = {}}; });
}

} // namespace

const Command unitShip{"unit ship", "SERIAL…",
    "Units leave: enrollments that wait for shipment go out, or are enabled.",
    "ekstation-cli unit ship --station station.toml SN-0001 SN-0002", describeShip, runShip};
const Command orderRelease{"order release", "ORDER…",
    "A lot is released: enrollments that wait for that go out.",
    "ekstation-cli order release --station station.toml 4711", describeOrder, runOrder};

} // namespace app::commands
