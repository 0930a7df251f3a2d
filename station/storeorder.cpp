// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Orders: opened, taken up again, closed; each step an entry and a row.
#include "station/orderrows.h"
#include "station/store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> refused(const QString &why)
{
    return std::unexpected(Error{Fault::Refused, why});
}

QByteArray bodyOf(const QString &action, const Order &order, const QStringList &people)
{
    return QJsonDocument(
        QJsonObject{{u"action"_s, action}, {u"order"_s, order.ref}, {u"customer"_s, order.customer},
            {u"product"_s, order.product}, {u"quantity"_s, order.quantity}, {u"plan"_s, order.plan},
            {u"service"_s, order.service}, {u"people"_s, QJsonArray::fromStringList(people)}})
        .toJson(QJsonDocument::Compact);
}

bool isSameOrder(const Order &one, const Order &other)
{
    return std::tie(one.customer, one.product, one.quantity, one.plan, one.service)
        == std::tie(other.customer, other.product, other.quantity, other.plan, other.service);
}

/// Nothing of an earlier order may wait or stand on a slot.
Result<void> lineClear(const QList<Queued> &queue)
{
    if (queue.isEmpty())
        return {};
    return refused(u"the line is not clear: %1 serials wait or were interrupted, first %2; let the "
                   u"line finish them, or take them out of its queue"_s.arg(queue.size())
                       .arg(queue.first().serial));
}

} // namespace

Result<qint64> Store::openOrder(const Order &order, const QStringList &people)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    if (order.ref.isEmpty() || order.customer.isEmpty() || order.product.isEmpty()
        || order.quantity < 1)
        return refused(u"an order needs a reference, a customer, a product and a quantity"_s);
    return m_database->transact([&] { return openOrderNow(order, people); });
}

Result<qint64> Store::openOrderNow(const Order &order, const QStringList &named)
{
    const auto people = allowed(named, Right::WorkOrders);
    if (!people)
        return std::unexpected(people.error());
    const auto waiting = queue();
    if (!waiting)
        return std::unexpected(waiting.error());
    if (const auto clear = lineClear(*waiting); !clear)
        return std::unexpected(clear.error());
    const auto known = orderNamed(*m_database, order.ref);
    if (!known)
        return std::unexpected(known.error());
    if (*known && !(*known)->isOpen)
        return refused(u"order %1 is closed"_s.arg(order.ref));
    if (*known && !isSameOrder(**known, order))
        return refused(u"order %1 is open already, with another customer, product, quantity, plan "
                       u"or service"_s.arg(order.ref));
    if (*known && (*known)->stationId != m_place.stationId)
        return refused(
            u"order %1 is worked on by station %2"_s.arg(order.ref, (*known)->stationId));
    const auto entry = append(u"action"_s, bodyOf(u"order-open"_s, order, *people));
    if (!entry)
        return std::unexpected(entry.error());
    const auto written = *known
        ? m_database->change(
              u"UPDATE work_order SET seq = ? WHERE order_ref = ?"_s, {entry->seq, order.ref})
        : m_database->change(
              u"INSERT INTO work_order (order_ref, customer, product, quantity, plan, service, "
              "state, station_id, seq) VALUES (?, ?, ?, ?, ?, ?, 'open', ?, ?)"_s,
              {order.ref, order.customer, order.product, order.quantity, order.plan, order.service,
                  entry->stationId, entry->seq});
    if (!written)
        return std::unexpected(written.error());
    return entry->seq;
}

Result<OrderTally> Store::closeOrder(const QString &ref, const QStringList &people)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    return m_database->transact([&] { return closeOrderNow(ref, people); });
}

Result<OrderTally> Store::closeOrderNow(const QString &ref, const QStringList &named)
{
    const auto people = allowed(named, Right::WorkOrders);
    if (!people)
        return std::unexpected(people.error());
    const auto order = orderNamed(*m_database, ref);
    if (!order)
        return std::unexpected(order.error());
    if (!*order)
        return std::unexpected(Error{Fault::Missing, u"there is no order %1"_s.arg(ref)});
    if (!(*order)->isOpen)
        return refused(u"order %1 is closed already"_s.arg(ref));
    const auto waiting = queue();
    const auto tally = tallyOf(*m_database, ref);
    if (!waiting || !tally)
        return std::unexpected(waiting ? tally.error() : waiting.error());
    if (const auto clear = lineClear(*waiting); !clear)
        return std::unexpected(clear.error());
    if (!tally->missing.isEmpty())
        return refused(
            u"order %1 is not done: of %2 started units %3 are neither passed nor "
            u"failed, in repair or scrapped: %4; test them again, or scrap them"_s.arg(ref)
                .arg(tally->started)
                .arg(tally->started - tally->passed - tally->failed - tally->inRepair
                    - tally->scrapped)
                .arg(tally->missing.join(u", "_s)));
    const auto entry = append(u"action"_s, bodyOf(u"order-close"_s, **order, *people));
    if (!entry)
        return std::unexpected(entry.error());
    const auto written = m_database->change(
        u"UPDATE work_order SET state = 'closed', station_id = ?, seq = ? WHERE order_ref = ?"_s,
        {entry->stationId, entry->seq, ref});
    if (!written)
        return std::unexpected(written.error());
    return tally;
}

} // namespace station
