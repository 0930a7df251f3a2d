// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/verdict.h"

#include <QList>
#include <QSet>
#include <QString>
#include <optional>

namespace ui {

/// What a shift has done so far. A shift begins with the first examination after a long pause, so
/// that it outlives a restart, and nobody has to say when it begins.
class Tally {
public:
    /// Of examinations in the order in which they were recorded. `attempt` is the record's.
    struct Result {
        QString serial;
        station::Verdict verdict = station::Verdict::Error;
        int attempt = 1;
        qint64 atUs = 0; ///< UTC
    };
    static constexpr qint64 pauseUs = 2 * 3'600'000'000LL; ///< longer than this: a new shift
    static constexpr qint64 longestUs = 12 * 3'600'000'000LL; ///< no shift is longer

    void add(const Result &result);

    [[nodiscard]] qint64 sinceUs() const { return m_sinceUs; } ///< 0: nothing was examined
    [[nodiscard]] qint64 lastUs() const { return m_lastUs; }
    [[nodiscard]] int passed() const { return m_passed; }
    [[nodiscard]] int failed() const { return m_failed; } ///< the device
    [[nodiscard]] int others() const { return m_others; } ///< the station, time, or somebody's Stop
    [[nodiscard]] int retests() const { return m_retests; }
    /// Of the devices whose first examination ended with a word about them: how many passed it, in
    /// parts of one; none: there is no such device.
    [[nodiscard]] std::optional<double> firstPassYield() const;
    /// Examinations that ended within the hour before this moment.
    [[nodiscard]] int lastHour(qint64 nowUs) const;

private:
    qint64 m_sinceUs = 0, m_lastUs = 0;
    int m_passed = 0, m_failed = 0, m_others = 0, m_retests = 0;
    int m_first = 0, m_firstPassed = 0;
    QSet<size_t> m_seen; ///< hashes of serials with a word about them: a shift has thousands
    QList<qint64> m_times; ///< of the last hour of the shift
};

} // namespace ui
