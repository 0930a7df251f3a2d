// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"
#include "app/commands/people.h"
#include "app/orderbundle.h"
#include "app/stationledger.h"
#include "station/ornull.h"

namespace app::commands {

using namespace Qt::StringLiterals;
using station::Order;

namespace {

void describeStation(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station that works for it; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
    describePeople(parser);
    parser.addPositionalArgument(u"ORDER"_s, u"Its reference, as the factory's system names it."_s);
}

void describeOpen(QCommandLineParser &parser)
{
    describeStation(parser);
    parser.addOptions({
        {u"customer"_s, u"Whose order it is."_s, u"NAME"_s},
        {u"product"_s, u"What was ordered."_s, u"NAME"_s},
        {u"quantity"_s, u"How many units are to pass."_s, u"N"_s},
        {u"plan"_s, u"The name of the plan they are tested by; default the station's."_s,
            u"NAME"_s},
        {u"service"_s, u"The service they are enrolled with; default the plan's."_s, u"NAME"_s},
    });
}

QJsonObject toJson(const Order &order)
{
    return {{u"order"_s, order.ref}, {u"customer"_s, order.customer}, {u"product"_s, order.product},
        {u"quantity"_s, order.quantity}, {u"plan"_s, order.plan}, {u"service"_s, order.service},
        {u"state"_s, order.isOpen ? u"open"_s : u"closed"_s}, {u"station"_s, order.stationId},
        {u"entry"_s, order.seq}};
}

QJsonObject withTally(QJsonObject object, const station::OrderTally &tally)
{
    object.insert(u"started"_s, tally.started);
    object.insert(u"passed"_s, tally.passed);
    object.insert(u"failed"_s, tally.failed);
    object.insert(u"inRepair"_s, tally.inRepair);
    object.insert(u"scrapped"_s, tally.scrapped);
    return object;
}

QString wordsOf(const station::OrderTally &tally)
{
    return u"%L1 started: %L2 passed, %L3 failed, %L4 in repair, %L5 scrapped"_s.arg(tally.started)
        .arg(tally.passed)
        .arg(tally.failed)
        .arg(tally.inRepair)
        .arg(tally.scrapped);
}

/// The station of the options, and its one order. Says what is wrong.
std::expected<Settings, Exit> stationOf(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"station"_s) || parser.positionalArguments().size() != 1)
        return std::unexpected(wrongUse(u"this needs --station FILE and one ORDER"_s));
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return std::unexpected(wrongUse(settings.error().detail));
    return *settings;
}

station::Result<std::unique_ptr<station::Store>> storeOf(const Settings &settings)
{
    return station::Store::open(ledgerPlace(settings, station::LedgerPlace::Role::Line));
}

/// What the options leave out the station's plan says; what they say must be that plan's.
station::Result<Order> orderOf(const QCommandLineParser &parser, const Settings &settings)
{
    const auto plan = planOf(settings);
    if (!plan)
        return std::unexpected(plan.error());
    Order order{.ref = parser.positionalArguments().first(),
        .customer = parser.value(u"customer"_s),
        .product = parser.value(u"product"_s),
        .quantity = parser.value(u"quantity"_s).toLongLong(),
        .plan = plan->name};
    order.service = plan->enroll.serviceFor(
        {.order = order.ref, .customer = order.customer, .product = order.product});
    for (const auto &[option, ours] :
        {std::pair{u"plan"_s, order.plan}, {u"service"_s, order.service}})
        if (parser.isSet(option) && parser.value(option) != ours)
            return std::unexpected(station::Error{station::Fault::Syntax,
                u"the station works with %1 \"%2\", not \"%3\"; see [line] in its settings"_s.arg(
                    option, ours, parser.value(option))});
    return order;
}

