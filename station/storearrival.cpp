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
        for (const Payload &payload : arrival.enrollments) {
            const auto lodging = lodge(payload, *entry);
            if (!lodging)
                return std::unexpected(lodging.error());
            lodged.lodgings.append(*lodging);
        }
        return lodged;
    });
}

Result<Lodging> Store::lodge(const Payload &payload, const Entry &entry)
{
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
    return Lodging::Queued;
}

} // namespace station
