// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/alteration.h"

#include "upload/comparison.h"

using namespace Qt::StringLiterals;

namespace upload {

using station::Delivery;
using station::DeliveryKind;
using station::DeliveryState;
using station::Settlement;

namespace {

using Then = Client::Then<Settlement>;

/// What the service refused, unless it only says that somebody was faster.
Result<Settlement> refusalOf(const Delivery &delivery, const Error &error)
{
    if (error.fault == Fault::NotFound) {
        return delivery.kind == DeliveryKind::Delete
            ? Settlement{delivery.id, DeliveryState::Confirmed, 0, 0, {}}
            : Settlement{delivery.id, DeliveryState::Rejected, 0, error.errorCode, error.detail};
    }
    if (error.fault == Fault::Conflict) {
        return Settlement{delivery.id, DeliveryState::Pending, 0, error.errorCode, error.detail};
    }
    return std::unexpected(error);
}

void remove(Client &client, const Delivery &delivery, const QString &etag, const Then &then)
{
    client.remove(
        delivery.payload.key, etag.toUtf8(), [delivery, then](const Result<bool> &removed) {
            then(removed ? Settlement{delivery.id, DeliveryState::Confirmed, 0, 0, {}}
                         : refusalOf(delivery, removed.error()));
        });
}

void setStatus(Client &client, const Delivery &delivery, QJsonObject record, const Then &then)
{
    const QByteArray etag = record.take(u"etag"_s).toString().toUtf8();
    for (const QString &readOnly :
        {u"createdDateTimeUtc"_s, u"lastUpdatedDateTimeUtc"_s, u"registrationState"_s}) {
        record.remove(readOnly);
    }
    record[u"provisioningStatus"_s] =
        delivery.kind == DeliveryKind::Enable ? u"enabled"_s : u"disabled"_s;
    client.putRecord(record, etag, [delivery, then](const Result<Enrollment> &put) {
        then(put ? Settlement{delivery.id, DeliveryState::Acknowledged, 0, 0, {}}
                 : refusalOf(delivery, put.error()));
    });
}

} // namespace

void alter(Client &client, const Delivery &delivery, const Enrollment &wanted, const Then &then)
{
    client.getRecord(
        delivery.payload.key, [&client, delivery, wanted, then](const Result<QJsonObject> &record) {
            const auto found = record ? enrollmentOf(*record)
                                      : Result<Enrollment>(std::unexpected(record.error()));
            if (!found) {
                return then(refusalOf(delivery, found.error()));
            }
            if (!isSame(wanted, *found)) {
                return then(compare(delivery, wanted, *found));
            }
            if (delivery.kind == DeliveryKind::Delete) {
                return remove(client, delivery, found->etag, then);
            }
            if (found->enabled == (delivery.kind == DeliveryKind::Enable)) {
                return then(Settlement{delivery.id, DeliveryState::Confirmed, 0, 0, {}});
            }
            setStatus(client, delivery, *record, then);
        });
}

} // namespace upload
