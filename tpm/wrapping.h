// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"
#include "tpm/random.h"

namespace tpm {

struct PublicArea;

/// A seed that a key's owner alone can learn, and the TPM2B_ENCRYPTED_SECRET that tells it.
struct SharedSeed {
    QByteArray seed, secret;
    bool operator==(const SharedSeed &) const = default;
};

/// A seed for a storage or endorsement key, RSA (OAEP) or ECC (one-pass ECDH); `label` is
/// "IDENTITY" or "DUPLICATE" (TCG Part 1, B.10 and C.6).
[[nodiscard]] Result<SharedSeed> shareSeed(
    const PublicArea &area, const QByteArray &label, const Random &random);

/// Encrypted and made tamper-proof under a seed, bound to an object's name: a TPM2B (TCG Part 1,
/// 23.3.2.3 and 24.4). All of it is deterministic.
[[nodiscard]] Result<QByteArray> wrapOuter(const QByteArray &seed, quint16 nameAlg, int aesBits,
    const QByteArray &objectName, const QByteArray &plain);

/// AES-CFB with a zero IV, as the TPM uses it for wrapping; keys of 16 or 32 bytes.
[[nodiscard]] Result<QByteArray> encryptCfb(const QByteArray &key, const QByteArray &plain);

/// A TPM2B: u16 size, then the bytes.
[[nodiscard]] QByteArray sized(const QByteArray &bytes);

} // namespace tpm
