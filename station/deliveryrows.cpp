// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/deliveryrows.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

qint64 &fieldOf(DeliveryCounts &counts, DeliveryState state)
{
    switch (state) {
    case DeliveryState::Held:
        break;
    case DeliveryState::Pending:
        return counts.pending;
    case DeliveryState::Sent:
        return counts.sent;
    case DeliveryState::Acknowledged:
        return counts.acknowledged;
    case DeliveryState::Confirmed:
        return counts.confirmed;
    case DeliveryState::Rejected:
        return counts.rejected;
    case DeliveryState::Conflict:
        return counts.conflict;
    case DeliveryState::Withdrawn:
        return counts.withdrawn;
    }
    return counts.held;
}

} // namespace

QString deliveryColumns()
{
    return u"d.id, d.station_id, d.seq, d.kind, d.destination, d.key, d.payload, d.state, "
           "d.attempts, d.next_at_us, d.service_code, d.service_text"_s;
}

Delivery deliveryOf(const QVariantList &row)
{
    Delivery delivery;
    delivery.id = row.at(0).toLongLong();
    delivery.stationId = row.at(1).toString();
    delivery.seq = row.at(2).toLongLong();
    delivery.kind = deliveryKindOf(row.at(3).toString()).value_or(DeliveryKind::Report);
    delivery.payload = {row.at(4).toString(), row.at(5).toString(), row.at(6).toByteArray()};
    delivery.state = deliveryStateOf(row.at(7).toString()).value_or(DeliveryState::Held);
    delivery.attempts = row.at(8).toInt();
    delivery.nextAtUs = row.at(9).toLongLong();
    delivery.serviceCode = row.at(10).toInt();
    delivery.serviceText = row.at(11).toString();
    return delivery;
}

Result<QList<Delivery>> selectDeliveries(
    Database &database, const QString &sql, const QVariantList &values)
{
    auto rows = database.select(sql, values);
    if (!rows)
        return std::unexpected(rows.error());
    QList<Delivery> deliveries;
    for (const QVariantList &row : std::as_const(*rows))
        deliveries.append(deliveryOf(row));
    return deliveries;
}

Result<DeliveryCounts> countDeliveries(Database &database, const QString &destination)
{
    auto rows = destination.isEmpty()
        ? database.select(
              u"SELECT state, count(*) FROM delivery WHERE destination <> ? GROUP BY state"_s,
              {reportDestination()})
        : database.select(
              u"SELECT state, count(*) FROM delivery WHERE destination = ? GROUP BY state"_s,
              {destination});
    if (!rows)
        return std::unexpected(rows.error());
    DeliveryCounts counts;
    for (const QVariantList &row : std::as_const(*rows)) {
        const auto state = deliveryStateOf(row.at(0).toString()).value_or(DeliveryState::Held);
        fieldOf(counts, state) = row.at(1).toLongLong();
    }
    return counts;
}

} // namespace station
