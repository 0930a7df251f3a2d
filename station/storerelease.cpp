// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to an enrollment after the examination that made it.
#include "station/ornull.h"
#include "station/store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

QByteArray actionOf(
    const QString &action, const QString &serial, const QString &order, const QStringList &people)
{
    return QJsonDocument(
        QJsonObject{{u"action"_s, action}, {u"serial"_s, orNull(serial)},
            {u"order"_s, orNull(order)}, {u"people"_s, QJsonArray::fromStringList(people)}})
        .toJson(QJsonDocument::Compact);
}

// What another line has too does not leave.
const QString heldSql =
    u"SELECT u.serial, u.moment FROM unit u WHERE u.disposition = 'held' AND u.verdict = 'pass' "
    "AND (CAST(? AS TEXT) = '' OR u.serial = ?) AND (CAST(? AS TEXT) = '' OR u.order_ref = ?) "
    "AND EXISTS (SELECT 1 FROM binding b WHERE b.state = 'active' AND b.serial = u.serial "
    "AND NOT EXISTS (SELECT 1 FROM elsewhere e WHERE e.ek_sha256 = b.ek_sha256)) "
    "ORDER BY u.serial"_s;

} // namespace

Result<void> Store::queueDelivery(const Entry &entry, DeliveryKind kind, const Payload &payload,
    DeliveryState state, std::optional<qint64> after)
{
    auto written = m_database->change(
        u"INSERT INTO delivery (station_id, seq, kind, destination, key, payload, state, attempts, "
        "next_at_us, lease_owner, lease_until_us, service_code, service_text, after_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, '', 0, 0, '', ?)"_s,
        {entry.stationId, entry.seq, word(kind), payload.destination, payload.key, payload.body,
            word(state), after ? QVariant(*after) : QVariant(QMetaType::fromType<qint64>())});
    if (!written)
        return std::unexpected(written.error());
    return {};
}

Result<qint64> Store::release(const Release &release)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    if (release.order.isEmpty() && release.serial.isEmpty())
        return std::unexpected(
            Error{Fault::Refused, u"a release names an order, a serial, or both"_s});
    return m_database->transact([&] { return releaseNow(release); });
}

Result<qint64> Store::releaseNow(const Release &release)
{
    if (auto locked = lockHead(); !locked)
        return std::unexpected(locked.error());
    auto people = allowed(release.people, Right::Release, release.persons);
    if (!people)
        return std::unexpected(people.error());
    auto units =
        m_database->select(heldSql, {release.serial, release.serial, release.order, release.order});
    if (!units)
        return std::unexpected(units.error());
    if (units->isEmpty())
        return 0;
    auto entry =
        append(u"release"_s, actionOf(u"release"_s, release.serial, release.order, *people));
    if (!entry)
        return std::unexpected(entry.error());
    for (const QVariantList &unit : std::as_const(*units)) {
        const QString serial = unit.at(0).toString();
        if (auto disposed = dispose(serial, Disposition::Released, *entry); !disposed)
            return std::unexpected(disposed.error());
        if (momentOf(unit.at(1).toString()) == Moment::Ship)
            continue; // its plan waits for more than this
        if (auto freed = letGo(serial); !freed)
            return freed;
    }
    return units->size();
}

Result<qint64> Store::request(const QString &serial, DeliveryKind kind)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    if (kind == DeliveryKind::Enroll || kind == DeliveryKind::Report)
        return std::unexpected(
            Error{Fault::Refused, u"'%1' cannot be asked for by hand"_s.arg(word(kind))});
    return m_database->transact([&] { return requestNow(serial, kind); });
}

Result<qint64> Store::requestNow(const QString &serial, DeliveryKind kind)
{
    // The enrollment's own bytes say whose it is, so that nobody else's is touched.
    auto rows = m_database->select(
        u"SELECT d.destination, d.key, d.payload FROM binding b JOIN delivery d "
        "ON d.destination = b.service AND d.key = b.registration_key AND d.kind = 'enroll' "
        "WHERE b.state = 'active' AND b.serial = ? ORDER BY d.id DESC LIMIT 1"_s,
        {serial});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::unexpected(
            Error{Fault::Missing, u"unit %1 has no enrollment in this ledger"_s.arg(serial)});
    const QVariantList row = rows->first();
    auto entry = append(u"action"_s, actionOf(word(kind), serial, {}, {}));
    if (!entry)
        return std::unexpected(entry.error());
    if (auto concerned = concern(serial, *entry); !concerned)
        return std::unexpected(concerned.error());
    const Payload payload{row.at(0).toString(), row.at(1).toString(), row.at(2).toByteArray()};
    if (auto queued = queueDelivery(*entry, kind, payload, DeliveryState::Pending); !queued)
        return std::unexpected(queued.error());
    return entry->seq;
}

} // namespace station
