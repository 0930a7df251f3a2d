// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/checks/leave.h"
#include "tpm/handles.h"
#include "tpm/templates.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    const QString limit = u"nothing at 0x81000100"_s;
    const auto before = persistentHandles(context);
    if (!before)
        return std::unexpected(before.error());
    if (!before->contains(tpm::identityHandle))
        return Judgement::good(u"none"_s, limit);
    const auto key = context.session.readPublic(tpm::identityHandle);
    if (!key)
        return std::unexpected(key.error());
    // Only what DPS has sent is ours to take away.
    if (!tpm::isIdentityKey(key->publicArea))
        return Judgement::bad(u"another key at 0x81000100"_s, limit, u"handle-taken"_s);
    if (const auto instead = announce(context, u"drop-identity"_s, {tpm::identityHandle}))
        return *instead;
    if (const auto evicted = context.session.evict(*key); !evicted)
        return std::unexpected(evicted.error());
    context.persistent.reset();
    const auto after = persistentHandles(context);
    if (!after)
        return std::unexpected(after.error());
    return Judgement::of(!after->contains(tpm::identityHandle), u"an earlier one taken away"_s,
        limit, u"handle-taken"_s);
}

} // namespace

const Check checks::leaveIdentity{
    "leave-identity",
    "No identity key of an earlier registration is left.",
    "DPS TPM attestation: the key that the service sends, at 0x81000100 in its SDKs",
    {u"handle-taken"_s},
    nullptr,
    judge,
};

} // namespace station
