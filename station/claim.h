// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"
#include "station/examination.h"

namespace station {

/// What a proven device would bind.
struct ClaimKeys {
    QString ekSha256; ///< hex
    QString serial;
    QString service; ///< empty: it is not enrolled
    QString registrationKey; ///< lower case

    bool operator==(const ClaimKeys &) const = default;
};

/// What the active bindings, and the keys that other lines told, say to it.
struct Claim {
    std::optional<qint64> renews; ///< the binding of the same serial and EK
    QList<Finding> conflicts; ///< one a device, here or on another line: a fail of "uniqueness"
};

/// Looks at the indexes of the active bindings, on any connection. What holds now holds later only
/// inside the transaction that writes.
[[nodiscard]] Result<Claim> claimOf(Database &database, const ClaimKeys &keys);

/// The serials of other units that such conflicts name in a stored examination.
[[nodiscard]] QStringList unitsNamedIn(const QByteArray &body);

} // namespace station
