// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/clockwatch.h"

namespace station {

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace {

// What a time service puts right in one step is less; what people set is more.
constexpr microseconds step = minutes(5);
constexpr microseconds jump = hours(1);

std::unexpected<Error> doubtful(const QString &why)
{
    return std::unexpected(Error{Fault::Clock, why});
}

} // namespace

ClockWatch::ClockWatch(Clock clock, qint64 syncedUs, std::optional<hours> limit)
    : m_clock(std::move(clock)), m_begun(m_clock()), m_syncedUs(syncedUs), m_limit(limit)
{
}

Result<void> ClockWatch::check()
{
    if (!m_clock)
        return {};
    const Moments now = m_clock();
    if (now.state == Moments::State::Synced) { // a time service vouches for it, jump or not
        m_begun = now;
        m_syncedUs = now.utcUs;
        return {};
    }
    const qint64 counted = m_begun.utcUs + (now.monotonicUs - m_begun.monotonicUs);
    if (std::abs(now.utcUs - counted) > jump.count())
        return doubtful(
            u"clock: the station's clock says %1, by what the computer counts it is %2 (UTC); set it right, then start the station again"_s
                .arg(isoTime(now.utcUs), isoTime(counted)));
    const auto unsynced = duration_cast<hours>(microseconds(now.utcUs - m_syncedUs));
    if (m_limit && microseconds(now.utcUs - m_syncedUs) > *m_limit)
        return doubtful(
            u"clock: the station's clock says %1 (UTC) and was not synchronised for %2 h, the plan allows %3 h; start a time service such as chrony, and see that it reaches its server"_s
                .arg(isoTime(now.utcUs))
                .arg(unsynced.count())
                .arg(m_limit->count()));
    return {};
}

Result<void> checkAgainstRecords(const Moments &now, qint64 latestUs)
{
    if (latestUs - now.utcUs <= step.count())
        return {};
    return doubtful(
        u"the station's clock says %1, and its latest record is of %2 (UTC): the clock was set back, or was ahead before; set it right, or, where it is right now, say so: ledger clock --confirm --by PERSON"_s
            .arg(isoTime(now.utcUs), isoTime(latestUs)));
}

} // namespace station
