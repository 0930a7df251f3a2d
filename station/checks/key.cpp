// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/knowledge.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

/// A station that replaced its own key, or enrolled it, would not know itself afterwards.
bool isStationsOwn(const Context &context, const tpm::EndorsementKey &key)
{
    const auto &knowledge = context.subject.knowledge;
    return knowledge && knowledge->ownKey == key.publicArea && context.subject.intend
        && context.leave.writes();
}

/// Where another key may give way, all checks look at the one that comes in its place: what is
/// proven of that holds before anything is taken away.
tpm::Result<tpm::EndorsementKey> rightful(Context &context, const tpm::EndorsementKey &found)
{
    if (!found.handle || !context.leave.replace || !context.subject.intend)
        return found;
    auto key = tpm::createEndorsementKey(context.session, tpm::Template::TcgL1);
    if (!key)
        return key;
    if (key->publicArea != found.publicArea) {
        context.outgoing = found;
        return key;
    }
    if (const auto flushed = context.session.flush({key->reference, 0, {}}); !flushed)
        return std::unexpected(flushed.error());
    key->handle = found.handle;
    key->reference = found.reference;
    return key;
}

tpm::Result<Judgement> judge(Context &context)
{
    const auto read = tpm::readEndorsementKey(context.session);
    if (!read)
        return std::unexpected(read.error());
    if (isStationsOwn(context, *read)) {
        context.trouble = Trouble{u"own-tpm"_s, context.subject.target};
        return Judgement::skipped({});
    }
    const auto found = rightful(context, *read);
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
