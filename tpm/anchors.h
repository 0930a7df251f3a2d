// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

#include <QDateTime>
#include <QList>

namespace tpm {

/// What a station trusts when it judges EK certificates, and what their issuers took back.
struct Anchors {
    QList<QByteArray> certificates; ///< DER: roots, and intermediates that lead to them
    QList<QByteArray> revocations; ///< DER CRLs

    /// Takes in what is not there yet; the order is that of the bytes, whatever came first.
    void add(const Anchors &other);
    [[nodiscard]] bool isEmpty() const { return certificates.isEmpty() && revocations.isEmpty(); }
    /// All of it as PEM: the same anchors give the same bytes.
    [[nodiscard]] QByteArray pem() const;

    bool operator==(const Anchors &) const = default;
};

/// A PEM bundle, one DER certificate or one DER CRL. Fault::Protocol says what stands there
/// instead; Fault::Unsuitable for a private key, which belongs in no list of certificates.
[[nodiscard]] Result<Anchors> parseAnchors(const QByteArray &bytes);

/// One certificate or CRL in words.
struct Anchor {
    enum class Kind { Root, Intermediate, Revocations };

    Kind kind = Kind::Root;
    QString subject; ///< empty for a CRL
    QString issuer;
    QByteArray sha256; ///< 32 bytes, of the DER
    QDateTime from; ///< valid from, or made at
    QDateTime until; ///< valid until, or the next one is due; null: not said

    bool operator==(const Anchor &) const = default;
};

/// Every one of them; the bytes come from parseAnchors().
[[nodiscard]] QList<Anchor> describe(const Anchors &anchors);

} // namespace tpm
