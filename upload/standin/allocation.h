// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/standin/message.h"
#include "upload/standin/registrations.h"

namespace upload::standin {

/// Where a device goes, and how it came there.
struct Allocation {
    QString hub;
    QString deviceId;
    QString substatus;

    bool operator==(const Allocation &) const = default;
};

/// By the enrollment's policies (hashed and static; geoLatency takes the first hub, as all are
/// equally near), over the hubs that are linked. `earlier`: the device's last assignment.
[[nodiscard]] Ruled<Allocation> allocate(const QJsonObject &enrollment,
    const QStringList &linkedHubs, const std::optional<Registration> &earlier);

} // namespace upload::standin
