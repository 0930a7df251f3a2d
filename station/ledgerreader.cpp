// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"

#include "station/databaseschema.h"
#include "station/deliveryrows.h"
#include "station/orderrows.h"
#include "station/personrows.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

Error missing(const QString &what)
{
    return {Fault::Missing, u"no entry "_s + what};
}

} // namespace

LedgerReader::LedgerReader(std::unique_ptr<Database> database, Purpose purpose)
    : m_database(std::move(database)), m_purpose(purpose)
{
}

Result<LedgerReader> LedgerReader::open(const LedgerPlace &place)
{
    auto where = parseDatabasePlace(place.url, place.folder);
    if (!where)
        return std::unexpected(where.error());
    auto database = Database::open(*where, Database::Access::ReadOnly);
    if (!database)
        return std::unexpected(database.error());
    if (auto known = checkSchema(**database); !known)
        return std::unexpected(known.error());
    auto rows = (*database)->select(u"SELECT purpose FROM meta"_s);
    if (!rows)
        return std::unexpected(rows.error());
    const auto purpose = purposeOf(rows->value(0).value(0).toString());
    if (!purpose)
        return std::unexpected(
            Error{Fault::Damaged, u"the ledger does not say what it was made for"_s});
    return LedgerReader(std::move(*database), *purpose);
}

Result<Claim> LedgerReader::claim(const ClaimKeys &keys)
{
    return claimOf(*m_database, keys);
}

Result<QStringList> LedgerReader::stations()
{
    auto rows = m_database->select(u"SELECT station_id FROM station ORDER BY station_id"_s);
    if (!rows)
        return std::unexpected(rows.error());
    QStringList stations;
    for (const QVariantList &row : std::as_const(*rows))
        stations.append(row.first().toString());
    return stations;
}

Result<EntryId> LedgerReader::resolve(const QString &name, const QString &ownStation)
{
    const qsizetype slash = name.lastIndexOf(u'/');
    bool isNumber = false;
    const EntryId id{
        slash < 0 ? ownStation : name.left(slash), name.mid(slash + 1).toLongLong(&isNumber)};
    if (isNumber) {
        auto there = entries(id, id.seq, 1);
        if (!there)
            return std::unexpected(there.error());
        if (!there->isEmpty())
            return id;
    }
    // A serial may be a number too, and may hold a slash.
    auto records = find({.serial = name, .limit = 1});
    if (!records)
        return std::unexpected(records.error());
    if (records->isEmpty())
        return std::unexpected(missing(name));
    return records->first().id;
}

Result<StoredEntry> LedgerReader::entry(const EntryId &id)
{
    auto found = entries(id, id.seq, 1);
    if (!found)
        return std::unexpected(found.error());
    if (found->isEmpty())
        return std::unexpected(missing(u"%1/%2"_s.arg(id.stationId).arg(id.seq)));
    StoredEntry stored;
    stored.entry = found->first();
    if (stored.entry.archivedBy != 0) {
        auto archive = entries({id.stationId, stored.entry.archivedBy}, stored.entry.archivedBy, 1);
        if (!archive)
            return std::unexpected(archive.error());
        if (!archive->isEmpty())
            stored.archive = archiveNoteOf(archive->first());
    }
    auto record = recordOf(id);
    if (!record)
        return std::unexpected(record.error());
    stored.record = *record;
    if (stored.record) {
        auto binding = bindingOf(*stored.record);
        if (!binding)
            return std::unexpected(binding.error());
        stored.binding = *binding;
    }
    auto deliveries = deliveriesOf(stored);
    if (!deliveries)
        return std::unexpected(deliveries.error());
    stored.deliveries = *deliveries;
    return stored;
}

Result<QList<Binding>> LedgerReader::bindingsWhere(
    const QString &condition, const QVariantList &values)
{
    auto rows = m_database->select(
        u"SELECT ek_sha256, serial, board_serial, service, registration_key, state, station_id, "
        "seq FROM binding WHERE "_s
            + condition,
        values);
    if (!rows)
        return std::unexpected(rows.error());
    QList<Binding> bindings;
    for (const QVariantList &row : std::as_const(*rows))
        bindings.append({row.at(0).toString(), row.at(1).toString(), row.at(2).toString(),
            row.at(3).toString(), row.at(4).toString(), row.at(5).toString(),
            {row.at(6).toString(), row.at(7).toLongLong()}});
    return bindings;
}

