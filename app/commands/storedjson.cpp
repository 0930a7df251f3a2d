// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/storedjson.h"
#include "station/ornull.h"

#include <QDateTime>
#include <QJsonObject>

namespace app::commands {

using namespace Qt::StringLiterals;

QString timeOf(qint64 us)
{
    return QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonArray deliveriesJson(const QList<station::Delivery> &deliveries)
{
    QJsonArray array;
    for (const auto &delivery : deliveries)
        array.append(QJsonObject{{u"id"_s, delivery.id}, {u"kind"_s, word(delivery.kind)},
            {u"service"_s, delivery.payload.destination}, {u"key"_s, delivery.payload.key},
            {u"state"_s, word(delivery.state)}, {u"attempts"_s, delivery.attempts},
            {u"serviceCode"_s, delivery.serviceCode == 0 ? QJsonValue() : delivery.serviceCode},
            {u"serviceText"_s, station::orNull(delivery.serviceText)}});
    return array;
}

QJsonObject bindingJson(const station::Binding &binding)
{
    return {{u"serial"_s, binding.serial}, {u"ekSha256"_s, binding.ekSha256},
        {u"registrationId"_s, binding.registrationKey}, {u"service"_s, binding.service},
        {u"state"_s, binding.state}, {u"entry"_s, binding.madeBy.seq},
        {u"station"_s, binding.madeBy.stationId}};
}

} // namespace app::commands
