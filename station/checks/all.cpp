// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"

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

tpm::Result<QList<quint32>> persistentHandles(Context &context)
{
    if (!context.persistent) {
        const auto read = context.session.handles(0x81000000, 0x81ffffff);
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

} // namespace station
