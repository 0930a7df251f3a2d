// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "tpm/activation.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<void> rehearse(Context &context)
{
    const auto storage = storageKey(context);
    if (!storage)
        return std::unexpected(storage.error());
    const auto &key = *context.examination.key;
    return tpm::rehearse(
        context.session, {key.reference, 0, key.publicArea}, *storage, context.random);
}

tpm::Result<Judgement> judge(Context &context)
{
    if (!context.examination.key)
        return Judgement::skipped(u"no key"_s);
    const QString limit = u"the HMAC that the service expects"_s;
    const auto done = rehearse(context);
    if (done)
        return Judgement::good(u"attested"_s, limit);
    const auto fault = done.error().fault;
    if (fault != tpm::Fault::Refused && fault != tpm::Fault::Unsuitable)
        return std::unexpected(done.error());
    return Judgement::bad(
        u"not proven: "_s + done.error().detail, limit, u"possession-not-proven"_s);
}

} // namespace

const Check checks::rehearsal{
    "rehearsal",
    "The device can do the whole DPS attestation: activate, import, load and sign. Nothing stays.",
    "DPS TPM attestation; TPM 2.0 Part 1, 23.3 and 24",
    {u"possession-not-proven"_s},
    nullptr,
    judge,
};

} // namespace station
