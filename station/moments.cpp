// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/moments.h"

#include <QDateTime>

#include <sys/timex.h>
#include <time.h>

namespace station {

using namespace Qt::StringLiterals;

namespace {

qint64 microseconds(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return qint64{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
}

Moments::State synchronisation()
{
    timex kernel{}; // modes 0: only asks
    const int state = ::adjtimex(&kernel);
    if (state < 0)
        return Moments::State::Unknown;
    return state == TIME_ERROR || (kernel.status & STA_UNSYNC) != 0 ? Moments::State::Unsynced
                                                                    : Moments::State::Synced;
}

} // namespace

Moments systemClock()
{
    // CLOCK_BOOTTIME also counts a laptop's sleep, which CLOCK_MONOTONIC leaves out.
    return {microseconds(CLOCK_REALTIME), microseconds(CLOCK_BOOTTIME), synchronisation()};
}

QString isoTime(qint64 utcUs)
{
    return QDateTime::fromMSecsSinceEpoch(utcUs / 1000, Qt::UTC).toString(Qt::ISODate);
}

QString word(Moments::State state)
{
    switch (state) {
    case Moments::State::Synced:
        return u"synced"_s;
    case Moments::State::Unsynced:
        return u"unsynced"_s;
    case Moments::State::Unknown:
        break;
    }
    return u"unknown"_s;
}

} // namespace station
