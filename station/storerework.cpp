// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a unit's key and its enrollment when people decide about the unit.
#include "station/store.h"

#include "station/deliveryrows.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

// A unit's deliveries are those of its active binding's registration.
const QString ofUnitSql =
    u" AND EXISTS (SELECT 1 FROM binding b WHERE b.state = 'active' AND b.serial = ? "
    "AND b.service = delivery.destination AND b.registration_key = delivery.key)"_s;

} // namespace

Result<qint64> Store::letGo(const QString &serial)
{
    auto freed = m_database->change(
        u"UPDATE delivery SET state = 'pending' WHERE state = 'held'"_s + ofUnitSql, {serial});
    if (!freed)
        return std::unexpected(freed.error());
    return *freed;
}

Result<std::optional<Delivery>> Store::lastOperation(const QString &service, const QString &key)
{
    auto rows = selectDeliveries(*m_database,
        u"SELECT "_s + deliveryColumns()
            + u" FROM delivery d WHERE d.destination = ? AND d.key = ? "
              "AND d.state NOT IN ('rejected', 'conflict', 'withdrawn') ORDER BY d.id DESC LIMIT 1"_s,
        {service, key});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? std::optional<Delivery>{} : std::optional(rows->first());
}

Result<std::optional<qint64>> Store::removalBefore(
    const QString &serial, const QString &ekSha256, const QString &key)
{
    auto rows = m_database->select(
        u"SELECT max(d.id) FROM binding b JOIN delivery d ON d.destination = b.service "
        "AND d.key = b.registration_key WHERE (b.serial = ? OR b.ek_sha256 = ?) "
        "AND b.state = 'superseded' AND d.kind IN ('delete', 'disable') AND d.key <> ? "
        "AND d.state <> 'confirmed'"_s,
        {serial, ekSha256, key});
    if (!rows)
        return std::unexpected(rows.error());
    const QVariant id = rows->first().first();
    return id.isNull() ? std::optional<qint64>{} : std::optional(id.toLongLong());
}

Result<QList<HubIdentity>> Store::hubsOf(const QString &serial, const DeedRule &rule)
{
    QList<HubIdentity> hubs;
    if (!rule.hub)
        return hubs;
    // What has never left the station has never been in a hub.
    auto enrolled = selectDeliveries(*m_database,
        u"SELECT DISTINCT "_s + deliveryColumns()
            + u" FROM binding b JOIN delivery d ON d.destination = b.service "
              "AND d.key = b.registration_key AND d.kind = 'enroll' "
              "AND (d.state IN ('sent', 'acknowledged', 'confirmed') OR d.attempts > 0) "
              "JOIN record r ON r.station_id = d.station_id AND r.seq = d.seq "
              "AND r.serial = b.serial WHERE b.serial = ? ORDER BY d.id"_s,
        {serial});
    if (!enrolled)
        return std::unexpected(enrolled.error());
    for (const Delivery &delivery : std::as_const(*enrolled))
        if (const HubIdentity hub = rule.hub(delivery.payload); !hubs.contains(hub))
            hubs.append(hub);
    return hubs;
}

Result<qint64> Store::withdrawUnsent(const QString &serial)
{
    // What has been tried may have arrived, and is taken back after it.
    auto withdrawn = m_database->change(
        u"UPDATE delivery SET state = 'withdrawn' WHERE kind IN ('enroll', 'enable') "
        "AND (state = 'held' OR (state = 'pending' AND attempts = 0))"_s
            + ofUnitSql,
        {serial});
    if (!withdrawn)
        return std::unexpected(withdrawn.error());
    return *withdrawn;
}

Result<qint64> Store::follow(const UnitDeed &deed, const DeedRule &rule, const Entry &entry)
{
    if (deed.event == UnitEvent::Ship)
        return letGo(deed.serial);
    if (deed.event == UnitEvent::Repair)
        return 0;
    if (deed.event == UnitEvent::Retest) {
        const auto allowed = allowRetest(deed.serial, entry);
        return allowed ? Result<qint64>(0) : std::unexpected(allowed.error());
    }
    if (auto withdrawn = withdrawUnsent(deed.serial); !withdrawn)
        return withdrawn;
    auto bound = m_database->select(
        u"SELECT id, service, registration_key, ek_sha256 FROM binding WHERE state = 'active' "
        "AND serial = ?"_s,
        {deed.serial});
    if (!bound)
        return std::unexpected(bound.error());
    if (bound->isEmpty())
        return 0;
    const QVariantList binding = bound->first();
    const QString key = binding.at(2).toString();
    const bool replaced = deed.event == UnitEvent::ReplaceBoard;
    // Before the binding gives way: it is not its own predecessor.
    auto before = removalBefore(deed.serial, binding.at(3).toString(), key);
    if (!before)
        return std::unexpected(before.error());
    if (deed.event != UnitEvent::Return) {
        auto ended = m_database->change(u"UPDATE binding SET state = ? WHERE id = ?"_s,
            {replaced ? u"superseded"_s : u"scrapped"_s, binding.at(0)});
        if (!ended)
            return std::unexpected(ended.error());
    }
    const DeliveryKind kind = deed.event == UnitEvent::Return ? DeliveryKind::Disable
        : replaced                                            ? rule.removal
                                                              : DeliveryKind::Delete;
    return takeBack(binding.at(1).toString(), key, kind, entry, *before);
}

