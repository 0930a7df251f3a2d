// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    auto properties = tpm::readProperties(context.session);
    if (!properties)
        return std::unexpected(properties.error());
    context.examination.properties = *properties;
    return Judgement::of(
        properties->family == u"2.0", u"TPM "_s + properties->family, u"TPM 2.0"_s, u"tpm-not-2"_s);
}

} // namespace

const Check checks::presence{
    "presence",
    "A TPM 2.0 is there, started, and answers.",
    "TPM 2.0 Part 2, 6.13 TPM_PT; Part 3, 9.3 TPM2_Startup",
    {u"tpm-not-2"_s},
    nullptr,
    judge,
};

} // namespace station
