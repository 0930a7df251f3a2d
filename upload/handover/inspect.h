// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/signature.h"
#include "upload/handover/container.h"
#include "upload/handover/export.h"
#include "upload/handover/manifest.h"

namespace upload::handover {

/// What looking at every byte of a bundle has shown.
struct Inspection {
    Manifest manifest;
    QByteArray sha256; ///< of the manifest: the bundle's own name
    tpm::Seal seal;
    QStringList mismatches; ///< the first of what does not match, each with file and line
    qint64 mismatched = 0; ///< all of them
    qint64 entries = 0, whole = 0, rows = 0;

    [[nodiscard]] bool isIntact() const
    {
        return mismatched == 0 && seal.state != tpm::Seal::State::Broken;
    }

    bool operator==(const Inspection &) const = default;
};

/// A device of the bundle with the body of its entry.
using Visit = std::function<void(const Row &row, const QJsonObject &body)>;

/// Checks again whatever can be checked without the station: signature, hashes, chain, and each
/// row against its entry. Streamed. An error only where there is nothing to look at (Fault::Syntax,
/// Fault::Missing) or when cancelled; everything else is a mismatch.
[[nodiscard]] Result<Inspection> inspect(const Container &bundle, const tpm::Anchors &trusted,
    const QDateTime &now, const Watcher &watcher, const Visit &visit = {});

} // namespace upload::handover
