// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"

namespace station {

/// Examinations that must be kept whole, whatever their age: those to which everything fits that
/// is said here.
struct Hold {
    QString stationId;
    qint64 seq = 0; ///< the entry that began it; with the station its name
    QString serial, order, customer; ///< empty: any
    std::optional<qint64> fromUs; ///< included
    std::optional<qint64> toUs; ///< not included
    QString reason;
    QString personId, personName; ///< who; the name is empty where it was erased

    bool operator==(const Hold &) const = default;
};

/// A hold that has begun.
struct HoldDone {
    qint64 seq = 0;
    qint64 records = 0; ///< to which it fits now
    qint64 archived = 0; ///< of these, whose body is in an archive already

    bool operator==(const HoldDone &) const = default;
};

/// SQL about a record r and a legal_hold h: whether the hold fits it.
[[nodiscard]] QString fitsHold();

[[nodiscard]] Result<QList<Hold>> allHolds(Database &database);

} // namespace station
