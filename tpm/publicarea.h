// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

namespace tpm {

/// A TPM2B_PUBLIC taken apart (TCG Part 2, 12.2): what an EK, its certificate and a challenge need.
struct PublicArea {
    enum class Type { Rsa, Ecc, Other };

    Type type = Type::Other;
    quint16 nameAlg = 0; ///< TPM_ALG_SHA256 = 0x000B, TPM_ALG_SHA384 = 0x000C
    quint32 attributes = 0; ///< TPMA_OBJECT
    QByteArray authPolicy;
    int symmetricBits = 0; ///< of the AES-CFB inside; 0: none
    QByteArray modulus; ///< RSA, big-endian
    quint32 exponent = 0; ///< RSA; 0 on the wire is 65537 here
    quint16 curve = 0; ///< ECC: TPM_ECC_NIST_P256 = 3, P384 = 4
    QByteArray x, y; ///< ECC, as long as the TPM sent them
    QByteArray name; ///< nameAlg ‖ digest of the TPMT_PUBLIC

    bool operator==(const PublicArea &) const = default;
};

inline constexpr quint32 userWithAuth = 0x40;
inline constexpr quint32 restrictedDecrypt = 0x30000;

/// Fault::Protocol if the bytes are not exactly one TPM2B_PUBLIC with its size.
[[nodiscard]] Result<PublicArea> parsePublicArea(const QByteArray &publicArea);

} // namespace tpm
