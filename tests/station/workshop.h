// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/station/shopfloor.h"

/// What the tests of a unit's life share.
namespace workshop {

using namespace shopfloor;

inline Disposition standing(Store &store, const QString &serial)
{
    const auto unit = unitOf(store.database(), serial);
    if (!unit || !*unit)
        qFatal("no unit %s", qPrintable(serial));
    return (*unit)->disposition;
}

inline Proposal waiting(const QString &serial, int key, Moment when)
{
    Proposal proposal = passOf(serial, key);
    proposal.when = when;
    return proposal;
}

inline Result<UnitDone> carryOut(Store &store, UnitEvent event, const QString &serial)
{
    return store.carryOut({.event = event, .serial = serial, .reason = u"R1"_s},
        {.hub = [](const Payload &payload) { return HubIdentity{payload.key, {}}; }});
}

/// What a service is told next, one line each; all of it ends as said.
inline QStringList told(Store &store, DeliveryState as = DeliveryState::Confirmed)
{
    QStringList lines;
    const auto leased = store.lease(u"main"_s, u"test"_s, 100, 60);
    QList<Settlement> settlements;
    for (const Delivery &delivery : leased->deliveries) {
        for (int key = 1; key < 9; ++key)
            if (keyOf(key).registrationId() == delivery.payload.key)
                lines.append(u"%1 %2"_s.arg(word(delivery.kind)).arg(key));
        settlements.append({delivery.id, as});
    }
    if (!store.settle(settlements))
        qFatal("the deliveries are not settled");
    lines.sort();
    return lines;
}

} // namespace workshop
