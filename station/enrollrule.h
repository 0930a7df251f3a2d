// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/device.h"
#include "station/error.h"

#include <QJsonObject>
#include <QMap>

#include <optional>

namespace station {

class TomlTable;

/// When an enrollment may leave the ledger.
enum class Moment { Pass, Lot, Ship };
QString word(Moment moment);
std::optional<Moment> momentOf(QStringView word);

/// Sends some devices to a service of their own.
struct EnrollRoute {
    QString customer, order, product; ///< the device's, whole; empty: any, though not in all three
    QString service;

    [[nodiscard]] bool fits(const Device &device) const;

    bool operator==(const EnrollRoute &) const = default;
};

/// How a proven device is enrolled; texts may hold {placeholders}.
struct EnrollRule {
    QString registrationId;
    QString deviceId;
    QString service; ///< where no route fits; empty: this plan enrolls nothing
    QList<EnrollRoute> routes = {}; ///< the first that fits is taken
    Moment when = Moment::Pass;
    /// Else the enrollment is created disabled: at the pass, whatever `when` says. What waits for a
    /// lot or for shipment then is the word that enables it; with Moment::Pass that is another's.
    bool enabled = true;
    /// The further fields of the service's record, as the DPS service API (2021-10-01) names them:
    /// iotHubHostName, iotHubs, allocationPolicy, customAllocationDefinition, reprovisionPolicy,
    /// capabilities, initialTwin, optionalDeviceInformation.
    QJsonObject more = {};

    [[nodiscard]] QString serviceFor(const Device &device) const;
    [[nodiscard]] QStringList services() const; ///< all that may be named, each once
    [[nodiscard]] bool isEnabledLater() const { return !enabled && when != Moment::Pass; }

    bool operator==(const EnrollRule &) const = default;
};

/// A plan's [enroll]; complains there.
[[nodiscard]] EnrollRule readEnroll(TomlTable table);

/// Replaces each {name} in a text; an unknown name is Fault::Syntax.
[[nodiscard]] Result<QString> fill(const QString &text, const QMap<QString, QString> &values);
/// The same in every text of an object; names of fields stay.
[[nodiscard]] Result<QJsonObject> fill(
    const QJsonObject &object, const QMap<QString, QString> &values);

} // namespace station
