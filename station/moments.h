// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

namespace station {

/// Microseconds since 1970 UTC, microseconds of a clock that never steps, and whether UTC is
/// trusted.
struct Moments {
    enum class State { Synced, Unsynced, Unknown };
    qint64 utcUs = 0;
    qint64 monotonicUs = 0;
    State state = State::Unknown;
};

using Clock = std::function<Moments()>;
Moments systemClock();

/// For people: UTC, to the second.
QString isoTime(qint64 utcUs);

/// Words of the ledger's tables.
QString word(Moments::State state);

} // namespace station
