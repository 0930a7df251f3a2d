// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "station/verdict.h"

#include <QDateTime>
#include <QList>

namespace station {

/// The endorsement keys that a line has in use, by their SHA-256: what lines tell each other, so
/// that no key is enrolled by two of them, without telling which devices these are.
struct EkSet {
    QString line; ///< the station that made it
    Purpose purpose = Purpose::Production; ///< Production or Training
    QDateTime made; ///< UTC, whole seconds
    QList<QByteArray> keys; ///< 32 bytes each, ascending, none twice

    /// The file that is signed: lines of text, the keys in hex.
    [[nodiscard]] QByteArray text() const;

    bool operator==(const EkSet &) const = default;
};

/// Fault::Syntax with file and line; only what text() writes is taken.
[[nodiscard]] Result<EkSet> parseEkSet(const QByteArray &text, const QString &file);

/// A set that came from another line, and who vouches for it.
struct SignedEkSet {
    EkSet set;
    QByteArray sha256; ///< 32 bytes, of the file
    QString signer; ///< the name in the signer's certificate

    bool operator==(const SignedEkSet &) const = default;
};

/// A unit of this line whose key another line has in use as well.
struct HeldUnit {
    QString serial;
    QByteArray ekSha256;
    int held = 0; ///< deliveries that had not left yet, and do not leave any more
    int gone = 0; ///< deliveries that the service may have; they must be taken back there

    bool operator==(const HeldUnit &) const = default;
};

} // namespace station
