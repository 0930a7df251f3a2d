// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

#include <QList>

namespace tpm {

class Session;
struct EndorsementKey;

/// An EK certificate as it stands in NV, cut to its DER length.
struct Certificate {
    quint32 nvIndex = 0;
    QByteArray der;
    bool keyMatches = false; ///< its public key is the EK's
    QString flaw = {}; ///< why this is no certificate; then `der` is what stands there instead

    [[nodiscard]] QByteArray sha256() const;

    bool operator==(const Certificate &) const = default;
};

/// The certificates of those who issued an EK certificate, as the TPM keeps them.
struct Issuers {
    QList<QByteArray> certificates; ///< DER
    QString flaw; ///< why what follows these could not be read; empty: nothing does

    bool operator==(const Issuers &) const = default;
};

/// Every EK certificate of the reserved NV range (TCG EK Credential Profile 2.2.1.4 and 2.2.1.5).
/// What is not one, or may not be read, comes with its flaw.
[[nodiscard]] Result<QList<Certificate>> readCertificates(
    Session &session, const EndorsementKey &key, quint32 nvBufferMax);

/// What stands at NV 0x01c00100…0x01c001ff, in that order taken as one.
[[nodiscard]] Result<Issuers> readIssuers(Session &session, quint32 nvBufferMax);
[[nodiscard]] Issuers cutIssuers(const QByteArray &nvBytes);

/// The DER certificate inside NV bytes: a legacy 10 01 00 + u16 prefix and padding are cut away.
/// Fault::Protocol if no DER SEQUENCE of a plausible length stands there.
[[nodiscard]] Result<QByteArray> cutCertificate(const QByteArray &nvBytes);

/// Whether the certificate's public key is this endorsement key; false for bytes that do not parse.
[[nodiscard]] bool certifies(const QByteArray &der, const EndorsementKey &key);

} // namespace tpm
