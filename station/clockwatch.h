// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "station/moments.h"

#include <chrono>
#include <optional>

namespace station {

/// What a station's clock has said to its ledger; all 0 where it was never asked.
struct ClockSaid {
    qint64 latestUs = 0; ///< of its entries since somebody confirmed the clock
    qint64 syncedUs = 0; ///< when it was last seen synchronised, or first seen at all

    bool operator==(const ClockSaid &) const = default;
};

/// Whether a line may trust its clock: records, certificates and credentials are judged by it.
/// Asked before each examination.
class ClockWatch {
public:
    ClockWatch() = default; ///< trusts every clock
    /// `syncedUs`: when the ledger last saw the clock synchronised; `limit`: how long it may run
    /// without, none: for ever.
    ClockWatch(Clock clock, qint64 syncedUs, std::optional<std::chrono::hours> limit);

    /// Fault::Clock: it has jumped against what the computer counts by itself, or has run for
    /// longer than the plan allows without being synchronised.
    [[nodiscard]] Result<void> check();

private:
    Clock m_clock;
    Moments m_begun;
    qint64 m_syncedUs = 0;
    std::optional<std::chrono::hours> m_limit;
};

/// Before a line begins, with the latest time of its records: Fault::Clock where the clock says an
/// earlier one.
[[nodiscard]] Result<void> checkAgainstRecords(const Moments &now, qint64 latestUs);

} // namespace station
