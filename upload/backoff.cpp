// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/backoff.h"

#include <array>
#include <cmath>

namespace upload {

using namespace std::chrono_literals;

namespace {

constexpr std::array<std::chrono::milliseconds, 6> waits{1s, 2s, 5s, 15s, 30s, 60s};

} // namespace

std::chrono::milliseconds backoff(int failures, const station::Random &random)
{
    const auto last = static_cast<int>(waits.size()) - 1;
    const auto whole = waits.at(static_cast<size_t>(std::clamp(failures - 1, 0, last)));
    const QByteArray bytes = random(1);
    const int share = bytes.isEmpty() ? 0 : static_cast<unsigned char>(bytes.front());
    return whole - whole * share / 510;
}

namespace {

constexpr double burstUs = 15e6; // a quota of a minute bears a quarter of it at once
constexpr double burstOnceThrottledUs = 1e6; // that service counts closely
constexpr double fadeUs = 10e6;
constexpr double leastBusyUs = 1e6;
constexpr double slowerBy = 0.7;
constexpr double climbUs = 100e6; // half a minute later the pace of the last throttling is back
constexpr double leastShare = 0.01; // of the quota; less would look like standing still

} // namespace

Pace::Pace(int perMinute)
    : m_ceilingPerUs(std::max(perMinute, 1) / 60e6), m_perUs(m_ceilingPerUs), m_burstUs(burstUs),
      m_left(m_perUs * m_burstUs)
{
}

void Pace::pass(qint64 monotonicUs)
{
    const qint64 passedUs = m_atUs > 0 ? std::max<qint64>(0, monotonicUs - m_atUs) : 0;
    m_atUs = monotonicUs;
    const auto passed = static_cast<double>(passedUs);
    m_perUs = std::min(m_ceilingPerUs, m_perUs + m_climb * passed);
    m_left = std::min(m_perUs * m_burstUs, m_left + passed * m_perUs);
    m_recent *= std::exp(-passed / fadeUs);
    m_busyUs = m_recent < 1 ? 0 : m_busyUs + passedUs; // idle: what comes next is measured anew
}

std::chrono::milliseconds Pace::wait(qint64 monotonicUs)
{
    pass(monotonicUs);
    if (m_left > 0) {
        return 0ms;
    }
    return std::chrono::milliseconds(static_cast<qint64>(-m_left / m_perUs / 1000) + 1);
}

void Pace::spend(qsizetype number)
{
    m_left -= static_cast<double>(number);
    m_recent += static_cast<double>(number);
}

qsizetype Pace::room() const
{
    return static_cast<qsizetype>(std::ceil(std::max(m_left, 0.0)));
}

void Pace::slow(qint64 monotonicUs)
{
    pass(monotonicUs);
    const double gatheredUs =
        fadeUs * (1 - std::exp(-std::max(static_cast<double>(m_busyUs), leastBusyUs) / fadeUs));
    const double went = std::max(m_recent / gatheredUs, m_ceilingPerUs * leastShare);
    const double base = std::min(m_perUs, went);
    m_perUs = base * slowerBy;
    m_climb = base / climbUs;
    m_burstUs = burstOnceThrottledUs;
    m_left = std::min(m_left, 1.0); // one finds out whether it goes on
}

} // namespace upload
