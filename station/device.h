// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

namespace station {

/// What stands on a slot: a unit with its label's serial, around a board that bears the TPM.
struct Device {
    QString serial;
    QString boardSerial;
    QString order;
    QString customer;
    QString product;
    QMap<QString, QString> facts; ///< what else admission told, usable as {placeholders}

    bool operator==(const Device &) const = default;
};

} // namespace station
