// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/device.h"
#include "station/error.h"
#include "station/examination.h"

#include <QSet>

namespace station {

/// A customer's order of units, which a station works for.
struct Order {
    QString ref;
    QString customer, product;
    qint64 quantity = 0; ///< units that are to pass
    QString plan, service; ///< by which they are tested and enrolled
    bool isOpen = true;
    QString stationId;
    qint64 seq = 0; ///< the entry that opened it, took it up again, or closed it

    bool operator==(const Order &) const = default;
};

/// What has become of an order's units; each is counted once.
struct OrderTally {
    qint64 started = 0;
    qint64 passed = 0, failed = 0, inRepair = 0, scrapped = 0;
    QStringList missing; ///< serials of the first that are none of these: begun, and not decided

    bool operator==(const OrderTally &) const = default;
};

/// Lets a scan in only if it belongs to the order that the station works for. A value machine
/// without store or threads: it is asked at a scan's admission and hears of every verdict.
class OrderGate {
public:
    OrderGate() = default; ///< no order is open: everybody is let in as they are
    /// `passed`: the order's units that passed already; `isFirstDone`: one of them since the
    /// station took the order up, or the plan asks for no first piece.
    OrderGate(Order order, QSet<QString> passed, bool isFirstDone);

    /// The device with what the order says of it. Fault::Refused, its words beginning with
    /// "order: ", for another order's device, for one more than was ordered, and for a second one
    /// while the first piece is under test.
    [[nodiscard]] Result<Device> admit(const Device &device);
    void ended(const QString &serial, Verdict verdict);
    void left(const QString &serial); ///< it was let in, and not tested

private:
    Order m_order;
    QSet<QString> m_passed, m_running;
    bool m_isFirstDone = true;
};

} // namespace station
