// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

#include <optional>

namespace tpm {

class Session;

/// The template an endorsement key was made from (TCG EK Credential Profile, section B.3 and B.4),
/// or the one of the Azure C SDK, whose `unique` is empty.
enum class Template { TcgL1, TcgL2, TcgH1, TcgH2, TcgH3, SdkEmptyUnique, NvTemplate, Unknown };

/// An endorsement key's public half and where it was found.
struct EndorsementKey {
    enum class Type { Rsa, Ecc };

    Type type = Type::Rsa;
    QByteArray publicArea; ///< TPM2B_PUBLIC with its u16 size: what DPS wants, base64-encoded
    QByteArray name; ///< nameAlg ‖ digest of the TPMT_PUBLIC (TCG Part 1, 16)
    std::optional<quint32> handle; ///< persistent handle, if it was read from one
    Template source = Template::Unknown;
    quint32 reference = 0; ///< the session's reference to it; means nothing elsewhere

    [[nodiscard]] QByteArray base64() const; ///< the DPS `endorsementKey`
    [[nodiscard]] QByteArray sha256() const; ///< 32 bytes, of publicArea
    /// The id that the Azure SDKs derive: base32, lower case, no padding, of sha256(); 52
    /// characters.
    [[nodiscard]] QString registrationId() const;

    bool operator==(const EndorsementKey &) const = default;
};

/// Takes apart a TPM2B_PUBLIC. Fault::Protocol for bytes that are none, Fault::Unsuitable for a key
/// that cannot be an EK (not RSA or ECC, not a restricted decryption key).
[[nodiscard]] Result<EndorsementKey> parseEndorsementKey(const QByteArray &publicArea);

/// The key of a template, made by TPM2_CreatePrimary; the session flushes it.
[[nodiscard]] Result<EndorsementKey> createEndorsementKey(Session &session, Template source);

/// The EK persisted at 0x81010001; where there is none, the TCG L-1 key by TPM2_CreatePrimary, or
/// the L-2 key on a TPM without RSA. What it creates the session flushes.
[[nodiscard]] Result<EndorsementKey> readEndorsementKey(Session &session);

} // namespace tpm
