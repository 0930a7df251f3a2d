// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/capacity.h"
#include "app/commands/people.h"
#include "app/interrupt.h"
#include "app/reconcilereport.h"

#include <QCoreApplication>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;
using station::LedgerPlace;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station's settings."_s, u"FILE"_s},
        {u"service"_s, u"Which of its services; needed where there are several."_s, u"NAME"_s},
        {u"customer"_s, u"Only this customer's devices; nothing is said of what is extra."_s,
            u"NAME"_s},
        {u"order"_s, u"Only this order's devices; nothing is said of what is extra."_s, u"REF"_s},
        {u"repair"_s,
            u"Queue what puts these right: missing, disabled, enabled, different, device, extra; the line must not run meanwhile. The next upload delivers it. What is different (the key) or for another device is deleted and created again; what is extra is deleted, if --id names it."_s,
            u"KINDS"_s},
        {u"id"_s, u"Repair only this registrationId; may stand several times."_s, u"ID"_s},
        {u"out"_s, u"Write the deviations to this CSV file, too."_s, u"FILE"_s},
        {u"json"_s, u"Print one JSON object a deviation, and the sums."_s},
    });
    describeWho(parser);
}

station::Result<QSet<upload::Deviation>> repairsOf(const QCommandLineParser &parser)
{
    QSet<upload::Deviation> repairs;
    for (const QString &value : parser.values(u"repair"_s))
        for (const QString &one : value.split(u',')) {
            const auto deviation = upload::deviationOf(one.trimmed());
            if (!deviation)
                return std::unexpected(Error{Fault::Syntax,
                    u"--repair takes missing, disabled, enabled, different, device and extra, not \"%1\""_s
                        .arg(one)});
            repairs.insert(*deviation);
        }
    return repairs;
}

station::Result<QString> serviceOf(const QCommandLineParser &parser, const Settings &settings)
{
    const QStringList names = settings.services.keys();
    const QString asked = parser.value(u"service"_s);
    if (names.isEmpty())
        return std::unexpected(
            Error{Fault::Syntax, u"the settings name no service; add [service.main]"_s});
    if (asked.isEmpty() && names.size() > 1)
        return std::unexpected(
            Error{Fault::Syntax, u"name one with --service: %1"_s.arg(names.join(u", "_s))});
    if (!asked.isEmpty() && !names.contains(asked))
        return std::unexpected(Error{Fault::Syntax,
            u"there is no service \"%1\"; there are %2"_s.arg(asked, names.join(u", "_s))});
    return asked.isEmpty() ? names.first() : asked;
}

station::Result<ReconcileWish> wishOf(const QCommandLineParser &parser, const Settings &settings)
{
    ReconcileWish wish{.customer = parser.value(u"customer"_s), .order = parser.value(u"order"_s)};
    const auto service = serviceOf(parser, settings);
    const auto repairs = repairsOf(parser);
    if (!service || !repairs)
        return std::unexpected(service ? repairs.error() : service.error());
    wish.service = *service;
    wish.repairs = *repairs;
    for (const QString &id : parser.values(u"id"_s))
        wish.ids.insert(id.toLower());
    if (!wish.ids.isEmpty() && wish.repairs.isEmpty())
        return std::unexpected(Error{Fault::Syntax, u"--id says what to repair; add --repair"_s});
    if (!wish.repairs.contains(upload::Deviation::Extra))
        return wish;
    if (wish.ids.isEmpty())
        return std::unexpected(Error{Fault::Syntax,
            u"--repair extra deletes enrollments: name each with --id; see them first without --repair"_s});
    if (!(wish.customer + wish.order).isEmpty())
        return std::unexpected(Error{Fault::Syntax,
            u"nobody can say which customer or order an extra enrollment is of; leave --customer and --order out"_s});
    return wish;
}

/// Everything that the comparison works with.
struct Tools {
    std::unique_ptr<upload::Client> client;
    std::unique_ptr<station::Store> store; ///< where something is to be repaired
    std::optional<station::LedgerReader> reader;
    std::unique_ptr<upload::Reconciliation> lists;
    std::unique_ptr<ReconcileReport> report;
};

station::Result<Tools> toolsFor(
    const QCommandLineParser &parser, const Settings &settings, const ReconcileWish &wish)
{
    Tools tools;
    auto client = openClient(settings, settings.services[wish.service]);
    if (!client)
        return std::unexpected(client.error());
    tools.client = std::move(*client);
    auto reader = station::LedgerReader::open(ledgerPlace(settings, LedgerPlace::Role::Courier));
    if (!reader)
        return std::unexpected(reader.error());
    tools.reader = std::move(*reader);
    auto lists = upload::Reconciliation::open();
    if (!lists)
        return std::unexpected(Error{Fault::Full, lists.error().detail});
    tools.lists = std::move(*lists);
    auto report = ReconcileReport::open(parser.isSet(u"json"_s), parser.value(u"out"_s));
    if (!report)
        return std::unexpected(report.error());
    tools.report = std::move(*report);
    return tools;
}

Exit compare(Tools &tools, const Settings &settings, const ReconcileWish &wish)
{
    Reconciler reconciler({*tools.client, *tools.reader, *tools.lists, tools.store.get(),
                              settings.services[wish.service].quotaPerMinute},
        wish, [&tools](const Reconciled &reconciled) { tools.report->add(reconciled); });
    QString fault = u"stopped"_s; // unless it ends by itself
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, qApp, &QCoreApplication::quit);
    QObject::connect(&reconciler, &Reconciler::ended, qApp, [&fault](const QString &what) {
        fault = what;
        QCoreApplication::quit();
    });
    reconciler.start();
    QCoreApplication::exec();
    const ReconcileTotals &totals = reconciler.totals();
    if (totals.queued > 0)
        say(u"%L1 repairs are queued; ekstation-cli upload delivers them"_s.arg(totals.queued));
    if (!fault.isEmpty())
        return stationError(Error{Fault::Down, fault});
    if (const auto ended = tools.report->end(wish.service, totals); !ended)
        return stationError(ended.error());
    if (const Symptom room = capacitySymptom(settings, wish.service, totals.listed); !room.healthy)
        say(u"%1: %2. To do: %3"_s.arg(room.what, room.seen, room.cure));
    return totals.deviating == 0 ? Exit::Good : Exit::DeviceFailed;
}

Exit runReconcile(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"station"_s) || !parser.positionalArguments().isEmpty())
        return wrongUse(u"reconcile needs --station FILE"_s);
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return wrongUse(settings.error().detail);
    const auto wish = wishOf(parser, *settings);
    if (!wish)
        return wrongUse(wish.error().detail);
    std::unique_ptr<station::Store> store; // before a reader, who takes only what is up to date
    if (!wish->repairs.isEmpty()) {
        auto opened = openFor(parser, *settings, u"reconcile --repair"_s, station::Right::Release);
        if (!opened)
            return opened.error();
        store = std::move(*opened);
    }
    auto tools = toolsFor(parser, *settings, *wish);
    if (!tools)
        return stationError(tools.error());
    tools->store = std::move(store);
    return compare(*tools, *settings, *wish);
}

} // namespace

const Command reconcile{"reconcile", "", "Compare a service's enrollments with the ledger.",
    "ekstation-cli reconcile --station station.toml --repair missing,disabled --out deviations.csv",
    describe, runReconcile};

} // namespace app::commands
