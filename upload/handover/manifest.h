// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "station/verdict.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>

namespace upload::handover {

using station::Result;

constexpr qint64 largestManifest = 1 << 20;

// The names of a bundle's files.
inline constexpr QStringView manifestName = u"manifest.json";
inline constexpr QStringView sealName = u"manifest.json.p7s";
inline constexpr QStringView chainName = u"records.jsonl";
inline constexpr QStringView rowsName = u"enrollments.jsonl";
inline constexpr QStringView sheetName = u"enrollments.csv";
inline constexpr QStringView issuersName = u"intermediates.pem";

/// One file of a bundle.
struct Enclosure {
    QString name;
    qint64 bytes = 0;
    QByteArray sha256; ///< 32 bytes

    bool operator==(const Enclosure &) const = default;
};

/// A gapless part of one station's chain.
struct ChainPart {
    QString stationId;
    qint64 first = 0, last = 0;
    QByteArray prev; ///< the hash before the first, 32 bytes
    QByteArray hash; ///< of the last
    qint64 whole = 0; ///< entries with their body; all others are bare digests

    bool operator==(const ChainPart &) const = default;
};

/// A plan that records name.
struct PlanCopy {
    QString name, version, sha256;
    QString file; ///< empty: the station did not have it any more

    bool operator==(const PlanCopy &) const = default;
};

/// What a bundle says of itself; these bytes are signed.
struct Manifest {
    // What a receiver can check again.
    station::Purpose purpose = station::Purpose::Production; ///< Production or Training
    QList<Enclosure> files;
    QList<ChainPart> chains;
    QList<PlanCopy> plans;
    qint64 enrollments = 0;
    // What the station asserts.
    QString stationId;
    QString made; ///< ISO 8601, UTC
    QString software;
    QJsonObject selection; ///< which records were asked for
    QJsonObject roots; ///< the station's anchors: SHA-256 of the DER, hex → name

    bool operator==(const Manifest &) const = default;
};

[[nodiscard]] QByteArray textOf(const Manifest &manifest);
/// Fault::Syntax says which part is wrong; resources/handover/bundle-1.json is the form.
[[nodiscard]] Result<Manifest> parseManifest(const QByteArray &text);

} // namespace upload::handover
