// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "tpm/activation.h"
#include "tpm/templates.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 persistentSrk = 0x81000001;

/// The persisted storage root key, where the SDKs would take it, or a new one for this session.
tpm::Result<tpm::Object> storageKey(Context &context)
{
    const auto handles = persistentHandles(context);
    if (!handles)
        return std::unexpected(handles.error());
    if (handles->contains(persistentSrk))
        return context.session.readPublic(persistentSrk);
    return context.session.createPrimary(tpm::Hierarchy::Owner, tpm::storageArea());
}

tpm::Result<void> rehearse(Context &context)
{
    const auto storage = storageKey(context);
    if (!storage)
        return std::unexpected(storage.error());
    const auto &key = *context.examination.key;
    const auto done = tpm::rehearse(
        context.session, {key.reference, 0, key.publicArea}, *storage, context.random);
    if (!done || storage->handle == persistentSrk)
        return done;
    return context.session.flush(*storage);
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
