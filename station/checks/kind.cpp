// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    const tpm::Kind found = context.examination.properties->kind;
    return Judgement::of(
        found != tpm::Kind::Virtual, word(found), u"not virtual"_s, u"software-tpm"_s);
}

} // namespace

const Check checks::kind{
    "kind",
    "The TPM is a chip or a processor's firmware, not software that anybody can copy.",
    "TCG Vendor ID Registry; TPM 2.0 Part 2, 6.13 TPM_PT_MANUFACTURER",
    {u"software-tpm"_s},
    nullptr,
    judge,
};

} // namespace station
