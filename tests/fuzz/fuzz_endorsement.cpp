// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "tpm/endorsement.h"

/// A TPM's answer, or an EK that somebody sent: any bytes.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto key = tpm::parseEndorsementKey(input);
    if (key) {
        // What is enrolled must be what the TPM said, not a reading of it.
        fuzz::require(key->publicArea == input);
        fuzz::require(QByteArray::fromBase64(key->base64()) == input);
        fuzz::require(key->sha256().size() == 32);
        fuzz::require(key->registrationId().size() == 52);
        fuzz::require(tpm::parseEndorsementKey(key->publicArea) == key);
    }
    return 0;
}
