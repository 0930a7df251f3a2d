// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkup.h"
#include "app/commands/all.h"
#include "app/courier.h"
#include "app/interrupt.h"
#include "app/report.h"
#include "app/wiring.h"

#include <QCoreApplication>

#include <utility>

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds followPause{2};

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station's settings."_s, u"FILE"_s},
        {u"follow"_s, u"Keep delivering until stopped."_s},
        {u"json"_s, u"Print one JSON object a service: how its deliveries stand."_s},
    });
}

void print(const Courier &courier, bool json)
{
    if (!courier.rest().detail.isEmpty())
        say(courier.rest().detail);
    if (json)
        printJson(courier.toJson());
    else
        printLine(courier.toText());
}

Exit deliver(const Settings &settings, station::Ledger &ledger, bool follow, bool json)
{
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, qApp, &QCoreApplication::quit);
    std::vector<std::unique_ptr<Courier>> couriers;
    for (const auto &[name, service] : settings.services.asKeyValueRange()) {
        auto client = openClient(settings, service);
        if (!client)
            return stationError(client.error());
        couriers.push_back(std::make_unique<Courier>(ledger, std::move(*client),
            outboxOptions(settings, name, station::LedgerPlace::Role::Courier)));
    }
    for (const QString &warning : credentialWarnings(settings))
        say(warning);
    size_t underway = couriers.size();
    for (const auto &courier : couriers) {
        QObject::connect(courier.get(), &Courier::done, qApp,
            [&underway, follow, json, one = courier.get(), said = QString()]() mutable {
                if (std::exchange(said, one->toText()) != one->toText())
                    print(*one, json);
                if (follow)
                    QTimer::singleShot(followPause, one, &Courier::start);
                else if (--underway == 0)
                    QCoreApplication::quit();
            });
        courier->start();
    }
    QCoreApplication::exec();
    Exit exit = Exit::Good;
    for (const auto &courier : couriers)
        exit = worse(exit, courier->exit());
    return exit;
}

Exit runUpload(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"station"_s) || !parser.positionalArguments().isEmpty())
        return wrongUse(u"upload needs --station FILE"_s);
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return wrongUse(settings.error().detail);
    if (settings->services.isEmpty())
        return wrongUse(u"the settings name no service; add [service.main]"_s);
    const auto ledger =
        station::Ledger::open(ledgerPlace(*settings, station::LedgerPlace::Role::Courier));
    if (!ledger)
        return stationError(ledger.error());
    return deliver(*settings, **ledger, parser.isSet(u"follow"_s), parser.isSet(u"json"_s));
}

} // namespace

const Command upload{"upload", "", "Deliver what waits in the ledger.",
    "ekstation-cli upload --station station.toml", describe, runUpload};

} // namespace app::commands
