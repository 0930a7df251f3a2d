// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"

namespace upload {

/// How long to wait after `failures` in a row (1: the first): a table of growing waits with a cap,
/// each shortened at random by up to a half, so that many stations do not come back at once.
[[nodiscard]] std::chrono::milliseconds backoff(
    int failures, const station::Random &random = station::systemRandom);

/// Spreads work over time: a bucket that fills evenly, and may be overdrawn once. It fills at the
/// quota until the service throttles, as one does whose limit is lower: then a third slower than
/// work went, from there steadily faster, up to the quota or to the next time (additive increase,
/// multiplicative decrease). All times are those of a clock that never steps.
class Pace {
public:
    explicit Pace(int perMinute);

    [[nodiscard]] std::chrono::milliseconds wait(qint64 monotonicUs); ///< zero: go now
    void spend(qsizetype number);
    [[nodiscard]] qsizetype room() const; ///< so much may be spent now
    void slow(qint64 monotonicUs); ///< the service has throttled
    [[nodiscard]] double perMinute() const { return m_perUs * 60e6; } ///< as it stands

private:
    void pass(qint64 monotonicUs);

    double m_ceilingPerUs;
    double m_perUs;
    double m_climb = 0; ///< by how much the rate grows in a microsecond
    double m_burstUs; ///< so much time's work may be saved up
    double m_left;
    double m_recent = 0; ///< spent of late; fades
    qint64 m_busyUs = 0; ///< how long `m_recent` has been gathered
    qint64 m_atUs = 0;
};

} // namespace upload
