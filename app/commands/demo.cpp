// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/interrupt.h"
#include "app/shift.h"
#include "app/training.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

#include <algorithm>

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostDevices = 256;

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"devices"_s, u"How many simulated devices, 1 to 256; default 8."_s, u"N"_s, u"8"_s},
        {u"keep"_s, u"Leave ledger, devices and the service's list in this new folder."_s,
            u"DIR"_s},
        {u"json"_s, u"Print one JSON object a device, and the sum."_s},
    });
}

void printTable(const Shift &shift)
{
    QList<Ending> endings = shift.endings();
    std::ranges::sort(endings, {}, &Ending::serial);
    printLine(headOfTable());
    for (const Ending &ending : std::as_const(endings))
        printLine(rowOfTable(ending));
    printLine(shift.tally().toText());
}

Exit examineAll(const Training &training, bool json)
{
    Interrupt interrupt;
    const auto wiring = Wiring::open(training.settings());
    if (!wiring)
        return stationError(wiring.error());
    Shift shift(**wiring, Shift::Proven::Resume);
    QObject::connect(&interrupt, &Interrupt::requested, &shift, &Shift::stop);
    QObject::connect(&shift, &Shift::message, &say);
    if (json)
        QObject::connect(
            &shift, &Shift::ended, [](const Ending &ending) { printJson(ending.json); });
    QObject::connect(&shift, &Shift::finished, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    shift.begin(training.jobs());
    shift.close();
    QCoreApplication::exec();
    if (json)
        printJson(shift.tally().toJson());
    else
        printTable(shift);
    // On a line what is not delivered goes later; here there is no later.
    const Tally &tally = shift.tally();
    const bool isWhole = tally.confirmed == tally.pass;
    return shift.exit() == Exit::Good && !isWhole ? Exit::StationError : shift.exit();
}

Exit runDemo(const QCommandLineParser &parser)
{
    bool isNumber = false;
    const int devices = parser.value(u"devices"_s).toInt(&isNumber);
    if (!isNumber || devices < 1 || devices > mostDevices)
        return wrongUse(u"--devices takes a number from 1 to %1"_s.arg(mostDevices));
    if (!parser.positionalArguments().isEmpty())
        return wrongUse(u"demo takes options only"_s);
    QTemporaryDir temporary;
    const QString folder = parser.isSet(u"keep"_s)
        ? QDir().absoluteFilePath(parser.value(u"keep"_s))
        : temporary.path();
    say(u"makes %1 simulated devices and a stand-in for the service"_s.arg(devices));
    const auto training = Training::start(devices, folder);
    if (!training) {
        say(training.error().detail);
        return Exit::StationError;
    }
    const Exit exit = examineAll(**training, parser.isSet(u"json"_s));
    if (parser.isSet(u"keep"_s))
        say(u"ledger, devices and the service's list are in %1"_s.arg(folder));
    return exit;
}

} // namespace

const Command demo{"demo", "", "The whole job on simulated devices and a local service.",
    "ekstation-cli demo --devices 8", describe, runDemo};

} // namespace app::commands
