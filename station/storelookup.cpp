// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "station/ornull.h"
#include "station/store.h"

#include <QJsonDocument>

namespace station {

using namespace Qt::StringLiterals;

namespace {

QJsonValue enrollmentObject(const Proposal &proposal)
{
    if (!proposal.enrollment)
        return QJsonValue::Null;
    return QJsonObject{
        {u"service"_s, proposal.enrollment->destination},
        {u"registrationId"_s, registrationKeyOf(proposal)},
        {u"when"_s, word(proposal.when)},
    };
}

QJsonObject factsObject(const QMap<QString, QString> &facts)
{
    QJsonObject object;
    for (const auto &[name, value] : facts.asKeyValueRange())
        object.insert(name, value);
    return object;
}

} // namespace

QByteArray bodyOf(const Proposal &proposal, const QString &stationId, int attempt)
{
    const Device &device = proposal.device;
    QJsonObject body = toJson(proposal.examination);
    body.insert(u"station"_s, stationId);
    body.insert(u"purpose"_s, word(proposal.purpose));
    body.insert(u"customer"_s, device.customer);
    body.insert(u"order"_s, device.order);
    body.insert(u"product"_s, device.product);
    body.insert(u"serial"_s, device.serial);
    body.insert(u"boardSerial"_s, device.boardSerial);
    body.insert(u"facts"_s, factsObject(device.facts));
    body.insert(u"slot"_s, proposal.slot);
    body.insert(u"attempt"_s, attempt);
    body.insert(u"person"_s, orNull(proposal.person));
    body.insert(u"plan"_s,
        QJsonObject{{u"name"_s, proposal.planName}, {u"version"_s, proposal.planVersion},
            {u"sha256"_s, proposal.planSha256}});
    body.insert(u"enrollment"_s, enrollmentObject(proposal));
    body.insert(u"software"_s, QStringLiteral(EKSTATION_VERSION));
    const QString &roots = proposal.examination.rootBundle;
    body.insert(u"rootBundle"_s, orNull(roots));
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QByteArray reportOf(const Entry &entry)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(entry.atUs / 1000, Qt::UTC);
    QByteArray report = QJsonDocument(
        QJsonObject{{u"report"_s, 1}, {u"entry"_s, u"%1/%2"_s.arg(entry.stationId).arg(entry.seq)},
            {u"at"_s, at.toString(Qt::ISODateWithMs)}, {u"clock"_s, entry.clockState},
            {u"hash"_s, QString::fromLatin1(entry.hash.toHex())}})
                            .toJson(QJsonDocument::Compact);
    report.back() = ',';
    return report + "\"exam\":" + entry.body + '}';
}

Result<std::optional<DeliveryState>> Store::enrollmentOf(const QString &service, const QString &key)
{
    auto rows = m_database->select(
        u"SELECT state FROM delivery WHERE destination = ? AND key = ? AND kind = 'enroll' "
        "ORDER BY id DESC LIMIT 1"_s,
        {service, key});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::optional<DeliveryState>{};
    return deliveryStateOf(rows->first().first().toString());
}

Result<QList<Bound>> Store::lookUp(const QStringList &serials)
{
    QList<Bound> bound;
    for (const QString &serial : serials) {
        auto rows = m_database->select(
            u"SELECT b.seq, e.body, b.service, b.registration_key, b.station_id FROM binding b "
            "JOIN entry e ON e.station_id = b.station_id AND e.seq = b.seq "
            "WHERE b.state = 'active' AND b.serial = ? AND NOT EXISTS (SELECT 1 FROM unit u "
            "WHERE u.serial = b.serial AND u.disposition = 'returned')"_s,
            {serial});
        if (!rows)
            return std::unexpected(rows.error());
        for (const QVariantList &row : std::as_const(*rows)) {
            auto delivery = enrollmentOf(row.at(2).toString(), row.at(3).toString());
            if (!delivery)
                return std::unexpected(delivery.error());
            Bound one{serial, row.at(0).toLongLong(), row.at(1).toByteArray(), *delivery};
            one.archived = one.body.isNull();
            if (one.archived) {
                const auto record = recordAt(*m_database, {row.at(4).toString(), one.seq});
                if (!record)
                    return std::unexpected(record.error());
                one.body = QJsonDocument(remainsOf(record->value_or(RecordRow{})))
                               .toJson(QJsonDocument::Compact);
            }
            bound.append(one);
        }
    }
    return bound;
}

} // namespace station
