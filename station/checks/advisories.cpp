// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/advisory.h"
#include "station/checks/all.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    QStringList affected, fixed, unknown;
    for (const Advisory &advisory : shippedAdvisories())
        switch (advisory.judge(*context.examination.properties)) {
        case Advisory::State::Affected:
            affected.append(advisory.id);
            break;
        case Advisory::State::Fixed:
            fixed.append(advisory.id);
            break;
        case Advisory::State::Unknown:
            unknown.append(advisory.id);
            break;
        case Advisory::State::OtherVendor:
            break;
        }
    const QString limit = u"no known weakness"_s;
    if (!affected.isEmpty())
        return Judgement::bad(
            u"affected by "_s + affected.join(u", "_s), limit, u"vulnerable-firmware"_s);
    // Never "safe": of a firmware that no row speaks of nothing is known.
    if (fixed.isEmpty() || !unknown.isEmpty())
        return Judgement::said(
            unknown.isEmpty() ? u"unknown"_s : u"unknown: "_s + unknown.join(u", "_s));
    return Judgement::good(u"fixed: "_s + fixed.join(u", "_s), limit);
}

} // namespace

const Check checks::advisories{
    "advisories",
    "The firmware is not among those whose weaknesses are published; what nobody wrote of is "
    "unknown.",
    "resources/tpm/advisories.json, each row with its source",
    {u"vulnerable-firmware"_s},
    nullptr,
    judge,
};

} // namespace station
