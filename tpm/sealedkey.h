// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/session.h"

namespace tpm {

/// Hands an HMAC key to a TPM, under its storage root key: from then on this TPM alone can use it,
/// and nobody can read it. Nothing stays in the TPM; what can be loaded again is the answer.
/// Keys of more than 64 bytes become their digest, which signs alike (RFC 2104, 2).
[[nodiscard]] Result<SealedKey> sealKey(Session &session, QByteArrayView key);

/// HMAC-SHA256 with such a key. Leaves nothing behind.
[[nodiscard]] Result<QByteArray> signSealed(
    Session &session, const SealedKey &key, const QByteArray &bytes);

/// Whether signSealed() failed because the key belongs to another TPM, or to this one before it was
/// cleared.
[[nodiscard]] bool isForeign(const Error &error);

} // namespace tpm
