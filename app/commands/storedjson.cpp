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

QJsonObject archiveJson(const station::ArchiveNote &archive)
{
    return {{u"entry"_s, archive.seq == 0 ? QJsonValue() : QJsonValue(archive.seq)},
        {u"before"_s, station::orNull(archive.before)},
        {u"bundle"_s, station::orNull(archive.bundle)},
        {u"sha256"_s, station::orNull(archive.sha256)}, {u"entries"_s, archive.entries}};
}

QString whereabouts(const station::ArchiveNote &archive)
{
    return u"before %1: %L2 examinations in %3, SHA-256 of its manifest %4 (entry %5)"_s
        .arg(archive.before)
        .arg(archive.entries)
        .arg(archive.bundle, archive.sha256)
        .arg(archive.seq);
}

} // namespace app::commands
