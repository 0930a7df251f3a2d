// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/endorsement.h"

namespace tpm {

/// The TPMT_PUBLIC of a TCG template (EK Credential Profile, B.3) or of the Azure C SDK's key;
/// empty for NvTemplate and Unknown.
[[nodiscard]] QByteArray templateArea(Template source);

/// What a persisted key's public area tells of its template. A low-range RSA key looks the same
/// whether `unique` was empty or 256 zeros, so that such a key is Unknown until it is derived anew.
[[nodiscard]] Template likelyTemplate(const QByteArray &publicArea);

/// The storage root key that the Azure SDKs make: RSA-2048, `unique` of 256 zeros (TCG TPM 2.0
/// Provisioning Guidance, 7.5.1).
[[nodiscard]] QByteArray storageArea();

/// The DPS identity key: an HMAC-SHA256 key that was made outside of the TPM (0x00040440: sign,
/// noDA, userWithAuth). Neither fixedTPM nor fixedParent: such a key could not be imported.
[[nodiscard]] QByteArray identityArea(const QByteArray &unique);

/// A service's key that this TPM keeps: HMAC-SHA256, made with a secret from outside (0x00040452:
/// fixedTPM, fixedParent, sign, noDA, userWithAuth; no sensitiveDataOrigin). TPM2_Create allows
/// fixedTPM for such a secret, TPM2_Import would not (TCG Part 3, 12.1 and 13.3).
[[nodiscard]] QByteArray sealedKeyArea();

/// The key that TPM2_ActivateCredential names: an HMAC key in the null hierarchy, made without key
/// generation (0x00040472: fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA, sign).
[[nodiscard]] QByteArray challengeArea();

/// Whether a key (TPM2B_PUBLIC) has type, attributes, policy and parameters of a template. TcgL1
/// and SdkEmptyUnique look the same.
[[nodiscard]] bool followsTemplate(const QByteArray &publicArea, Template source);

/// Whether a key (TPM2B_PUBLIC) has all of storageArea() but its `unique`.
[[nodiscard]] bool isStorageKey(const QByteArray &publicArea);

/// Whether a key (TPM2B_PUBLIC) is one that identityArea() describes.
[[nodiscard]] bool isIdentityKey(const QByteArray &publicArea);

/// Whether this object (TPM2B_PUBLIC) is one that an examination makes: all but what a seed decides
/// is as in a template that objects are created from here.
[[nodiscard]] bool isOurMake(const QByteArray &publicArea);

} // namespace tpm
