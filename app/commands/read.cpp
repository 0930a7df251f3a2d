// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/interrupt.h"
#include "app/report.h"
#include "station/bench.h"
#include "station/knowledge.h"
#include "station/roots.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"device"_s,
            u"The TPM: device:PATH, swtpm:path=SOCKET, swtpm:host=HOST,port=PORT or cmd:COMMAND."_s,
            u"TARGET"_s},
        {u"plan"_s, u"A plan that ships, or a file; default qa."_s, u"NAME|FILE"_s, u"qa"_s},
        {u"roots"_s, u"The root store; default is this user's (see roots import)."_s, u"FILE"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
}

Exit runRead(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"device"_s) || !parser.positionalArguments().isEmpty())
        return wrongUse(u"read needs --device TARGET and nothing else"_s);
    const auto plan = station::loadPlan(parser.value(u"plan"_s), QDir::currentPath());
    if (!plan) {
        say(plan.error().detail);
        return Exit::WrongUse;
    }
    const auto knowledge = station::learn(
        parser.isSet(u"roots"_s) ? parser.value(u"roots"_s) : station::usualRootsFile(), {});
    if (!knowledge)
        return stationError(knowledge.error());
    Interrupt interrupt;
    station::Bench bench(1);
    QEventLoop loop;
    station::Examination examination;
    QObject::connect(&interrupt, &Interrupt::requested, &bench, &station::Bench::stopAll);
    QObject::connect(
        &bench, &station::Bench::examined, &loop, [&](int, const station::Examination &seen) {
            examination = seen;
            loop.quit();
        });
    bench.examine(0, {.target = parser.value(u"device"_s), .knowledge = *knowledge}, *plan);
    loop.exec();
    if (parser.isSet(u"json"_s))
        printJson(station::toJson(examination));
    else
        printLine(reportOf(examination));
    return exitOf(examination.verdict);
}

} // namespace

const Command read{"read", "", "Examine one TPM and print what it is; touches no ledger.",
    "ekstation-cli read --device device:/dev/tpmrm0 --json", describe, runRead};

} // namespace app::commands