Exit runOpen(const QCommandLineParser &parser)
{
    const auto settings = stationOf(parser);
    if (!settings)
        return settings.error();
    bool isNumber = false;
    if (parser.value(u"quantity"_s).toLongLong(&isNumber) < 1 || !isNumber
        || parser.value(u"customer"_s).isEmpty() || parser.value(u"product"_s).isEmpty())
        return wrongUse(
            u"order open needs --customer NAME, --product NAME and --quantity N from 1"_s);
    auto order = orderOf(parser, *settings);
    if (!order)
        return stationError(order.error());
    const auto store = storeOf(*settings);
    if (!store)
        return stationError(store.error());
    const auto people = provenPeople(parser, settings->login, **store);
    if (!people)
        return refusedOrTrouble(people.error());
    const auto seq = (*store)->openOrder(*order, *people);
    if (!seq)
        return refusedOrTrouble(seq.error());
    order->stationId = settings->stationId;
    order->seq = *seq;
    if (parser.isSet(u"json"_s))
        printJson(toJson(*order));
    else
        printLine(u"%1 works for order %2 of %3: %L4 × %5"_s
                .arg(settings->stationId, order->ref, order->customer)
                .arg(order->quantity)
                .arg(order->product));
    return Exit::Good;
}

/// The order is closed whatever comes of it: the bundle can be made again.
Exit reportBundle(const Settings &settings, const QString &ref)
{
    const auto bundled = makeOrderBundle(settings, ref);
    if (!bundled) {
        say(u"the order is closed, and its bundle is not made; export --order %1 --format bundle makes it"_s
                .arg(ref));
        return stationError(bundled.error());
    }
    say(u"%1: %L2 devices, %L3 entries whole, %L4 as digests"_s.arg(orderBundleOf(settings, ref))
            .arg(bundled->enrollments)
            .arg(bundled->whole)
            .arg(bundled->bare));
    return Exit::Good;
}

Exit runClose(const QCommandLineParser &parser)
{
    const auto settings = stationOf(parser);
    if (!settings)
        return settings.error();
    auto store = storeOf(*settings);
    if (!store)
        return stationError(store.error());
    const QString ref = parser.positionalArguments().first();
    if (const auto ready = checkOrderBundle(*settings, ref); !ready)
        return refusedOrTrouble(ready.error());
    const auto people = provenPeople(parser, settings->login, **store);
    if (!people)
        return refusedOrTrouble(people.error());
    const auto tally = (*store)->closeOrder(ref, *people);
    if (!tally)
        return refusedOrTrouble(tally.error());
    store->reset(); // it signs what it has written, and that belongs into the bundle
    const QString bundle = orderBundleOf(*settings, ref);
    if (parser.isSet(u"json"_s))
        printJson(withTally(
            {{u"order"_s, ref}, {u"state"_s, u"closed"_s}, {u"bundle"_s, station::orNull(bundle)}},
            *tally));
    else
        printLine(u"%1 is closed; %2"_s.arg(ref, wordsOf(*tally)));
    return bundle.isEmpty() ? Exit::Good : reportBundle(*settings, ref);
}

void describeList(QCommandLineParser &parser)
{
    describeArchive(parser);
    parser.addOption({u"json"_s, u"Print one JSON object an order."_s});
}

Exit runList(const QCommandLineParser &parser)
{
    if (!parser.positionalArguments().isEmpty())
        return wrongUse(u"order list takes no arguments"_s);
    auto archive = openArchive(parser);
    if (!archive)
        return stationError(archive.error());
    const auto orders = archive->reader.orders();
    if (!orders)
        return stationError(orders.error());
    for (const Order &order : *orders) {
        const auto tally = archive->reader.tally(order.ref);
        if (!tally)
            return stationError(tally.error());
        if (parser.isSet(u"json"_s))
            printJson(withTally(toJson(order), *tally));
        else
            printLine(u"%1 %2 %3 %4 %L5 of %L6 passed; %7"_s.arg(order.ref, -12)
                    .arg(order.isOpen ? u"open"_s : u"closed"_s, -7)
                    .arg(order.customer, -16)
                    .arg(order.product, -16)
                    .arg(tally->passed)
                    .arg(order.quantity)
                    .arg(wordsOf(*tally)));
    }
    return Exit::Good;
}

} // namespace

const Command orderOpen{"order open", "ORDER",
    "The station works for this order from now on; its line must be clear.",
    "ekstation-cli order open --station station.toml 4711 --customer ACME --product gateway "
    "--quantity 500",
    describeOpen, runOpen};
const Command orderClose{"order close", "ORDER",
    "An order is done: refused while a unit of it is neither passed nor failed, in repair or "
    "scrapped.",
    "ekstation-cli order close --station station.toml 4711", describeStation, runClose};
const Command orderList{"order list", "", "The orders, and how far each is.",
    "ekstation-cli order list --station station.toml", describeList, runList};

} // namespace app::commands
