// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"

namespace upload {

/// How long to wait after `failures` in a row (1: the first): a table of growing waits with a cap,
/// each shortened at random by up to a half, so that many stations do not come back at once.
[[nodiscard]] std::chrono::milliseconds backoff(
    int failures, const station::Random &random = station::systemRandom);

/// Spreads work over time: a bucket that fills evenly, and may be overdrawn once.
class Pace {
public:
    explicit Pace(int perMinute);

    /// Zero: go now. Takes the time of a clock that never steps.
    [[nodiscard]] std::chrono::milliseconds wait(qint64 monotonicUs);
    void spend(qsizetype number);

private:
    double m_perUs;
    double m_most;
    double m_left;
    qint64 m_atUs = 0;
};

} // namespace upload
