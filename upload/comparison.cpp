// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/comparison.h"

using namespace Qt::StringLiterals;

namespace upload {

using station::DeliveryKind;
using station::DeliveryState;

namespace {

constexpr int alreadyExists = 409201;

QString deviceOf(const Enrollment &enrollment)
{
    return enrollment.deviceId.isEmpty() ? enrollment.registrationId.toLower()
                                         : enrollment.deviceId;
}

} // namespace

bool isSame(const Enrollment &wanted, const Enrollment &found)
{
    // Without a deviceId the service takes the registrationId, and later says so.
    const bool isSameDevice = wanted.deviceId.isEmpty()
        ? deviceOf(found).compare(deviceOf(wanted), Qt::CaseInsensitive) == 0
        : deviceOf(found) == wanted.deviceId;
    return isSameDevice && isSameKey(wanted.endorsementKey, found.endorsementKey);
}

station::Settlement compare(
    const station::Delivery &delivery, const Enrollment &wanted, const Enrollment &found)
{
    const bool isStatusLost = (delivery.kind == DeliveryKind::Enable && !found.enabled)
        || (delivery.kind == DeliveryKind::Disable && found.enabled);
    if (isSame(wanted, found) && isStatusLost) {
        return {delivery.id, DeliveryState::Conflict, 0, alreadyExists,
            u"the service took '%1', and somebody has undone it"_s.arg(word(delivery.kind))};
    }
    if (isSame(wanted, found)) {
        return {delivery.id, DeliveryState::Confirmed, 0, 0, {}};
    }
    return {delivery.id, DeliveryState::Conflict, 0, alreadyExists,
        u"enrolled with another key or for another device ('%1')"_s.arg(deviceOf(found))};
}

} // namespace upload
