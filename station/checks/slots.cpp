// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/toml.h"
#include "tpm/handles.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString least = u"least"_s;
/// Endorsement key, storage root key and DPS identity key, where the SDKs look for them.
constexpr quint32 wanted[] = {tpm::endorsementHandle, tpm::storageHandle, tpm::identityHandle};

void limits(TomlTable &table, QVariantMap &limits)
{
    limits[least] = table.number(least, 0, 0, 64);
}

tpm::Result<Judgement> judge(Context &context)
{
    const auto handles = persistentHandles(context);
    if (!handles)
        return std::unexpected(handles.error());
    const auto state = stateOf(context);
    if (!state)
        return std::unexpected(state.error());
    const auto missing = static_cast<quint32>(std::ranges::count_if(
        wanted, [&handles](quint32 handle) { return !handles->contains(handle); }));
    const quint32 needed = std::max(missing, context.limits.value(least).toUInt());
    const QString limit = u"%1 free"_s.arg(needed);
    return Judgement::of(state->persistentFree >= needed,
        u"%1 free, %2 taken"_s.arg(state->persistentFree).arg(handles->size()), limit,
        u"no-free-slots"_s);
}

} // namespace

const Check checks::freeSlots{
    "slots",
    "There is room for the keys that the device will persist: EK, SRK and DPS identity.",
    "TPM 2.0 Part 2, 6.13 TPM_PT_HR_PERSISTENT_AVAIL; TCG Provisioning Guidance, 7.8",
    {u"no-free-slots"_s},
    limits,
    judge,
};

} // namespace station
