// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"
#include "tpm/random.h"

namespace tpm {

class Session;
struct EndorsementKey;

/// A credential wrapped so that only one object under one key can release it (TCG Part 1, 24).
struct Credential {
    QByteArray idObject; ///< TPM2B_ID_OBJECT
    QByteArray encryptedSecret; ///< TPM2B_ENCRYPTED_SECRET
    bool operator==(const Credential &) const = default;
};

/// The symmetric half of TPM2_MakeCredential for a key whose name algorithm and AES size are given:
/// the TPM2B_ID_OBJECT. Split off because all of it is deterministic.
[[nodiscard]] Result<QByteArray> wrapCredential(const QByteArray &seed, quint16 nameAlg,
    int aesBits, const QByteArray &objectName, const QByteArray &credential);

/// TPM2_MakeCredential in software, for an RSA or ECC endorsement key (TPM2B_PUBLIC).
[[nodiscard]] Result<Credential> makeCredential(const QByteArray &keyArea,
    const QByteArray &objectName, const QByteArray &credential, const Random &random);

/// The TPM proves that it holds the private half of the key: it must release a nonce of 32 bytes.
/// Fault::Refused or Unsuitable: possession is not proven, whatever the response code says.
[[nodiscard]] Result<void> provePossession(
    Session &session, const EndorsementKey &key, const Random &random);

} // namespace tpm
