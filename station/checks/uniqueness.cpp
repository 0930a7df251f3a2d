// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    const auto &key = context.examination.key;
    if (!key || !context.subject.ledger)
        return Judgement::skipped(key ? u"no ledger is asked"_s : u"no key"_s);
    const auto conflicts = context.subject.ledger(context.subject.device, *key);
    if (!conflicts) {
        context.trouble = Trouble{u"ledger"_s, conflicts.error().detail};
        return Judgement::skipped({});
    }
    if (conflicts->isEmpty())
        return Judgement::good(u"not seen with another serial"_s, u"one device per EK"_s);
    const Finding &first = conflicts->first();
    return Judgement::bad(first.measured, first.limit, first.advice);
}

} // namespace

const Check checks::uniqueness{
    "uniqueness",
    "No other device has this key, and this serial had no other; the ledger decides once more when "
    "it records.",
    "DPS individual enrollments: one endorsement key, one registration",
    {u"duplicate-ek"_s, u"duplicate-ek-elsewhere"_s, u"duplicate-registration"_s,
        u"new-ek-needs-release"_s, u"scrapped"_s},
    nullptr,
    judge,
};

} // namespace station
