// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/store.h"

#include "station/hex.h"

#include <QJsonDocument>

namespace station {

using namespace Qt::StringLiterals;

namespace {

/// What the chain keeps of an import: which set, and what it did to which units.
QByteArray bodyOf(const SignedEkSet &received, const QList<HeldUnit> &units)
{
    QJsonArray held;
    for (const HeldUnit &unit : units)
        held.append(QJsonObject{{u"serial"_s, unit.serial}, {u"ekSha256"_s, hex(unit.ekSha256)},
            {u"held"_s, unit.held}, {u"gone"_s, unit.gone}});
    return QJsonDocument(
        QJsonObject{{u"action"_s, u"ekset-import"_s}, {u"line"_s, received.set.line},
            {u"made"_s, received.set.made.toString(Qt::ISODate)},
            {u"sha256"_s, hex(received.sha256)}, {u"signer"_s, received.signer},
            {u"keys"_s, received.set.keys.size()}, {u"units"_s, held}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

Result<QList<HeldUnit>> Store::takeIn(const SignedEkSet &received)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    if (received.set.purpose != m_place.purpose)
        return std::unexpected(Error{Fault::Purpose,
            u"a set for %1 and a ledger for %2"_s.arg(
                word(received.set.purpose), word(m_place.purpose))});
    return m_database->transact([&]() -> Result<QList<HeldUnit>> {
        if (auto locked = lockHead(); !locked)
            return std::unexpected(locked.error());
        if (auto replaced = replaceSet(received); !replaced)
            return std::unexpected(replaced.error());
        auto units = holdDuplicates(received.set.line);
        if (!units)
            return units;
        if (auto entry = append(u"action"_s, bodyOf(received, *units)); !entry)
            return std::unexpected(entry.error());
        return units;
    });
}

Result<void> Store::replaceSet(const SignedEkSet &received)
{
    const EkSet &set = received.set;
    const qint64 madeUs = set.made.toMSecsSinceEpoch() * 1000;
    auto own =
        m_database->select(u"SELECT station_id FROM station WHERE station_id = ?"_s, {set.line});
    auto known = m_database->select(u"SELECT made_at_us FROM ekset WHERE line = ?"_s, {set.line});
    if (!own || !known)
        return std::unexpected(own ? known.error() : own.error());
    if (!own->isEmpty())
        return std::unexpected(Error{Fault::Refused,
            u"line %1 writes into this ledger itself; its keys are compared already"_s.arg(
                set.line)});
    if (!known->isEmpty() && known->first().first().toLongLong() > madeUs)
        return std::unexpected(Error{Fault::Refused,
            u"a newer set of line %1 was imported before; ask for its newest"_s.arg(set.line)});
    QList<std::pair<QString, QVariantList>> changes{
        {u"DELETE FROM elsewhere WHERE line = ?"_s, {set.line}},
        {u"DELETE FROM ekset WHERE line = ?"_s, {set.line}},
        {u"INSERT INTO ekset (line, made_at_us, sha256, signer) VALUES (?, ?, ?, ?)"_s,
            {set.line, madeUs, hex(received.sha256), received.signer}}};
    for (const QByteArray &key : set.keys)
        changes.append(
            {u"INSERT INTO elsewhere (ek_sha256, line) VALUES (?, ?)"_s, {hex(key), set.line}});
    for (const auto &[sql, values] : std::as_const(changes))
        if (auto changed = m_database->change(sql, values); !changed)
            return std::unexpected(changed.error());
    return {};
}

Result<QList<HeldUnit>> Store::holdDuplicates(const QString &line)
{
    auto rows = m_database->select(
        u"SELECT b.serial, b.ek_sha256, b.service, b.registration_key FROM elsewhere e "
        "JOIN binding b ON b.ek_sha256 = e.ek_sha256 AND b.state = 'active' "
        "WHERE e.line = ? ORDER BY b.serial"_s,
        {line});
    if (!rows)
        return std::unexpected(rows.error());
    QList<HeldUnit> units;
    for (const QVariantList &row : std::as_const(*rows)) {
        HeldUnit unit{row.at(0).toString(), QByteArray::fromHex(row.at(1).toByteArray())};
        const QVariantList delivery{row.at(2), row.at(3)};
        auto held = m_database->change(
            u"UPDATE delivery SET state = 'held' "
            "WHERE destination = ? AND key = ? AND kind = 'enroll' AND state = 'pending'"_s,
            delivery);
        auto gone = m_database->select(
            u"SELECT count(*) FROM delivery WHERE destination = ? AND key = ? "
            "AND kind = 'enroll' AND state IN ('sent', 'acknowledged', 'confirmed')"_s,
            delivery);
        if (!held || !gone)
            return std::unexpected(held ? gone.error() : held.error());
        unit.held = *held;
        unit.gone = gone->first().first().toInt();
        units.append(unit);
    }
    return units;
}

} // namespace station
