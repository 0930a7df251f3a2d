// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"
#include "station/order.h"

namespace station {

// Orders as a ledger keeps them.

[[nodiscard]] Result<QList<Order>> allOrders(Database &database); ///< the open ones first
[[nodiscard]] Result<std::optional<Order>> orderNamed(Database &database, const QString &ref);
/// The one that a station has opened or taken up last, if it is still open.
[[nodiscard]] Result<std::optional<Order>> currentOrder(
    Database &database, const QString &stationId);
[[nodiscard]] Result<OrderTally> tallyOf(Database &database, const QString &ref);
/// Ready to let in whom the order still needs.
[[nodiscard]] Result<OrderGate> gateOf(Database &database, const Order &order, bool needsFirst);

} // namespace station
