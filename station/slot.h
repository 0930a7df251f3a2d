// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <chrono>

namespace station {

/// A command of the factory's at one moment of an examination.
struct Hook {
    QStringList command = {}; ///< program and arguments; empty: nothing happens
    std::chrono::seconds deadline{60};

    bool operator==(const Hook &) const = default;
};

/// What brings a unit to life on its slot, and to rest again.
struct Hooks {
    Hook before; ///< ends when the unit has started
    Hook after; ///< whatever was found
    Hook stop; ///< in the place of `after` where somebody stopped the examination

    bool operator==(const Hooks &) const = default;
};

/// A place on the bench.
struct Slot {
    QString name;
    QString target; ///< TCTI string; see tpm::parseTarget
    /// Program and arguments that ask the unit who it is, through the channel of its target; empty:
    /// nobody asks.
    QStringList identity = {};
    Hook serial = {{},
        std::chrono::seconds{
            10}}; ///< prints the serial of a unit that has just arrived; empty: it is scanned
    Hooks hooks = {};
    QString prompt = {}; ///< what a person does before each examination; empty: nothing
    QString network = {}; ///< the namespace in which the unit is reached; empty: the station's own

    bool operator==(const Slot &) const = default;
};

} // namespace station
