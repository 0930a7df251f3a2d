// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace station {

/// A place on the bench.
struct Slot {
    QString name;
    QString target; ///< TCTI string; see tpm::parseTarget
    /// Program and arguments that ask the unit who it is, through the channel of its target; empty:
    /// nobody asks.
    QStringList identity = {};

    bool operator==(const Slot &) const = default;
};

} // namespace station
