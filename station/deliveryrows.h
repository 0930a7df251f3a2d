// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"
#include "station/delivery.h"

namespace station {

/// The columns that deliveryOf() reads, of a delivery table called d.
[[nodiscard]] QString deliveryColumns();
[[nodiscard]] Delivery deliveryOf(const QVariantList &row);

/// How many deliveries of one destination stand where; of all services where it is empty.
[[nodiscard]] Result<DeliveryCounts> countDeliveries(
    Database &database, const QString &destination);

/// The rows of a statement that selects deliveryColumns().
[[nodiscard]] Result<QList<Delivery>> selectDeliveries(
    Database &database, const QString &sql, const QVariantList &values);

} // namespace station
