// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "tpm/properties.h"

#include <QList>
#include <QStringList>

namespace station {

/// A published weakness of some TPMs' firmware.
struct Advisory {
    /// Unknown: the vendor is named, but nothing is written of this firmware.
    enum class State { OtherVendor, Affected, Fixed, Unknown };

    QString id; ///< "CVE-2017-15361"
    QString manufacturer; ///< four characters, as tpm::Properties has them
    QStringList models; ///< vendor strings begin with one of these; empty: all
    QStringList affected, fixed; ///< FirmwareRange texts
    QString source; ///< where the versions were read

    [[nodiscard]] State judge(const tpm::Properties &properties) const;
    /// The same of what a record has kept of them.
    [[nodiscard]] State judge(
        const QString &maker, const QString &vendorString, const QString &firmware) const;

    bool operator==(const Advisory &) const = default;
};

/// Fault::Syntax, naming the row, for what is no list of advisories.
[[nodiscard]] Result<QList<Advisory>> parseAdvisories(const QByteArray &json);

/// The rows that the program carries with it.
[[nodiscard]] QList<Advisory> shippedAdvisories();

} // namespace station
