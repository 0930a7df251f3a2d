// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "station/verdict.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace station {

/// What a receiver says of one device.
struct ReceiptRow {
    QString registrationId;
    QString ekSha256; ///< hex
    bool confirmed = false; ///< it is enrolled; else rejected
    QString reason; ///< of a rejection; one line

    bool operator==(const ReceiptRow &) const = default;
};

/// The customer's answer to a bundle: what became of each of its devices.
struct Receipt {
    QString bundle; ///< SHA-256 of its manifest, hex
    QString stationId; ///< who had handed it over
    Purpose purpose = Purpose::Production; ///< Production or Training
    QString made; ///< ISO 8601, UTC, whole seconds
    QList<ReceiptRow> rows;

    /// The file that is signed: a line of JSON for the head and for each row.
    [[nodiscard]] QByteArray text() const;

    bool operator==(const Receipt &) const = default;
};

/// Whether a file begins as a receipt does.
[[nodiscard]] bool isReceipt(const QByteArray &text);

/// Fault::Syntax with file and line; only what text() writes is taken.
[[nodiscard]] Result<Receipt> parseReceipt(const QByteArray &text, const QString &file);

/// A receipt, and who vouches for it.
struct SignedReceipt {
    Receipt receipt;
    QByteArray sha256; ///< 32 bytes, of the file
    QString signer;

    bool operator==(const SignedReceipt &) const = default;
};

/// What a receipt did to a ledger.
struct Receipted {
    qint64 seq = 0; ///< the entry that keeps it
    int confirmed = 0, rejected = 0; ///< deliveries that are so now
    int known = 0; ///< that were so before
    QStringList contradictions; ///< registrationIds that had come to another end before; unchanged

    bool operator==(const Receipted &) const = default;
};

} // namespace station
