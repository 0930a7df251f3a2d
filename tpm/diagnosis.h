// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/endorsement.h"

namespace tpm {

/// What an endorsement key that somebody sent turns out to be.
struct Diagnosis {
    /// How the bytes were written down.
    enum class Encoding { Bytes, Base64, Hex, Pem };
    enum class Form {
        Tpm2b, ///< TPM2B_PUBLIC with its size: what DPS takes (TCG Part 2, 12.2.5)
        Tpmt, ///< the same without its size (12.2.4)
        HostDump, ///< the structure as a little-endian computer had it in memory (old tpm2-tools)
        Spki, ///< SubjectPublicKeyInfo, or an RSAPublicKey (PKCS #1)
        Certificate, ///< an X.509 certificate
        Unknown,
    };
    enum class Fitness {
        Good, ///< as DPS wants it
        Converted, ///< another form of exactly that; nothing was lost or guessed
        Rebuilt, ///< only the modulus stood there; everything else is the TCG's L-1 template
        Refused, ///< nothing that could be enrolled; `detail` says why
    };

    Encoding encoding = Encoding::Bytes;
    Form form = Form::Unknown;
    Fitness fitness = Fitness::Refused;
    std::optional<EndorsementKey> key; ///< unless refused
    QString detail;

    bool operator==(const Diagnosis &) const = default;
};

/// Takes any bytes: a file as it came, up to 64 KiB of it.
[[nodiscard]] Diagnosis diagnose(const QByteArray &bytes);

} // namespace tpm
