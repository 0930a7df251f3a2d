// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

#include <QDateTime>

namespace tpm {

/// What an EK certificate says of itself (TCG EK Credential Profile for TPM 2.0, 3.2). Texts from
/// it are printable and at most 200 characters.
struct EkCredential {
    QString subject; ///< often empty: the profile names the TPM in the alternative name
    QString issuer;
    QString serial; ///< hex
    QDateTime from; ///< null: not a time
    QDateTime until;
    QString manufacturer; ///< 2.23.133.2.1 without "id:": eight hex digits, upper case
    QString model; ///< 2.23.133.2.2
    QString version; ///< 2.23.133.2.3 without "id:"
    bool isForEk = false; ///< extended key usage tcg-kp-EKCertificate, 2.23.133.8.1
    bool isAuthority = false; ///< basic constraints CA:TRUE, which no EK has
    bool usageFits = true; ///< key encipherment for RSA, key agreement for ECC, or no word of it
    bool hasOddSerial = false; ///< not positive or over 20 bytes, against RFC 5280, 4.1.2.2

    bool operator==(const EkCredential &) const = default;
};

/// Fault::Protocol for bytes that are no certificate, or over 64 KiB of them.
[[nodiscard]] Result<EkCredential> readCredential(const QByteArray &der);

} // namespace tpm
