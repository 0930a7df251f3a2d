// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <optional>

namespace station {

/// What the outside world is to be told.
enum class DeliveryKind { Enroll, Enable, Disable, Delete, Report };

/// Where a delivery stands; the same words in JSON, on screens and in exports.
enum class DeliveryState {
    Held,
    Pending,
    Sent,
    Acknowledged,
    Confirmed,
    Rejected,
    Conflict,
    Withdrawn
};

QString word(DeliveryKind kind);
QString word(DeliveryState state);
std::optional<DeliveryKind> deliveryKindOf(QStringView word);
std::optional<DeliveryState> deliveryStateOf(QStringView word);

/// What the ledger is handed at commit: frozen bytes for one destination. `key` orders operations.
struct Payload {
    QString destination; ///< the service's name in station.toml
    QString key; ///< the registrationId, lower case
    QByteArray body;

    bool operator==(const Payload &) const = default;
};

/// Where reports of examinations go. No service may be called so.
[[nodiscard]] QString reportDestination();

/// One row of the delivery table.
struct Delivery {
    qint64 id = 0;
    QString stationId;
    qint64 seq = 0; ///< the entry it belongs to
    DeliveryKind kind = DeliveryKind::Enroll;
    Payload payload;
    DeliveryState state = DeliveryState::Pending;
    int attempts = 0;
    qint64 nextAtUs = 0; ///< UTC microseconds; not before
    int serviceCode = 0;
    QString serviceText;

    bool operator==(const Delivery &) const = default;
};

/// What became of a leased delivery. Pending: give it back, to be tried again at nextAtUs. Sent:
/// give it back at once, to be read back before it is sent again.
struct Settlement {
    qint64 id = 0;
    DeliveryState state = DeliveryState::Pending;
    qint64 nextAtUs = 0;
    int serviceCode = 0;
    QString serviceText;

    bool operator==(const Settlement &) const = default;
};

/// How many deliveries stand in each state that matters to a person.
struct DeliveryCounts {
    qint64 held = 0, pending = 0, sent = 0, acknowledged = 0, confirmed = 0, rejected = 0,
           conflict = 0, withdrawn = 0;

    bool operator==(const DeliveryCounts &) const = default;
};

} // namespace station
