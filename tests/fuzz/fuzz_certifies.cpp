// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "tpm/certificates.h"
#include "tpm/endorsement.h"

/// A TPM2B_PUBLIC, then a certificate. Both come from the device, so neither can be trusted to
/// parse.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const qsizetype length = size < 2 ? 0 : qsizetype(bytes[0]) * 256 + bytes[1] + 2;
    const QByteArray publicArea = input.left(length);
    const QByteArray der = input.mid(length);

    auto key = tpm::parseEndorsementKey(publicArea);
    if (!key) { // certifies() must bear it all the same
        key = tpm::EndorsementKey{};
        key->publicArea = publicArea;
    }
    const bool vouches = tpm::certifies(der, *key);
    fuzz::require(!vouches || (!der.isEmpty() && !publicArea.isEmpty()));
    return 0;
}
