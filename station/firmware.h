// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>
#include <optional>

namespace station {

/// A range of firmware versions as people write it: "7.85" (that one, whatever follows),
/// "7.40-7.61" (both included) or "7.62-" (from there on, inside the same major version, because
/// vendors number their product lines by it).
struct FirmwareRange {
    QList<int> first;
    QList<int> last; ///< empty: open

    /// `version` is tpm::Properties::firmware().
    [[nodiscard]] bool contains(const QString &version) const;

    bool operator==(const FirmwareRange &) const = default;
};

/// Nothing for a text that is no range.
[[nodiscard]] std::optional<FirmwareRange> parseFirmwareRange(const QString &text);

/// Whether one of the ranges holds the version; a text that is no range holds none.
[[nodiscard]] bool isInOne(const QString &version, const QStringList &ranges);

} // namespace station
