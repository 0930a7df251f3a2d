// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/challenge.h"
#include "station/checks/all.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    const auto &key = context.examination.key;
    if (!key)
        return Judgement::said(u"no key to challenge"_s);
    const auto proven = tpm::provePossession(context.session, *key, context.random);
    if (proven)
        return Judgement::good(u"proven"_s, u"the nonce comes back"_s);
    const auto fault = proven.error().fault;
    if (fault != tpm::Fault::Refused && fault != tpm::Fault::Unsuitable)
        return std::unexpected(proven.error());
    return Judgement::bad(u"not proven: "_s + proven.error().detail, u"the nonce comes back"_s,
        u"possession-not-proven"_s);
}

} // namespace

const Check checks::challenge{
    "challenge",
    "The TPM holds the private half of its endorsement key.",
    "TPM 2.0 Part 1, 24 Credential Protection; Part 3, 12.5 TPM2_ActivateCredential",
    {u"possession-not-proven"_s},
    nullptr,
    judge,
};

} // namespace station
