// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/anchors.h"
#include "upload/handover/export.h"
#include "upload/handover/manifest.h"

#include <QMap>

namespace upload::handover {

/// What a bundle needs beside the ledger.
struct BundlePapers {
    QString stationId; ///< who hands over
    QString made; ///< ISO 8601, UTC, whole seconds
    QMap<QString, QByteArray> plans; ///< the texts that the station has, by their SHA-256 in hex
    tpm::Anchors anchors; ///< which makers' certificates the station believes
    std::function<Result<QByteArray>(const QByteArray &)> sign; ///< a detached signature, PEM
};

/// What went into a bundle.
struct Bundled {
    qint64 enrollments = 0;
    qint64 whole = 0; ///< entries
    qint64 bare = 0; ///< digests
    qint64 withheld = 0; ///< of these: were asked for, and name units that were not
    qint64 plansOut = 0; ///< their routes name others
    qint64 archived = 0; ///< devices that were asked for, and whose record is elsewhere
    QByteArray sha256; ///< of the manifest: the bundle's own name

    bool operator==(const Bundled &) const = default;
};

/// The records of the filter whole, everything between them as bare digests, and each device once
/// that an active binding rests on; a folder, or a .zip where the name ends so. Of an order or a
/// customer a record that names somebody else's unit is bare, too, and a plan that names others
/// stays out. Fault::Damaged where the chain is broken.
[[nodiscard]] Result<Bundled> writeBundle(station::LedgerReader &reader,
    const station::RecordFilter &filter, const BundlePapers &papers, const QString &target,
    const Watcher &watcher);

} // namespace upload::handover
