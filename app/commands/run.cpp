// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkup.h"
#include "app/commands/people.h"
#include "app/feed.h"
#include "app/interrupt.h"
#include "app/shift.h"
#include "app/stationledger.h"

#include <QCoreApplication>

#include <unistd.h>

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station's settings."_s, u"FILE"_s},
        {u"serials"_s,
            u"What to test: serial, or serial, tab and target, one a line; \"-\" reads them as they come on standard input."_s,
            u"FILE|-"_s, u"-"_s},
        {u"again"_s, u"Test serials again that have passed already."_s},
        {u"json"_s, u"Print one JSON object a device, and the sum."_s},
    });
    describePeople(parser);
}

/// Who begins, before the line takes the ledger.
station::Result<QString> workerOf(const QCommandLineParser &parser, const Settings &settings)
{
    if (!settings.login.isRequired)
        return QString();
    const auto store =
        station::Store::open(ledgerPlace(settings, station::LedgerPlace::Role::Line));
    if (!store)
        return std::unexpected(store.error());
    const auto people = workersOf(parser, settings.login, **store);
    if (!people)
        return std::unexpected(people.error());
    return people->first();
}

void print(Shift &shift, bool json)
{
    QObject::connect(&shift, &Shift::message, &say);
    QObject::connect(&shift, &Shift::ended, [json](const Ending &ending) {
        if (json)
            printJson(ending.json);
        else
            printLine(rowOfTable(ending));
    });
    if (!json)
        printLine(headOfTable());
}

Exit runLine(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"station"_s) || !parser.positionalArguments().isEmpty())
        return wrongUse(u"run needs --station FILE"_s);
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return wrongUse(settings.error().detail);
    const QString file = parser.value(u"serials"_s);
    const bool streaming = file == u"-";
    const auto jobs = streaming ? QList<Job>() : loadSerials(file);
    if (!jobs)
        return wrongUse(jobs.error().detail);
    Interrupt interrupt;
    const auto asking = std::ranges::find_if(
        settings->slotList, [](const station::Slot &slot) { return !slot.prompt.isEmpty(); });
    if (asking != settings->slotList.end())
        return stationError({station::Fault::Refused,
            u"slot %1 asks a person something before each test (prompt = \"%2\"), and nobody "
            u"answers "
            "here; use the window, or take the prompt out of the settings"_s.arg(
                asking->name, asking->prompt)});
    const auto person = workerOf(parser, *settings);
    if (!person)
        return refusedOrTrouble(person.error());
    const auto wiring = Wiring::open(*settings);
    if (!wiring)
        return stationError(wiring.error());
    (*wiring)->setPerson(*person);
    if (!(*wiring)->outboxes().isEmpty())
        for (const QString &warning : credentialWarnings(*settings))
            say(warning);

    const bool json = parser.isSet(u"json"_s);
    Shift shift(
        **wiring, parser.isSet(u"again"_s) ? Shift::Proven::TestAgain : Shift::Proven::Resume);
    print(shift, json);
    QObject::connect(&interrupt, &Interrupt::requested, &shift, &Shift::stop);
    QObject::connect(&shift, &Shift::finished, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    shift.begin(*jobs);
    std::unique_ptr<Feed> feed;
    if (streaming) {
        feed = std::make_unique<Feed>(STDIN_FILENO);
        QObject::connect(feed.get(), &Feed::came, &shift, &Shift::add);
        QObject::connect(feed.get(), &Feed::wrong, &shift, &Shift::message);
        QObject::connect(feed.get(), &Feed::ended, &shift, &Shift::close);
    } else {
        shift.close();
    }
    QCoreApplication::exec();
    if (json)
        printJson(shift.tally().toJson());
    else
        printLine(shift.tally().toText());
    return shift.exit();
}

} // namespace

const Command run{"run", "",
    "Examine, record and enroll what the serials say: the line without a window.",
    "ekstation-cli run --station station.toml --serials serials.txt", describe, runLine};

} // namespace app::commands
