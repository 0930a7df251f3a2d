// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"
#include "tpm/random.h"

namespace tpm {

class Session;
struct Object;

/// A DPS `authenticationKey` taken apart: an HMAC key for one storage root key, and the secret that
/// only one endorsement key releases (TCG Part 1, 23.3 and 24).
struct ActivationBlob {
    QByteArray idObject; ///< TPM2B_ID_OBJECT
    QByteArray encryptedSecret; ///< TPM2B_ENCRYPTED_SECRET, to the EK
    QByteArray duplicate; ///< TPM2B_PRIVATE
    QByteArray encryptedSeed; ///< TPM2B_ENCRYPTED_SECRET, to the SRK
    QByteArray publicArea; ///< TPM2B_PUBLIC of the HMAC key
    QByteArray trailer; ///< what follows, without its size; no client needs it

    [[nodiscard]] QByteArray bytes() const; ///< as it stands on the wire

    bool operator==(const ActivationBlob &) const = default;
};

/// What the SRK imports, wrapped (TCG Part 1, 23.3.2). Split off because all of it is
/// deterministic.
struct Duplicate {
    QByteArray publicArea; ///< TPM2B_PUBLIC
    QByteArray privateArea; ///< TPM2B_PRIVATE, in both wrappers

    bool operator==(const Duplicate &) const = default;
};

/// An HMAC-SHA256 key as a duplicate under a SHA-256 parent with AES-128. `obfuscation` and `seed`
/// are 32 bytes, `inner` exactly 16: the SDKs know no other size.
[[nodiscard]] Result<Duplicate> wrapDuplicate(const QByteArray &hmacKey,
    const QByteArray &obfuscation, const QByteArray &inner, const QByteArray &seed);

/// The service's side: `hmacKey` (1 to 64 bytes) for the TPM that holds both keys (each a
/// TPM2B_PUBLIC). Fault::Protocol or Unsuitable for keys that cannot be an EK and an SRK.
[[nodiscard]] Result<ActivationBlob> makeActivation(const QByteArray &endorsementArea,
    const QByteArray &storageArea, const QByteArray &hmacKey, const Random &random);

/// Fault::Protocol for anything but one whole blob.
[[nodiscard]] Result<ActivationBlob> parseActivation(const QByteArray &bytes);

/// The device's side: activates, imports and loads; the HMAC key is this session's, to be used,
/// persisted or flushed.
[[nodiscard]] Result<Object> activate(
    Session &session, const Object &endorsement, const Object &storage, const ActivationBlob &blob);

/// The whole attestation once, with a key of the station's own: the TPM must sign as the service
/// would expect. Leaves nothing behind. Fault::Refused or Unsuitable: possession is not proven.
[[nodiscard]] Result<void> rehearse(
    Session &session, const Object &endorsement, const Object &storage, const Random &random);

} // namespace tpm
