// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/deliveryrows.h"
#include "station/ledgerreader.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace station {

using namespace Qt::StringLiterals;

Result<std::optional<Unit>> LedgerReader::unit(const QString &serial)
{
    return unitOf(*m_database, serial);
}

Result<QList<Binding>> LedgerReader::lineage(const QString &serial)
{
    return bindingsWhere(
        u"serial = ? OR ek_sha256 IN (SELECT b.ek_sha256 FROM binding b WHERE b.serial = ?) "
        "ORDER BY id"_s,
        {serial, serial});
}

namespace {

/// The names behind the ids of a body.
Result<QStringList> peopleIn(Database &database, const QByteArray &body)
{
    QStringList people;
    for (const QJsonValue &person : QJsonDocument::fromJson(body)[u"people"].toArray()) {
        const QString id = person.toString();
        const auto rows = database.select(
            u"SELECT name FROM person WHERE person_id = ? AND erased_us IS NULL"_s, {id});
        if (!rows)
            return std::unexpected(rows.error());
        people.append(rows->isEmpty() ? id : rows->first().first().toString());
    }
    return people;
}

} // namespace

Result<QList<StoredEntry>> LedgerReader::history(const QString &serial)
{
    auto rows = m_database->select(
        u"SELECT e.station_id, e.seq, e.kind, e.at_us, e.body FROM entry e JOIN ("
        "SELECT station_id, seq FROM record WHERE serial = ? UNION "
        "SELECT station_id, seq FROM unit_entry WHERE serial = ?) x "
        "ON x.station_id = e.station_id AND x.seq = e.seq "
        "ORDER BY e.at_us, e.station_id, e.seq"_s,
        {serial, serial});
    if (!rows)
        return std::unexpected(rows.error());
    QList<StoredEntry> entries;
    for (const QVariantList &row : std::as_const(*rows)) {
        StoredEntry stored;
        stored.entry.stationId = row.at(0).toString();
        stored.entry.seq = row.at(1).toLongLong();
        stored.entry.kind = row.at(2).toString();
        stored.entry.atUs = row.at(3).toLongLong();
        stored.entry.body = row.at(4).toByteArray();
        auto record = recordOf({stored.entry.stationId, stored.entry.seq});
        auto people = peopleIn(*m_database, stored.entry.body);
        if (!record || !people)
            return std::unexpected(record ? people.error() : record.error());
        stored.record = *record;
        stored.people = *people;
        auto deliveries = selectDeliveries(*m_database,
            u"SELECT "_s + deliveryColumns()
                + u" FROM delivery d WHERE d.station_id = ? AND d.seq = ? ORDER BY d.id"_s,
            {stored.entry.stationId, stored.entry.seq});
        if (!deliveries)
            return std::unexpected(deliveries.error());
        stored.deliveries = *deliveries;
        entries.append(stored);
    }
    return entries;
}

Result<QList<Delivery>> LedgerReader::operations(const QString &destination, const QString &key)
{
    return selectDeliveries(*m_database,
        u"SELECT "_s + deliveryColumns()
            + u" FROM delivery d WHERE d.destination = ? AND d.key = ? "
              "AND d.state <> 'withdrawn' ORDER BY d.id DESC"_s,
        {destination, key});
}

} // namespace station
