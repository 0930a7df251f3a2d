// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "tpm/certificates.h"

/// The bytes of an NV index, as vendors fill it.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto der = tpm::cutCertificate(input);
    if (der) {
        fuzz::require(der->startsWith('\x30'));
        fuzz::require(input.contains(*der));
        fuzz::require(tpm::cutCertificate(*der) == der); // nothing is left to cut
    }
    return 0;
}
