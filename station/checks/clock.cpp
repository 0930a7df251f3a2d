// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/toml.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString mostHours = u"hours"_s;

void limits(TomlTable &table, QVariantMap &limits)
{
    limits[mostHours] = table.number(mostHours, 0, 0, 1'000'000);
}

tpm::Result<Judgement> judge(Context &context)
{
    constexpr quint64 msPerHour = 3'600'000;
    const auto clock = context.session.readClock();
    if (!clock)
        return std::unexpected(clock.error());
    const QString measured = u"%1 h, %2 resets, %3"_s.arg(clock->clockMs / msPerHour)
                                 .arg(clock->resets)
                                 .arg(clock->isSafe ? u"safe"_s : u"not safe"_s);
    const quint64 most = context.limits.value(mostHours).toULongLong();
    if (most == 0)
        return Judgement::good(measured, u"it runs"_s);
    return Judgement::of(clock->clockMs <= most * msPerHour, measured, u"at most %1 h"_s.arg(most),
        u"tpm-is-used"_s);
}

} // namespace

const Check checks::clock{
    "clock",
    "The clock runs; with a limit, the TPM was not under power longer than a new one can have "
    "been.",
    "TPM 2.0 Part 1, 36 Timing Components; Part 3, 29.1 TPM2_ReadClock",
    {u"tpm-is-used"_s},
    limits,
    judge,
};

} // namespace station
