// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/backoff.h"

#include <array>

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

Pace::Pace(int perMinute)
    : m_perUs(std::max(perMinute, 1) / 60e6), m_most(std::max(perMinute, 1) / 4.0), m_left(m_most)
{
}

std::chrono::milliseconds Pace::wait(qint64 monotonicUs)
{
    if (m_atUs > 0) {
        const auto passed = static_cast<double>(std::max<qint64>(0, monotonicUs - m_atUs));
        m_left = std::min(m_most, m_left + passed * m_perUs);
    }
    m_atUs = monotonicUs;
    if (m_left > 0) {
        return 0ms;
    }
    return std::chrono::milliseconds(static_cast<qint64>(-m_left / m_perUs / 1000) + 1);
}

void Pace::spend(qsizetype number)
{
    m_left -= static_cast<double>(number);
}

} // namespace upload
