// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    auto found = tpm::readEndorsementKey(context.session);
    if (!found)
        return std::unexpected(found.error());
    context.examination.key = *found;
    const bool rsa = found->type == tpm::EndorsementKey::Type::Rsa;
    return Judgement::of(rsa, rsa ? u"rsa"_s : u"ecc"_s, u"rsa"_s, u"ecc-not-for-dps"_s);
}

} // namespace

const Check checks::key{
    "key",
    "The endorsement key can be read, and is of the type that DPS knows.",
    "TCG EK Credential Profile, B.3; DPS TPM attestation",
    {u"ecc-not-for-dps"_s},
    nullptr,
    judge,
};

} // namespace station
