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
        &checks::kind,
        &checks::key,
        &checks::certificate,
        &checks::credential,
        &checks::chain,
        &checks::supplier,
        &checks::challenge,
    };
    return all;
}

} // namespace station
