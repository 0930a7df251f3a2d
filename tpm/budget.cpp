// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/budget.h"

#include <tss2/tss2_tpm2_types.h>

namespace tpm {

std::chrono::milliseconds Budget::of(quint32 code) const
{
    switch (code) {
    case TPM2_CC_CreatePrimary:
    case TPM2_CC_Create:
    case TPM2_CC_SelfTest:
    case TPM2_CC_Clear:
        return creation;
    default:
        return command;
    }
}

} // namespace tpm
