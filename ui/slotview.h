// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/examination.h"

namespace ui {

/// What a person has to tell apart on a slot; each has a word, a shape and a colour of its own.
enum class SlotState {
    Empty, ///< no device
    Ready, ///< a device, and nobody has said which
    Waiting, ///< scanned; the factory's system is asked
    Running,
    Stopping, ///< asked to end, and not ended yet
    Pass,
    Fail,
    Error,
    Timeout,
    Aborted,
};

[[nodiscard]] SlotState slotStateOf(station::Verdict verdict);

/// One slot as its tile shows it.
struct SlotView {
    QString slot;
    QString serial;
    SlotState state = SlotState::Empty;
    int step = 0; ///< the check that runs
    int steps = 0;
    QString check;
    int secondsLeft = 0; ///< until its end, as the last ones took; 0: nobody knows
    int attempt = 0; ///< 0: unknown
    int attempts = 0; ///< that the plan allows; 0: no limit
    bool isHeld = false; ///< it has passed, and waits for its release
    QString prompt; ///< what has to be done before the test begins; empty: nothing
    QString what; ///< what was found, in one line
    QString next; ///< what the operator does now

    bool operator==(const SlotView &) const = default;
};

} // namespace ui
