// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/store.h"

#include "station/deliveryrows.h"
#include "station/processname.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

} // namespace

Result<QList<Delivery>> Store::leasable(const Wanted &wanted)
{
    // Only the first open operation of a key: a device must not be created before its predecessor
    // is deleted, nor disabled while reading back its creation. Another uploader's rows are
    // skipped, not waited for. What comes after an operation of another key waits until that, or
    // the same said once more where it was rejected, has ended well.
    const QString sql = u"SELECT "_s + deliveryColumns()
        + u" FROM delivery d WHERE d.destination = ? AND d.state = ? AND "_s + wanted.condition
        + u" AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.destination = d.destination "
          "AND e.key = d.key AND e.id < d.id AND e.state IN "
          "('held', 'pending', 'sent', 'acknowledged')) "
          "AND (d.after_id IS NULL OR EXISTS (SELECT 1 FROM delivery f JOIN delivery g "
          "ON g.destination = f.destination AND g.key = f.key AND g.kind = f.kind AND g.id >= f.id "
          "WHERE f.id = d.after_id AND g.state = 'confirmed')) "
          "ORDER BY d.id LIMIT ?"_s
        + (m_database->isPostgres() ? u" FOR UPDATE OF d SKIP LOCKED"_s : QString());
    return selectDeliveries(*m_database, sql,
        QVariantList{wanted.destination, word(wanted.state)} + wanted.values
            + QVariantList{wanted.most});
}

/// An owner that has leased nothing here yet starts anew: what its name still holds was left by a
/// process that died, and is due at once. So is what processes hold that are known to be gone.
Result<void> Store::releaseDead(const QString &owner)
{
    if (m_owners.contains(owner))
        return {};
    auto owners = m_database->select(u"SELECT DISTINCT lease_owner FROM delivery "
                                     "WHERE state IN ('sent', 'acknowledged') "
                                     "AND lease_until_us > ?"_s,
        {m_place.clock().utcUs});
    if (!owners)
        return std::unexpected(owners.error());
    for (const QVariantList &row : std::as_const(*owners)) {
        const QString other = row.first().toString();
        if (other != owner && !isGone(other.section(u'/', -1)))
            continue;
        auto released =
            m_database->change(u"UPDATE delivery SET lease_until_us = 0 WHERE lease_owner = ? "
                               "AND state IN ('sent', 'acknowledged')"_s,
                {other});
        if (!released)
            return std::unexpected(released.error());
    }
    return {};
}

Result<void> Store::hold(
    QList<Delivery> &deliveries, const QString &owner, qint64 untilUs, DeliveryState state)
{
    for (Delivery &delivery : deliveries) {
        delivery.state = state;
        delivery.attempts += state == DeliveryState::Sent ? 1 : 0;
        auto held = m_database->change(
            u"UPDATE delivery SET state = ?, attempts = ?, lease_owner = ?, lease_until_us = ? "
            "WHERE id = ?"_s,
            {word(state), delivery.attempts, owner, untilUs, delivery.id});
        if (!held)
            return std::unexpected(held.error());
    }
    return {};
}

Result<Leased> Store::lease(const QString &destination, const QString &owner, int most, int seconds)
{
    const qint64 now = m_place.clock().utcUs;
    auto leased = m_database->transact([&]() -> Result<Leased> {
        if (auto released = releaseDead(owner); !released)
            return std::unexpected(released.error());
        auto sent =
            leasable({destination, DeliveryState::Sent, u"d.lease_until_us <= ?"_s, {now}, most});
        if (!sent)
            return std::unexpected(sent.error());
        auto pending = leasable({destination, DeliveryState::Pending, u"d.next_at_us <= ?"_s, {now},
            most - static_cast<int>(sent->size())});
        if (!pending)
            return std::unexpected(pending.error());
        Leased all{*sent + *pending, {}};
        for (const Delivery &delivery : std::as_const(*sent))
            all.uncertain.append(delivery.id);
        auto held = hold(all.deliveries, owner, now + seconds * Second, DeliveryState::Sent);
        if (!held)
            return std::unexpected(held.error());
        return all;
    });
    if (!leased)
        return leased;
    m_owners.insert(owner);
    for (const Delivery &delivery : std::as_const(leased->deliveries))
        m_leases.insert(delivery.id, owner);
    return leased;
}

Result<Leased> Store::leaseAcknowledged(
    const QString &destination, const QString &owner, int most, int seconds)
{
    const qint64 now = m_place.clock().utcUs;
    auto leased = m_database->transact([&]() -> Result<Leased> {
        if (auto released = releaseDead(owner); !released)
            return std::unexpected(released.error());
        auto rows = leasable({destination, DeliveryState::Acknowledged,
            u"d.next_at_us <= ? AND d.lease_until_us <= ?"_s, {now, now}, most});
        if (!rows)
            return std::unexpected(rows.error());
        auto held = hold(*rows, owner, now + seconds * Second, DeliveryState::Acknowledged);
        if (!held)
            return std::unexpected(held.error());
        return Leased{*rows, {}};
    });
    if (!leased)
        return leased;
    m_owners.insert(owner);
    for (const Delivery &delivery : std::as_const(leased->deliveries))
        m_leases.insert(delivery.id, owner);
    return leased;
}

Result<QList<Delivery>> Store::acknowledged(const QString &destination, const QStringList &keys)
{
    if (keys.isEmpty())
        return QList<Delivery>{};
    const QString places = QStringList(keys.size(), u"?"_s).join(u", "_s);
    QVariantList values{destination};
    for (const QString &key : keys)
        values.append(key.toLower());
    return selectDeliveries(*m_database,
        u"SELECT "_s + deliveryColumns()
            + u" FROM delivery d WHERE d.destination = ? AND d.key IN ("_s + places
            + u") AND d.state = 'acknowledged' ORDER BY d.id"_s,
        values);
}

Result<QList<Settlement>> Store::settle(const QList<Settlement> &settlements)
{
    const qint64 now = m_place.clock().utcUs;
    auto settled = m_database->transact([&]() -> Result<QList<Settlement>> {
        QList<Settlement> applied;
        for (const Settlement &settlement : settlements) {
            auto done = settleOne(settlement, now);
            if (!done)
                return std::unexpected(done.error());
            if (*done)
                applied.append(settlement);
        }
        return applied;
    });
    if (settled) {
        for (const Settlement &settlement : settlements)
            m_leases.remove(settlement.id);
    }
    return settled;
}

Result<bool> Store::settleOne(const Settlement &settlement, qint64 nowUs)
{
    // Held rows wait for a release, not for a service: they can only be withdrawn.
    const QString from = settlement.state == DeliveryState::Withdrawn
        ? u"('held', 'pending', 'sent', 'acknowledged')"_s
        : u"('pending', 'sent', 'acknowledged')"_s;
    auto changed = m_database->change(
        u"UPDATE delivery SET state = ?, next_at_us = ?, service_code = ?, service_text = ?, "
        "attempts = attempts - ?, lease_owner = '', lease_until_us = 0 WHERE id = ? AND state IN "_s
            + from + u" AND (lease_owner = ? OR lease_until_us <= ?)"_s,
        {word(settlement.state), settlement.nextAtUs, settlement.serviceCode,
            settlement.serviceText, settlement.untried ? 1 : 0, settlement.id,
            m_leases.value(settlement.id), nowUs});
    if (!changed)
        return std::unexpected(changed.error());
    return *changed == 1;
}

Result<DeliveryCounts> Store::count(const QString &destination)
{
    return countDeliveries(*m_database, destination);
}

} // namespace station
