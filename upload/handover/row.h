// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"

#include <QJsonObject>
#include <QStringList>

namespace upload::handover {

using station::Result;

/// One device as it is handed over: a row of a CSV file, a line of JSONL.
struct Row {
    QString registrationId, deviceId;
    QString endorsementKey; ///< base64 of the TPM2B_PUBLIC
    QString serialNumber;
    QString tpmManufacturer, tpmFirmware;
    QString ekSha256, ekCertSha256; ///< hex
    QString proof; ///< the checks that prove the key, joined by '+'
    QString stationId;
    QString testedAtUtc; ///< ISO 8601, milliseconds
    QString entry; ///< the number in the station's chain
    QString boardSerial, order, customer, product;
    QString verdict, purpose; ///< words of the ledger
    QString delivery; ///< the word of its state; empty: nothing is told to a service
    QJsonObject enrollment; ///< the service's record; empty: there is none

    bool operator==(const Row &) const = default;
};

/// What a body says of its device; all but deviceId, delivery and enrollment.
[[nodiscard]] Row rowOf(const station::EntryId &id, qint64 atUs, const QJsonObject &body);
/// Fault::Damaged for a body that is none.
[[nodiscard]] Result<Row> rowOf(const station::Exhibit &exhibit);

/// The names of the columns, in their order; JSON has the same, and "enrollment".
[[nodiscard]] const QStringList &columns();
[[nodiscard]] QStringList cellsOf(const Row &row);
[[nodiscard]] Row rowOf(const QStringList &names, const QStringList &cells);
[[nodiscard]] QJsonObject toJson(const Row &row); ///< what is empty is null
[[nodiscard]] Row rowOf(const QJsonObject &object); ///< what is no text is empty

[[nodiscard]] QByteArray csvHead();
[[nodiscard]] QByteArray csvLine(const Row &row);
[[nodiscard]] QByteArray jsonLine(const Row &row);

} // namespace upload::handover
