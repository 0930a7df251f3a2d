// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/anchors.h"

namespace tpm {

/// A detached CMS signature (RFC 5652) as PEM, which plain `openssl cms -verify -binary` checks.
/// `key`: an unencrypted private key in PEM, ECDSA P-256; `certificate`: its X.509 certificate in
/// PEM, issuers after it. Fault::Unsuitable says which of the two does not fit.
[[nodiscard]] Result<QByteArray> sign(
    const QByteArray &content, const QByteArray &key, const QByteArray &certificate);

/// What a detached signature is worth.
struct Seal {
    enum class State {
        Good, ///< intact, and somebody trusted signed it
        UnknownSigner, ///< intact, but nobody here trusts who signed it
        Broken, ///< not the signature of these bytes, or no signature
    };

    State state = State::Broken;
    QString signer; ///< the certificate's name; empty if broken
    QString detail; ///< why it is not good

    bool operator==(const Seal &) const = default;
};

/// `trusted`: signers' certificates, or those of authorities that certify signers.
[[nodiscard]] Seal verify(const QByteArray &content, const QByteArray &signature,
    const Anchors &trusted, const QDateTime &now);

} // namespace tpm
