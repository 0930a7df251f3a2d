// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/orderrows.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostNamed = 10;

Order orderFrom(const QVariantList &row)
{
    return {row.at(0).toString(), row.at(1).toString(), row.at(2).toString(),
        row.at(3).toLongLong(), row.at(4).toString(), row.at(5).toString(),
        row.at(6).toString() == u"open", row.at(7).toString(), row.at(8).toLongLong()};
}

Result<QList<Order>> ordersWhere(
    Database &database, const QString &condition, const QVariantList &values)
{
    const auto rows = database.select(
        u"SELECT order_ref, customer, product, quantity, plan, service, state, station_id, seq "
        "FROM work_order "_s
            + condition,
        values);
    if (!rows)
        return std::unexpected(rows.error());
    QList<Order> orders;
    for (const QVariantList &row : *rows)
        orders.append(orderFrom(row));
    return orders;
}

Result<std::optional<Order>> first(const Result<QList<Order>> &orders)
{
    if (!orders)
        return std::unexpected(orders.error());
    return orders->isEmpty() ? std::optional<Order>() : orders->first();
}

// Each unit once, by its newest examination in the order; one that had passed before an examination
// was stopped has passed.
const QString unitsSql =
    u"FROM (SELECT r.serial, CASE WHEN r.verdict IN ('error', 'aborted') AND EXISTS (SELECT 1 FROM "
    "binding b WHERE b.serial = r.serial AND b.state = 'active') THEN 'pass' ELSE r.verdict END AS "
    "verdict, coalesce((SELECT u.disposition FROM unit u WHERE u.serial = r.serial), '') AS "
    "disposition FROM record r WHERE r.order_ref = ? AND NOT EXISTS (SELECT 1 FROM record n WHERE "
    "n.serial = r.serial AND n.order_ref = r.order_ref AND (n.at_us, n.station_id, n.seq) > "
    "(r.at_us, r.station_id, r.seq))) AS units "_s;

} // namespace

Result<QList<Order>> allOrders(Database &database)
{
    return ordersWhere(database, u"ORDER BY state DESC, order_ref"_s, {});
}

Result<std::optional<Order>> orderNamed(Database &database, const QString &ref)
{
    return first(ordersWhere(database, u"WHERE order_ref = ?"_s, {ref}));
}

Result<std::optional<Order>> currentOrder(Database &database, const QString &stationId)
{
    return first(ordersWhere(database,
        u"WHERE state = 'open' AND station_id = ? ORDER BY seq DESC LIMIT 1"_s, {stationId}));
}

Result<OrderTally> tallyOf(Database &database, const QString &ref)
{
    const auto rows = database.select(
        u"SELECT disposition, verdict, count(*) "_s + unitsSql + u"GROUP BY disposition, verdict"_s,
        {ref});
    const auto open = database.select(u"SELECT serial "_s + unitsSql
            + u"WHERE verdict IN ('error', 'aborted') AND disposition NOT IN ('scrapped', "
              "'returned', 'replaced') ORDER BY serial LIMIT ?"_s,
        {ref, mostNamed});
    if (!rows || !open)
        return std::unexpected(rows ? open.error() : rows.error());
    OrderTally tally;
    for (const QVariantList &row : *rows) {
        const QString disposition = row.at(0).toString();
        const QString verdict = row.at(1).toString();
        const qint64 units = row.at(2).toLongLong();
        tally.started += units;
        if (disposition == u"scrapped")
            tally.scrapped += units;
        else if (disposition == u"returned" || disposition == u"replaced")
            tally.inRepair += units;
        else if (verdict == u"pass")
            tally.passed += units;
        else if (verdict == u"fail" || verdict == u"timeout")
            tally.failed += units;
    }
    for (const QVariantList &row : *open)
        tally.missing.append(row.first().toString());
    return tally;
}

Result<OrderGate> gateOf(Database &database, const Order &order, bool needsFirst)
{
    const auto rows = database.select(
        u"SELECT serial "_s + unitsSql + u"WHERE verdict = 'pass' AND disposition <> 'scrapped'"_s,
        {order.ref});
    const auto since = database.select(
        u"SELECT count(*) FROM record WHERE order_ref = ? AND station_id = ? AND seq > ? AND "
        "verdict = 'pass'"_s,
        {order.ref, order.stationId, order.seq});
    if (!rows || !since)
        return std::unexpected(rows ? since.error() : rows.error());
    QSet<QString> passed;
    for (const QVariantList &row : *rows)
        passed.insert(row.first().toString());
    return OrderGate(order, passed, !needsFirst || since->first().first().toLongLong() > 0);
}

} // namespace station