Result<qint64> Store::takeBack(const QString &service, const QString &key, DeliveryKind kind,
    const Entry &entry, std::optional<qint64> before)
{
    auto last = lastOperation(service, key);
    if (!last)
        return std::unexpected(last.error());
    if (!*last || (*last)->kind == DeliveryKind::Delete || (*last)->kind == kind)
        return 0; // nothing is there, or it is on its way
    if (auto queued = queueDelivery(entry, kind, (*last)->payload, DeliveryState::Pending, before);
        !queued)
        return std::unexpected(queued.error());
    return 1;
}

/// A unit in the factory that is not good any more is off at the service until it passes again.
/// Only with its own key: another device under its label says nothing of it.
Result<void> Store::suspend(const Proposal &proposal, const Entry &entry)
{
    const Examination &exam = proposal.examination;
    if (exam.verdict != Verdict::Fail || !exam.key || !claimsKey(proposal.purpose))
        return {};
    auto bound = m_database->select(
        u"SELECT b.service, b.registration_key FROM binding b JOIN unit u ON u.serial = b.serial "
        "WHERE b.state = 'active' AND b.serial = ? AND b.ek_sha256 = ? AND u.disposition = 'held'"_s,
        {proposal.device.serial, QString::fromLatin1(exam.key->sha256().toHex())});
    if (!bound)
        return std::unexpected(bound.error());
    if (bound->isEmpty())
        return {};
    const QString service = bound->first().at(0).toString();
    const QString key = bound->first().at(1).toString();
    const auto last = lastOperation(service, key);
    if (!last)
        return std::unexpected(last.error());
    if (*last && (*last)->state == DeliveryState::Held)
        return {}; // it is not on yet, and nobody releases what has failed
    if (const auto taken = takeBack(service, key, DeliveryKind::Disable, entry, {}); !taken)
        return std::unexpected(taken.error());
    return {};
}

/// The same device for another order: where it was enrolled before it is no more. The delivery that
/// takes it away there.
Result<std::optional<qint64>> Store::leaveOther(
    const Proposal &proposal, const Entry &entry, const Claim &claim)
{
    if (!claim.renews || !proposal.enrollment)
        return std::optional<qint64>{};
    auto bound = m_database->select(
        u"SELECT service, registration_key FROM binding WHERE id = ?"_s, {*claim.renews});
    if (!bound)
        return std::unexpected(bound.error());
    const QString service = bound->first().at(0).toString();
    const QString key = bound->first().at(1).toString();
    if (service.isEmpty()
        || (service == proposal.enrollment->destination && key == registrationKeyOf(proposal)))
        return std::optional<qint64>{};
    if (auto withdrawn = withdrawUnsent(proposal.device.serial); !withdrawn)
        return std::unexpected(withdrawn.error());
    const auto before = removalBefore(proposal.device.serial,
        QString::fromLatin1(proposal.examination.key->sha256().toHex()), key);
    if (!before)
        return std::unexpected(before.error());
    if (auto taken = takeBack(service, key, DeliveryKind::Delete, entry, *before); !taken)
        return std::unexpected(taken.error());
    const auto last = lastOperation(service, key);
    if (!last)
        return std::unexpected(last.error());
    return *last && (*last)->state != DeliveryState::Confirmed ? std::optional((*last)->id)
                                                               : std::optional<qint64>{};
}

Result<bool> Store::isKnown(const Proposal &proposal, const Payload &payload, const Entry &entry)
{
    auto last = lastOperation(payload.destination, payload.key);
    if (!last)
        return std::unexpected(last.error());
    if (!*last || (*last)->kind == DeliveryKind::Delete)
        return false;
    if ((*last)->kind != DeliveryKind::Disable)
        return true; // a retest tells the service nothing new
    const bool isSame = (*last)->payload.body == payload.body;
    if (isSame && !proposal.isEnabled)
        return true;
    const DeliveryState state =
        !isSame || proposal.when == Moment::Pass ? DeliveryState::Pending : DeliveryState::Held;
    auto queued = queueDelivery(
        entry, isSame ? DeliveryKind::Enable : DeliveryKind::Delete, (*last)->payload, state);
    if (!queued)
        return std::unexpected(queued.error());
    return isSame; // else it was another unit's, and begins anew
}

} // namespace station
