// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"
#include "station/delivery.h"
#include "station/disposition.h"
#include "station/enrollrule.h"
#include "station/verdict.h"

#include <QStringList>
#include <functional>

namespace station {

/// A unit as it stands.
struct Unit {
    QString serial, boardSerial;
    QString order, customer, product;
    Disposition disposition = Disposition::Held;
    Verdict verdict = Verdict::Error; ///< of the last examination that might have enrolled it
    Moment moment = Moment::Pass; ///< what its plan waits for

    bool operator==(const Unit &) const = default;
};

/// Empty for one that was never examined.
[[nodiscard]] Result<std::optional<Unit>> unitOf(Database &database, const QString &serial);

/// What a device is known by in a hub, which nobody deletes with its enrollment.
struct HubIdentity {
    QString deviceId;
    QString hub; ///< empty: the service chose, and the ledger does not know

    bool operator==(const HubIdentity &) const = default;
};
/// Reads an enrollment's frozen bytes; the ledger does not know what they mean.
using HubReader = std::function<HubIdentity(const Payload &)>;

/// Which held units are released: those of an order, one unit, or one unit if it is of that order.
/// One of the two is empty at the most.
struct Release {
    QString order;
    QString serial;
    QStringList people = {}; ///< who does it: ids or names
    int persons = 0; ///< so many different ones it takes

    bool operator==(const Release &) const = default;
};

/// Something that people do with a unit: Ship, ReplaceBoard, Scrap, Repair, Return or
/// Retest.
struct UnitDeed {
    UnitEvent event = UnitEvent::Ship;
    QString serial;
    QString reason = {}; ///< a code
    QString board = {}; ///< the new one's serial, if it has one
    QString work = {}; ///< of a repair: what was done about its reason, a code
    QStringList people = {}; ///< who does it: ids or names

    bool operator==(const UnitDeed &) const = default;
};

/// What such a deed takes, and what follows from it.
struct DeedRule {
    int persons = 0; ///< so many different people
    QStringList reasons = {}; ///< codes that may be given; empty: any word
    DeliveryKind removal = DeliveryKind::Delete; ///< or Disable: of a replaced board's enrollment
    HubReader hub = {}; ///< null: nobody can tell
    QString role = {}; ///< that one of the people has; empty: any
};

/// What a deed has done.
struct UnitDone {
    qint64 seq = 0; ///< its entry
    Disposition disposition = Disposition::Held;
    qint64 deliveries = 0; ///< that were queued or let go
    QList<HubIdentity> hubs; ///< of a scrapped unit: what the cloud's owner must remove as well

    bool operator==(const UnitDone &) const = default;
};

} // namespace station
