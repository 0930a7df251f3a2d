// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/openssl.h"

#include <QDateTime>
#include <QString>

#include <openssl/bio.h>

namespace tpm {

// Certificates and CRLs as OpenSSL has them. Only .cpp files of this folder include this.
using RevocationList = std::unique_ptr<X509_CRL, Freed<X509_CRL_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;

inline void freeCertificates(STACK_OF(X509) * stack)
{
    sk_X509_pop_free(stack, X509_free);
}
using Certificates = std::unique_ptr<STACK_OF(X509), Freed<freeCertificates>>; ///< owns each

/// Null for bytes that are not exactly one certificate, or more than 64 KiB.
[[nodiscard]] X509Certificate parseX509(const QByteArray &der);
/// Null for bytes that are not exactly one CRL.
[[nodiscard]] RevocationList parseCrl(const QByteArray &der);

[[nodiscard]] QByteArray contentOf(const Memory &memory);
/// A distinguished name on one line (RFC 2253, UTF-8), at most 200 characters.
[[nodiscard]] QString nameOf(const X509_NAME *name);
[[nodiscard]] bool isSelfIssued(X509 *certificate);
/// Null for a time that is none.
[[nodiscard]] QDateTime timeOf(const ASN1_TIME *time);
/// The certified key; also one that is marked for OAEP alone (1.2.840.113549.1.1.7), which OpenSSL
/// does not read and old Infineon certificates have.
[[nodiscard]] PublicKey keyOf(X509 *certificate);
/// Text from outside, without what a terminal would obey.
[[nodiscard]] QString printable(const QByteArray &text);

} // namespace tpm
