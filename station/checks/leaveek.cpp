// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/checks/leave.h"
#include "tpm/challenge.h"
#include "tpm/handles.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString limit = u"tcg-l1 at 0x81010001"_s;

/// The key that was examined goes where the SDKs look for it, and must prove itself there again.
tpm::Result<Judgement> persist(Context &context, tpm::EndorsementKey &key, const QString &measured)
{
    const auto kept = keep(context, {key.reference, 0, key.publicArea}, tpm::endorsementHandle);
    if (!kept)
        return std::unexpected(kept.error());
    key.handle = kept->handle;
    key.reference = kept->reference;
    const auto proven = tpm::provePossession(context.session, key, context.random);
    if (proven)
        return Judgement::good(measured, limit);
    const auto fault = proven.error().fault;
    if (fault != tpm::Fault::Refused && fault != tpm::Fault::Unsuitable)
        return std::unexpected(proven.error());
    return Judgement::bad(
        u"not proven: "_s + proven.error().detail, limit, u"possession-not-proven"_s);
}

tpm::Result<Judgement> judge(Context &context)
{
    auto &key = context.examination.key;
    if (!key)
        return Judgement::skipped(u"no key"_s);
    const bool isRight = key->source == tpm::Template::TcgL1;
    if (key->handle || !isRight)
        return Judgement::of(isRight,
            word(key->source) + (key->handle ? u", already there"_s : u", not persisted"_s), limit,
            u"ek-of-another-template"_s);
    if (!context.outgoing)
        return persist(context, *key, u"persisted"_s);
    if (const auto instead = announce(context, u"replace-ek"_s, {tpm::endorsementHandle}))
        return *instead;
    const auto evicted = context.session.evict(
        {context.outgoing->reference, tpm::endorsementHandle, context.outgoing->publicArea});
    if (!evicted)
        return std::unexpected(evicted.error());
    return persist(context, *key, u"persisted in place of another key"_s);
}

} // namespace

const Check checks::leaveEk{
    "leave-ek",
    "The endorsement key is persisted where every SDK finds it, so that all present the same one.",
    "TCG EK Credential Profile, B.3.3 Template L-1; TCG TPM 2.0 Provisioning Guidance, 7.8; "
    "azure-iot-sdk-c issue 2329",
    {u"ek-bound"_s, u"ek-of-another-template"_s, u"possession-not-proven"_s},
    nullptr,
    judge,
};

} // namespace station
