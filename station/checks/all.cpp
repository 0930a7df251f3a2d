// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"

#include "tpm/handles.h"
#include "tpm/templates.h"

namespace station {

/// What reads comes first, what the TPM must do for it later: a device that is not what it should
/// be is known before it has to work.
std::span<const Check *const> allChecks()
{
    static constexpr const Check *all[] = {
        &checks::presence,
        &checks::selftest,
        &checks::model,
        &checks::kind,
        &checks::advisories,
        &checks::capability,
        &checks::ownership,
        &checks::freeSlots,
        &checks::pcr,
        &checks::clock,
        &checks::random,
        &checks::key,
        &checks::wellformed,
        &checks::roca,
        &checks::certificate,
        &checks::credential,
        &checks::chain,
        &checks::supplier,
        &checks::fromTemplate,
        &checks::identity,
        &checks::uniqueness,
        &checks::challenge,
        &checks::rehearsal,
    };
    return all;
}

/// What takes away comes first: it makes room.
std::span<const Step> allSteps()
{
    static constexpr Step all[] = {
        {&checks::leaveClear, &LeaveRule::clear},
        {&checks::leaveIdentity, &LeaveRule::dropIdentity},
        {&checks::leaveEk, &LeaveRule::ek},
        {&checks::leaveSrk, &LeaveRule::srk},
    };
    return all;
}

tpm::Result<QList<quint32>> persistentHandles(Context &context)
{
    if (!context.persistent) {
        const auto read = context.session.handles(tpm::firstPersistent, tpm::lastPersistent);
        if (!read)
            return read;
        context.persistent = *read;
    }
    return *context.persistent;
}

tpm::Result<tpm::State> stateOf(Context &context)
{
    if (!context.state) {
        const auto read = tpm::readState(context.session);
        if (!read)
            return read;
        context.state = *read;
    }
    return *context.state;
}

tpm::Result<tpm::Object> storageKey(Context &context)
{
    if (!context.storage) {
        const auto handles = persistentHandles(context);
        if (!handles)
            return std::unexpected(handles.error());
        const auto key = handles->contains(tpm::storageHandle)
            ? context.session.readPublic(tpm::storageHandle)
            : context.session.createPrimary(tpm::Hierarchy::Owner, tpm::storageArea());
        if (!key)
            return key;
        context.storage = *key;
    }
    return *context.storage;
}

} // namespace station
