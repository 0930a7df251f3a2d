// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "tpm/activation.h"

/// The authenticationKey that a provisioning service, or whoever stands in its place, sends.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto blob = tpm::parseActivation(input);
    if (!blob) {
        fuzz::require(blob.error().fault == tpm::Fault::Protocol);
        fuzz::require(blob.error().detail.size() < 400);
        return 0;
    }
    // Every byte belongs to one of the parts, and each part is what the TPM will be given.
    const auto again = tpm::parseActivation(blob->bytes());
    fuzz::require(again && *again == *blob);
    for (const QByteArray &part : {blob->idObject, blob->encryptedSecret, blob->duplicate,
             blob->encryptedSeed, blob->publicArea}) {
        fuzz::require(part.size() >= 2 && input.contains(part));
    }
    return 0;
}
