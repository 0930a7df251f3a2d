// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/expected.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

// A repair's entry is no examination, so the order and customer come from an earlier delivery.
const QString rowsSql =
    u"SELECT d.key, d.kind, d.state, d.payload, coalesce(b.serial, r.serial, ''), "
    "coalesce(r.order_ref, ''), coalesce(r.customer, '') FROM delivery d "
    "LEFT JOIN record r ON r.station_id = d.station_id AND r.seq = d.seq "
    "LEFT JOIN binding b ON b.state = 'active' AND b.service = d.destination "
    "AND b.registration_key = d.key WHERE d.destination = ? AND "_s;

/// One registrationId while its deliveries are read, the oldest first.
struct Story {
    Expected expected;
    bool isWanted = false;

    void add(const QVariantList &row);
};

void Story::add(const QVariantList &row)
{
    const auto kind = deliveryKindOf(row.at(1).toString());
    const auto state = deliveryStateOf(row.at(2).toString());
    using enum DeliveryState;
    const bool isOpen = state == Pending || state == Sent || state == Acknowledged;
    // What a service will not take away is there, and not meant to be.
    const bool isMeant = state == Confirmed || state == Rejected;
    expected.key = row.at(0).toString();
    expected.isUnderWay = expected.isUnderWay || isOpen;
    for (const auto &[field, at] :
        {std::pair{&expected.serial, 4}, {&expected.order, 5}, {&expected.customer, 6}})
        if (const QString text = row.at(at).toString(); !text.isEmpty())
            *field = text;
    if (kind == DeliveryKind::Enroll && (isOpen || state == Confirmed || state == Conflict)) {
        expected.payload = row.at(3).toByteArray();
        expected.enabled.reset();
        isWanted = true;
    } else if (isMeant && kind == DeliveryKind::Delete) {
        isWanted = false;
    } else if (isMeant && kind == DeliveryKind::Disable) {
        expected.enabled = false;
    } else if (state == Confirmed && kind == DeliveryKind::Enable) {
        expected.enabled = true;
    }
}

Result<QList<Expected>> expectedIn(
    Database &database, const QString &condition, const QVariantList &values)
{
    const auto rows = database.select(rowsSql + condition, values);
    if (!rows)
        return std::unexpected(rows.error());
    QList<Expected> all;
    Story story;
    const auto close = [&all, &story] {
        if (story.isWanted || story.expected.isUnderWay)
            all.append(story.expected);
        story = {};
    };
    for (const QVariantList &row : *rows) {
        if (row.first().toString() != story.expected.key)
            close();
        story.add(row);
    }
    close();
    return all;
}

} // namespace

Result<std::optional<Expected>> expectedOf(
    Database &database, const QString &service, const QString &key)
{
    const auto found = expectedIn(database, u"d.key = ? ORDER BY d.id"_s, {service, key});
    if (!found)
        return std::unexpected(found.error());
    return found->isEmpty() ? std::nullopt : std::optional(found->first());
}

Result<ExpectedPage> expectedAfter(
    Database &database, const QString &service, const QString &after, int most)
{
    // The keys first: a page must not end in the midst of one's deliveries.
    const auto keys = database.select(
        u"SELECT DISTINCT key FROM delivery WHERE destination = ? AND key > ? ORDER BY key LIMIT ?"_s,
        {service, after, most});
    if (!keys)
        return std::unexpected(keys.error());
    if (keys->isEmpty())
        return ExpectedPage{};
    const QString last = keys->last().first().toString();
    const auto found = expectedIn(
        database, u"d.key > ? AND d.key <= ? ORDER BY d.key, d.id"_s, {service, after, last});
    if (!found)
        return std::unexpected(found.error());
    return ExpectedPage{*found, keys->size() < most ? QString() : last};
}

Result<qint64> countEnrolled(Database &database, const QString &service)
{
    const auto rows = database.select(
        u"SELECT count(DISTINCT d.key) FROM delivery d WHERE d.destination = ? AND d.kind = "
        "'enroll' AND d.state IN ('acknowledged', 'confirmed') AND NOT EXISTS (SELECT 1 FROM "
        "delivery e WHERE e.destination = d.destination AND e.key = d.key AND e.id > d.id "
        "AND e.kind = 'delete' AND e.state = 'confirmed')"_s,
        {service});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->value(0).value(0).toLongLong();
}

} // namespace station
