// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/toml.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString mayLockoutAuth = u"lockout_auth"_s;
const QString mayClearDisabled = u"clear_disabled"_s;
const QString mostFailures = u"failures"_s;

void limits(TomlTable &table, QVariantMap &limits)
{
    limits[mayLockoutAuth] = table.truth(mayLockoutAuth, false);
    limits[mayClearDisabled] = table.truth(mayClearDisabled, false);
    limits[mostFailures] = table.number(mostFailures, 0xffffffff, 0, 0xffffffff);
}

/// What somebody has set, in the order in which it hinders.
QStringList traces(const tpm::State &state, const QVariantMap &limits)
{
    QStringList found;
    if (state.ownerAuthSet)
        found.append(u"owner password set"_s);
    if (state.endorsementAuthSet)
        found.append(u"endorsement password set"_s);
    if (state.lockoutAuthSet && !limits.value(mayLockoutAuth).toBool())
        found.append(u"lockout password set"_s);
    if (state.clearDisabled && !limits.value(mayClearDisabled).toBool())
        found.append(u"clear disabled"_s);
    return found;
}

tpm::Result<Judgement> judge(Context &context)
{
    const auto state = stateOf(context);
    if (!state)
        return std::unexpected(state.error());
    const QString limit = u"as it left its maker"_s;
    const QStringList owned = traces(*state, context.limits);
    QStringList disabled;
    if (!state->ownerEnabled)
        disabled.append(u"owner hierarchy disabled"_s);
    if (!state->endorsementEnabled)
        disabled.append(u"endorsement hierarchy disabled"_s);
    const bool tooMany =
        state->lockoutCounter > context.limits.value(mostFailures, 0xffffffffU).toUInt();
    QStringList all = owned + disabled;
    if (state->inLockout)
        all.prepend(u"in lockout"_s);
    if (state->inLockout || tooMany)
        all.append(u"%1 of %2 failures"_s.arg(state->lockoutCounter).arg(state->lockoutMost));
    if (all.isEmpty() && state->lockoutCounter > 0) // who packs it compares
        return Judgement::good(
            u"unowned, %1 of %2 failures"_s.arg(state->lockoutCounter).arg(state->lockoutMost),
            limit);
    if (all.isEmpty())
        return Judgement::good(u"unowned"_s, limit);
    const QString advice = !owned.isEmpty() ? u"tpm-owned"_s
        : !disabled.isEmpty()               ? u"hierarchy-disabled"_s
                                            : u"tpm-in-lockout"_s;
    return Judgement::bad(all.join(u", "_s), limit, advice);
}

} // namespace

const Check checks::ownership{
    "ownership",
    "Nobody owns the TPM: no password is set, nothing is disabled, and it is not locked.",
    "TPM 2.0 Part 2, 8.6 TPMA_PERMANENT and 8.7 TPMA_STARTUP_CLEAR; Part 1, 19.8 Lockout",
    {u"tpm-owned"_s, u"hierarchy-disabled"_s, u"tpm-in-lockout"_s},
    limits,
    judge,
};

} // namespace station
