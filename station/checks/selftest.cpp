// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "tpm/error.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    const auto result = context.session.selfTest();
    if (!result)
        return std::unexpected(result.error());
    return Judgement::of(*result == 0, *result == 0 ? u"passed"_s : tpm::decode(*result),
        u"passed"_s, u"self-test-failed"_s);
}

} // namespace

const Check checks::selftest{
    "selftest",
    "The TPM tests all of itself and finds nothing wrong.",
    "TPM 2.0 Part 3, 10.2 TPM2_SelfTest and 10.4 TPM2_GetTestResult",
    {u"self-test-failed"_s},
    nullptr,
    judge,
};

} // namespace station
