// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace station {

/// A command that a scanner types into the scan field: "*EK:STOP*", "*EK:STOP:SLOT*", "*EK:GO*",
/// "*EK:DONE:SLOT*", "*EK:RELEASE*". No serial can begin as they do, whatever a plan says of
/// serials: Line::check() refuses it.
struct Cue {
    enum class Kind {
        Stop,
        GoOn,
        Done, ///< what a slot's prompt asks
        Release, ///< of the lot that the line works on
        Unknown
    };

    Kind kind = Kind::Unknown;
    QString slot; ///< of Done and Stop; empty: all that run

    bool operator==(const Cue &) const = default;
};

/// Nothing for what is no command; Kind::Unknown for one that begins as they do.
[[nodiscard]] std::optional<Cue> cueOf(const QString &scan);
/// As it is printed.
[[nodiscard]] QString textOf(const Cue &cue);

} // namespace station
