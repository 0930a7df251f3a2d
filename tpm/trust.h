// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/anchors.h"

#include <memory>
#include <optional>

namespace tpm {

/// Why there is no path of trust from a certificate to a root.
enum class Distrust {
    Unreadable, ///< these bytes are no certificate
    UnknownIssuer, ///< the path ends at somebody who is no root here
    Signature, ///< somebody else signed it under the issuer's name
    NotYetValid,
    Expired,
    Revoked,
    Critical, ///< it demands what nobody here understands (RFC 5280, 4.2)
    Other, ///< detail has OpenSSL's words
};

/// What looking for a path came to (RFC 5280, 6; offline).
struct Path {
    std::optional<Distrust> distrust; ///< none: it leads to a root
    QString detail; ///< which certificate of the path, and what about it; or the root's name
    /// Until when no issuer on the path had taken anything back: the date of their oldest CRL.
    /// Null: there is no CRL of one of them, so nobody can say.
    QDateTime unrevokedAt;

    bool operator==(const Path &) const = default;
};

/// Anchors, ready to judge certificates. Immutable, so that any thread may use it.
class Trust {
public:
    /// Self-issued certificates are roots; all others only help to reach one.
    explicit Trust(const Anchors &anchors);
    ~Trust();
    Q_DISABLE_COPY_MOVE(Trust)

    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }
    /// SHA-256 of the anchors' PEM: what a record names them by.
    [[nodiscard]] const QByteArray &sha256() const { return m_sha256; }
    /// `issuers`: certificates that came along; they help to reach a root and are none.
    [[nodiscard]] Path judge(
        const QByteArray &der, const QList<QByteArray> &issuers, const QDateTime &now) const;

private:
    struct Store;

    std::unique_ptr<Store> m_store;
    bool m_isEmpty = true;
    QByteArray m_sha256;
};

} // namespace tpm
