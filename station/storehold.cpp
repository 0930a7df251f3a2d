// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Legal holds: what no archive takes, who said so and why.
#include "station/ornull.h"
#include "station/store.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace station {

using namespace Qt::StringLiterals;

namespace {

QJsonValue momentOrNull(std::optional<qint64> us)
{
    return us ? QJsonValue(*us) : QJsonValue();
}

QByteArray bodyOf(const Hold &hold)
{
    return QJsonDocument(
        QJsonObject{{u"action"_s, u"hold-add"_s}, {u"serial"_s, orNull(hold.serial)},
            {u"order"_s, orNull(hold.order)}, {u"customer"_s, orNull(hold.customer)},
            {u"fromUs"_s, momentOrNull(hold.fromUs)}, {u"toUs"_s, momentOrNull(hold.toUs)},
            {u"reason"_s, hold.reason}, {u"people"_s, QJsonArray{hold.personId}}})
        .toJson(QJsonDocument::Compact);
}

Result<void> checkHold(const Hold &hold)
{
    const auto refused = [](const QString &why) {
        return std::unexpected(Error{Fault::Refused, why});
    };
    if (hold.serial.isEmpty() && hold.order.isEmpty() && hold.customer.isEmpty() && !hold.fromUs
        && !hold.toUs)
        return refused(u"a hold says what it is about: a serial, an order, a customer or a time"_s);
    if (hold.fromUs && hold.toUs && *hold.fromUs >= *hold.toUs)
        return refused(u"a hold ends after it begins"_s);
    if (hold.reason.trimmed().isEmpty())
        return refused(u"a hold needs its reason"_s);
    return {};
}

Result<int> write(Database &database, const Hold &hold, const Entry &entry)
{
    using Limits = std::numeric_limits<qint64>;
    return database.change(
        u"INSERT INTO legal_hold (station_id, seq, serial, order_ref, customer, from_us, to_us, "
        "reason, person_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {entry.stationId, entry.seq, hold.serial, hold.order, hold.customer,
            hold.fromUs.value_or(Limits::min()), hold.toUs.value_or(Limits::max()), hold.reason,
            hold.personId});
}

/// What the hold of this entry fits.
Result<HoldDone> fitting(Database &database, const Entry &entry)
{
    auto rows = database.select(
        u"SELECT count(*), coalesce(sum(CASE WHEN e.body IS NULL THEN 1 ELSE 0 END), 0) "
        "FROM record r JOIN entry e ON e.station_id = r.station_id AND e.seq = r.seq "
        "JOIN legal_hold h ON h.station_id = ? AND h.seq = ? AND "_s
            + fitsHold(),
        {entry.stationId, entry.seq});
    if (!rows)
        return std::unexpected(rows.error());
    const QVariantList row = rows->first();
    return HoldDone{entry.seq, row.at(0).toLongLong(), row.at(1).toLongLong()};
}

/// The serial that a hold names; Fault::Missing if there is none such.
Result<QString> serialOf(Database &database, const QString &stationId, qint64 seq)
{
    auto rows = database.select(
        u"SELECT serial FROM legal_hold WHERE station_id = ? AND seq = ?"_s, {stationId, seq});
    if (!rows)
        return std::unexpected(rows.error());
    if (!rows->isEmpty())
        return rows->first().first().toString();
    return std::unexpected(Error{Fault::Missing,
        u"there is no hold %1/%2; `ledger hold list` names those that there are"_s.arg(stationId)
            .arg(seq)});
}

} // namespace

Result<HoldDone> Store::addHold(Hold hold, const QString &by)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    if (auto checked = checkHold(hold); !checked)
        return std::unexpected(checked.error());
    return m_database->transact([&]() -> Result<HoldDone> {
        auto people = allowed({by}, Right::Release);
        if (!people)
            return std::unexpected(people.error());
        hold.personId = people->first();
        auto entry = append(u"action"_s, bodyOf(hold));
        if (!entry)
            return std::unexpected(entry.error());
        if (auto written = write(*m_database, hold, *entry); !written)
            return std::unexpected(written.error());
        if (!hold.serial.isEmpty())
            if (auto concerned = concern(hold.serial, *entry); !concerned)
                return std::unexpected(concerned.error());
        return fitting(*m_database, *entry);
    });
}

Result<qint64> Store::removeHold(
    const QString &stationId, qint64 seq, const QString &reason, const QString &by)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    if (reason.trimmed().isEmpty())
        return std::unexpected(Error{Fault::Refused, u"the end of a hold needs its reason"_s});
    return m_database->transact([&]() -> Result<qint64> {
        auto people = allowed({by}, Right::Release);
        if (!people)
            return std::unexpected(people.error());
        auto serial = serialOf(*m_database, stationId, seq);
        if (!serial)
            return std::unexpected(serial.error());
        auto entry = append(u"action"_s,
            QJsonDocument(
                QJsonObject{{u"action"_s, u"hold-remove"_s},
                    {u"hold"_s, u"%1/%2"_s.arg(stationId).arg(seq)}, {u"reason"_s, reason},
                    {u"people"_s, QJsonArray::fromStringList(*people)}})
                .toJson(QJsonDocument::Compact));
        if (!entry)
            return std::unexpected(entry.error());
        auto removed = m_database->change(
            u"DELETE FROM legal_hold WHERE station_id = ? AND seq = ?"_s, {stationId, seq});
        if (!removed)
            return std::unexpected(removed.error());
        if (!serial->isEmpty())
            if (auto concerned = concern(*serial, *entry); !concerned)
                return std::unexpected(concerned.error());
        return entry->seq;
    });
}

} // namespace station