Result<std::optional<Binding>> LedgerReader::bindingOf(const RecordRow &record)
{
    auto found = bindingsWhere(u"ek_sha256 = ? AND serial = ? ORDER BY id DESC LIMIT 1"_s,
        {record.ekSha256, record.serial});
    if (!found)
        return std::unexpected(found.error());
    return found->isEmpty() ? std::optional<Binding>{} : std::optional(found->first());
}

Result<QList<Delivery>> LedgerReader::deliveriesOf(const StoredEntry &stored)
{
    const Binding binding = stored.binding.value_or(Binding{});
    return selectDeliveries(*m_database,
        u"SELECT "_s + deliveryColumns()
            + u" FROM delivery d WHERE d.station_id = ? AND d.seq = ? UNION SELECT "_s
            + deliveryColumns()
            + u" FROM delivery d WHERE d.destination = ? AND d.key = ? ORDER BY 1"_s,
        {stored.entry.stationId, stored.entry.seq, binding.service, binding.registrationKey});
}

Result<std::optional<Delivery>> LedgerReader::enrollment(
    const QString &destination, const QString &key)
{
    auto rows = m_database->select(u"SELECT "_s + deliveryColumns()
            + u" FROM delivery d WHERE d.destination = ? AND d.key = ? AND d.kind = 'enroll' "
              "ORDER BY d.id DESC LIMIT 1"_s,
        {destination, key});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::optional<Delivery>{};
    return deliveryOf(rows->first());
}

Result<QList<Binding>> LedgerReader::bindings()
{
    return bindingsWhere(u"state = 'active' ORDER BY serial"_s, {});
}

Result<QList<QByteArray>> LedgerReader::keysInUse()
{
    auto rows = m_database->select(
        u"SELECT ek_sha256 FROM binding WHERE state = 'active' UNION "
        "SELECT r.ek_sha256 FROM elsewhere e JOIN record r ON r.ek_sha256 = e.ek_sha256 "
        "WHERE r.first_fail = 'uniqueness'"_s);
    if (!rows)
        return std::unexpected(rows.error());
    QList<QByteArray> keys;
    for (const QVariantList &row : std::as_const(*rows))
        keys.append(QByteArray::fromHex(row.first().toByteArray()));
    std::ranges::sort(keys); // databases order text by their own rules
    return keys;
}

Result<std::optional<Expected>> LedgerReader::expected(const QString &service, const QString &key)
{
    return expectedOf(*m_database, service, key);
}

Result<ExpectedPage> LedgerReader::expectedAfter(
    const QString &service, const QString &after, int most)
{
    return station::expectedAfter(*m_database, service, after, most);
}

Result<qint64> LedgerReader::countEnrolled(const QString &service)
{
    return station::countEnrolled(*m_database, service);
}

Result<QList<Hold>> LedgerReader::holds()
{
    return allHolds(*m_database);
}

Result<QList<Person>> LedgerReader::people()
{
    return peopleIn(*m_database);
}

Result<QList<Order>> LedgerReader::orders()
{
    return allOrders(*m_database);
}

Result<OrderTally> LedgerReader::tally(const QString &orderRef)
{
    return tallyOf(*m_database, orderRef);
}

Result<std::optional<Order>> LedgerReader::currentOrder(const QString &stationId)
{
    return station::currentOrder(*m_database, stationId);
}

Result<OrderGate> LedgerReader::orderGate(const QString &stationId, bool needsFirst)
{
    const auto order = currentOrder(stationId);
    if (!order)
        return std::unexpected(order.error());
    return *order ? gateOf(*m_database, **order, needsFirst) : OrderGate();
}

Result<DeliveryCounts> LedgerReader::count(const QString &destination)
{
    return countDeliveries(*m_database, destination);
}

Result<qint64> LedgerReader::oldestWaiting()
{
    const auto rows = m_database->select(
        u"SELECT at_us FROM entry JOIN delivery d ON entry.station_id = d.station_id AND entry.seq "
        u"= d.seq "
        "WHERE d.id = (SELECT min(id) FROM delivery WHERE destination <> ? AND state IN ('pending', 'sent'))"_s,
        {reportDestination()});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? 0 : rows->first().first().toLongLong();
}

} // namespace station
