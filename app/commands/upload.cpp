// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/capacity.h"
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

/// One courier for each service, and one for the reports.
struct Post {
    std::vector<std::unique_ptr<upload::Client>> clients; ///< which the couriers use
    std::vector<std::unique_ptr<Courier>> couriers;
};

station::Result<Post> postOf(const Settings &settings, station::Ledger &ledger)
{
    constexpr auto role = station::LedgerPlace::Role::Courier;
    Post post;
    for (const auto &[name, service] : settings.services.asKeyValueRange()) {
        auto client = openClient(settings, service);
        if (!client)
            return std::unexpected(client.error());
        post.couriers.push_back(std::make_unique<Courier>(ledger, name,
            std::make_unique<upload::Outbox>(
                ledger, **client, outboxOptions(settings, name, role))));
        post.clients.push_back(std::move(*client));
    }
    for (const QString &warning : credentialWarnings(settings))
        say(warning);
    auto recipient = openRecipient(settings);
    if (!recipient)
        return std::unexpected(recipient.error());
    const QString reports = station::reportDestination();
    if (*recipient)
        post.couriers.push_back(std::make_unique<Courier>(ledger, reports,
            std::make_unique<upload::Reporter>(
                ledger, std::move(*recipient), outboxOptions(settings, reports, role))));
    return post;
}

Exit deliver(const Post &post, bool follow, bool json)
{
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, qApp, &QCoreApplication::quit);
    size_t underway = post.couriers.size();
    for (const auto &courier : post.couriers) {
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
    for (const auto &courier : post.couriers)
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
    if (settings->services.isEmpty() && !settings->report.isSet())
        return wrongUse(u"the settings name no service; add [service.main]"_s);
    const auto ledger =
        station::Ledger::open(ledgerPlace(*settings, station::LedgerPlace::Role::Courier));
    if (!ledger)
        return stationError(ledger.error());
    const auto post = postOf(*settings, **ledger);
    if (!post)
        return stationError(post.error());
    const Exit exit = deliver(*post, parser.isSet(u"follow"_s), parser.isSet(u"json"_s));
    for (const QString &warning : capacityWarnings(*settings))
        say(warning);
    return exit;
}

} // namespace

const Command upload{"upload", "", "Deliver what waits in the ledger.",
    "ekstation-cli upload --station station.toml", describe, runUpload};

} // namespace app::commands
