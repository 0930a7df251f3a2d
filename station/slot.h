// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace station {

/// A place on the bench.
struct Slot {
    QString name;
    QString target; ///< TCTI string; see tpm::parseTarget

    bool operator==(const Slot &) const = default;
};

} // namespace station
