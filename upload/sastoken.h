// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/credential.h"

namespace upload {

/// "SharedAccessSignature sr=…&sig=…&se=…&skn=…" for a resource as typed (a host, or scope and
/// path), valid until `expiry` (seconds since 1970).
[[nodiscard]] QByteArray signToken(
    const QString &resource, const Secret &key, const QString &policy, qint64 expiry);

/// What the signature of such a token covers, where another holds the key: a TPM.
[[nodiscard]] QByteArray tokenSubject(const QString &resource, qint64 expiry);
/// The token around that signature (not yet base64). Without a policy there is no skn: a hub's
/// token is signed by the device itself.
[[nodiscard]] QByteArray assembleToken(
    const QString &resource, const QByteArray &signature, const QString &policy, qint64 expiry);

/// A token as it arrived, taken apart but not yet believed.
struct PresentedToken {
    QByteArray resource; ///< exactly as received: the signature covers these bytes
    QByteArray signature; ///< decoded
    qint64 expiry = 0;
    QString policy;

    [[nodiscard]] bool isSignedWith(const Secret &key) const; ///< in constant time
    /// True where the resource is the path's beginning, segment by segment, regardless of case.
    [[nodiscard]] bool covers(const QString &path) const;

    bool operator==(const PresentedToken &) const = default;
};

/// Takes apart an Authorization header; its fields may come in any order. Fault::Unauthorized.
[[nodiscard]] Result<PresentedToken> parseToken(QByteArrayView header);

} // namespace upload
