// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tally.h"

#include <algorithm>

namespace ui {

using station::Verdict;

namespace {

constexpr qint64 hourUs = 3'600'000'000LL;

} // namespace

void Tally::add(const Result &result)
{
    if (result.atUs - m_lastUs > pauseUs || result.atUs - m_sinceUs > longestUs) {
        *this = {};
        m_sinceUs = result.atUs;
    }
    m_lastUs = std::max(m_lastUs, result.atUs); // a clock that was set back begins no shift
    m_times.removeIf([&](qint64 atUs) { return m_lastUs - atUs >= hourUs; });
    m_times.append(result.atUs);
    const size_t serial = qHash(result.serial);
    const bool isRetest = result.attempt > 1 || m_seen.contains(serial);
    m_retests += isRetest ? 1 : 0;
    const bool isPass = result.verdict == Verdict::Pass;
    const bool isOfDevice = isPass || result.verdict == Verdict::Fail;
    m_passed += isPass ? 1 : 0;
    m_failed += result.verdict == Verdict::Fail ? 1 : 0;
    m_others += isOfDevice ? 0 : 1;
    // A timeout may be the device's: it counts against the first pass, as it is an attempt.
    if (!isOfDevice && result.verdict != Verdict::Timeout)
        return;
    if (!isRetest) {
        ++m_first;
        m_firstPassed += isPass ? 1 : 0;
    }
    m_seen.insert(serial);
}

std::optional<double> Tally::firstPassYield() const
{
    return m_first == 0 ? std::nullopt : std::optional(double(m_firstPassed) / m_first);
}

int Tally::lastHour(qint64 nowUs) const
{
    return static_cast<int>(std::ranges::count_if(
        m_times, [nowUs](qint64 atUs) { return atUs <= nowUs && nowUs - atUs < hourUs; }));
}

} // namespace ui
