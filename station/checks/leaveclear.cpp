// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/checks/leave.h"
#include "tpm/handles.h"
#include "tpm/templates.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

/// Whether this handle holds what this step, or the ones after it, put there again or take away.
tpm::Result<bool> isKnown(Context &context, quint32 handle)
{
    switch (handle) {
    case tpm::endorsementHandle:
        return context.leave.ek; // right already, or to be replaced
    case tpm::storageHandle: {
        const auto key = storageKey(context);
        if (!key)
            return std::unexpected(key.error());
        return context.leave.srk && tpm::isStorageKey(key->publicArea);
    }
    case tpm::identityHandle: {
        const auto key = context.session.readPublic(handle);
        if (!key)
            return std::unexpected(key.error());
        return context.leave.dropIdentity && tpm::isIdentityKey(key->publicArea);
    }
    default:
        return context.leave.allow.contains(handle);
    }
}

/// What the clear takes away, the owner's persistent objects and NV indices.
struct Loss {
    QList<quint32> all;
    QList<quint32> unknown; ///< of these, what the plan does not allow
};

tpm::Result<Loss> lossOf(Context &context)
{
    Loss loss;
    const auto persistent = persistentHandles(context);
    const auto indices = context.session.handles(tpm::firstNv, tpm::lastNv);
    if (!persistent || !indices)
        return std::unexpected(persistent ? indices.error() : persistent.error());
    for (const quint32 handle : *persistent) {
        if (handle >= tpm::firstPlatformPersistent)
            continue;
        loss.all.append(handle);
        const auto known = isKnown(context, handle);
        if (!known)
            return std::unexpected(known.error());
        if (!*known)
            loss.unknown.append(handle);
    }
    for (const quint32 index : *indices) {
        const auto owners = context.session.isOwnersNv(index);
        if (!owners)
            return std::unexpected(owners.error());
        if (*owners)
            loss.all.append(index);
        if (*owners && !context.leave.allow.contains(index))
            loss.unknown.append(index);
    }
    return loss;
}

/// The session's reference to the examined key, made anew; nothing where the TPM makes another.
tpm::Result<std::optional<quint32>> remade(Context &context, const tpm::EndorsementKey &key)
{
    const auto made = tpm::createEndorsementKey(context.session, tpm::Template::TcgL1);
    if (!made)
        return std::unexpected(made.error());
    const bool isSame = made->publicArea == key.publicArea;
    return isSame ? std::optional(made->reference) : std::nullopt;
}

tpm::Result<Judgement> clear(Context &context, tpm::EndorsementKey &key, const QString &limit)
{
    const auto storage = storageKey(context);
    if (!storage)
        return std::unexpected(storage.error());
    if (const auto cleared = context.session.clear(); !cleared)
        return std::unexpected(cleared.error());
    // What was known of the TPM's objects holds no longer.
    context.persistent.reset();
    context.storage.reset();
    context.outgoing.reset();
    const auto again = remade(context, key);
    if (!again)
        return std::unexpected(again.error());
    if (!*again)
        return Judgement::bad(u"another EK"_s, limit, u"ek-changed"_s);
    key.handle.reset();
    key.reference = **again;
    const auto fresh = storageKey(context);
    if (!fresh)
        return std::unexpected(fresh.error());
    return fresh->publicArea != storage->publicArea
        ? Judgement::good(u"cleared"_s, limit)
        : Judgement::bad(u"the same storage root key"_s, limit, u"clear-without-effect"_s);
}

tpm::Result<Judgement> judge(Context &context)
{
    const QString limit = u"same EK, new storage root key"_s;
    if (!context.examination.key)
        return Judgement::skipped(u"no key"_s);
    auto &key = *context.examination.key;
    if (key.source != tpm::Template::TcgL1)
        return Judgement::bad(word(key.source), limit, u"ek-of-another-template"_s);
    const auto loss = lossOf(context);
    if (!loss)
        return std::unexpected(loss.error());
    if (!loss->unknown.isEmpty()) {
        QStringList texts;
        for (const quint32 handle : loss->unknown)
            texts.append(handleText(handle));
        return Judgement::bad(
            u"not in the plan's allow: "_s + texts.join(u", "_s), limit, u"clear-would-lose"_s);
    }
    // A persisted key that the TPM cannot make again must not be lost.
    if (key.handle) {
        const auto again = remade(context, key);
        if (!again)
            return std::unexpected(again.error());
        if (!*again)
            return Judgement::bad(u"the TPM makes another EK"_s, limit, u"ek-changed"_s);
    }
    if (const auto instead = announce(context, u"clear"_s, loss->all))
        return *instead;
    return clear(context, key, limit);
}

} // namespace

const Check checks::leaveClear{
    "leave-clear",
    "TPM2_Clear leaves nothing of the owner's; the EK is the same afterwards, the storage root key "
    "new.",
    "TPM 2.0 Part 3, 24.6 TPM2_Clear; Part 1, 13.4",
    {u"clear-would-lose"_s, u"clear-without-effect"_s, u"ek-bound"_s, u"ek-changed"_s,
        u"ek-of-another-template"_s},
    nullptr,
    judge,
};

} // namespace station
