// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "tpm/diagnosis.h"

/// An endorsement key as somebody sent it.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const auto seen = tpm::diagnose(fuzz::copy(bytes, size));
    fuzz::require(seen.key.has_value() == (seen.fitness != tpm::Diagnosis::Fitness::Refused));
    if (!seen.key) {
        fuzz::require(!seen.detail.isEmpty());
        return 0;
    }
    // What it makes of a key, in any form, is a key as DPS wants it.
    const auto again = tpm::diagnose(seen.key->base64());
    fuzz::require(again.fitness == tpm::Diagnosis::Fitness::Good && again.key == seen.key);
    return 0;
}
