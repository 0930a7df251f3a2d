// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/store.h"

#include <QJsonDocument>

namespace station {

using namespace Qt::StringLiterals;

namespace {

QByteArray bodyOf(const Arrival &arrival)
{
    return QJsonDocument(
        QJsonObject{{u"action"_s, u"import"_s}, {u"file"_s, arrival.file},
            {u"form"_s, arrival.form}, {u"sha256"_s, arrival.sha256}, {u"signer"_s, arrival.signer},
            {u"purpose"_s, word(arrival.purpose)}, {u"enrollments"_s, arrival.enrollments.size()},
            {u"refused"_s, arrival.refusals}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

Result<Lodged> Store::takeIn(const Arrival &arrival)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    if (arrival.purpose != m_place.purpose)
        return std::unexpected(Error{Fault::Purpose,
            u"enrollments for %1 and a ledger for %2"_s.arg(
                word(arrival.purpose), word(m_place.purpose))});
    return m_database->transact([&]() -> Result<Lodged> {
        const auto entry = append(u"action"_s, bodyOf(arrival));
        if (!entry)
            return std::unexpected(entry.error());
        Lodged lodged{.seq = entry->seq};
        for (qsizetype at = 0; at < arrival.enrollments.size(); ++at) {
            const auto lodging = lodge(arrival.enrollments[at], arrival.keys.value(at), *entry);
            if (!lodging)
                return std::unexpected(lodging.error());
            lodged.lodgings.append(*lodging);
        }
        return lodged;
    });
}

/// Bound to a device under another registrationId, or imported under one.
Result<bool> Store::isUsedElsewhere(const Payload &payload, const QString &ekSha256)
{
    const auto rows = m_database->select(
        u"SELECT 1 FROM binding WHERE ek_sha256 = ? AND state = 'active' "
        "AND NOT (service = ? AND registration_key = ?) "
        "UNION SELECT 1 FROM imported i JOIN delivery d ON d.destination = i.destination "
        "AND d.key = i.key AND d.kind = 'enroll' WHERE i.ek_sha256 = ? "
        "AND NOT (i.destination = ? AND i.key = ?) "
        "AND d.state NOT IN ('rejected', 'conflict', 'withdrawn')"_s,
        {ekSha256, payload.destination, payload.key.toLower(), ekSha256, payload.destination,
            payload.key});
    if (!rows)
        return std::unexpected(rows.error());
    return !rows->isEmpty();
}

Result<Lodging> Store::lodge(const Payload &payload, const QString &ekSha256, const Entry &entry)
{
    const auto isUsed = isUsedElsewhere(payload, ekSha256);
    if (!isUsed)
        return std::unexpected(isUsed.error());
    if (*isUsed)
        return Lodging::Twice;

    const auto there =
        m_database->select(u"SELECT payload, state FROM delivery WHERE destination = ? AND key = ? "
                           "AND kind = 'enroll' ORDER BY id DESC LIMIT 1"_s,
            {payload.destination, payload.key});
    if (!there)
        return std::unexpected(there.error());
    if (!there->isEmpty()) {
        const bool isSame = there->first().first().toByteArray() == payload.body;
        const auto state = deliveryStateOf(there->first().last().toString());
        using enum DeliveryState;
        const bool isOver = state == Rejected || state == Conflict || state == Withdrawn;
        if (!isOver)
            return isSame ? Lodging::Known : Lodging::Conflict;
    }
    const auto queued = queueDelivery(entry, DeliveryKind::Enroll, payload, DeliveryState::Pending);
    if (!queued)
        return std::unexpected(queued.error());
    const auto noted =
        m_database->change(u"INSERT INTO imported (ek_sha256, destination, key, station_id, seq) "
                           "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"_s,
            {ekSha256, payload.destination, payload.key, entry.stationId, entry.seq});
    if (!noted)
        return std::unexpected(noted.error());
    return Lodging::Queued;
}

} // namespace station
