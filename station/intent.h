// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/device.h"

#include <QByteArray>
#include <QStringList>

namespace station {

/// What is about to be taken out of a TPM for good. An entry says so before it is done, so that a
/// station that dies in between leaves word.
struct Intent {
    QString action; ///< "replace-ek", "clear", "drop-identity"
    Device device = {};
    QString slot = {};
    QString ekSha256 = {}; ///< hex, of the key under examination
    QString losesEk = {}; ///< hex, of an EK that the TPM will not present any more; empty: none
    QStringList takes = {}; ///< handles and NV indices

    bool operator==(const Intent &) const = default;
};

/// The bytes that its entry keeps.
[[nodiscard]] QByteArray bodyOf(const Intent &intent);

} // namespace station
