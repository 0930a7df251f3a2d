// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "tpm/anchors.h"

#include <QStringList>

namespace station {

/// Where the root store of this user lies unless somebody names another file:
/// $XDG_DATA_HOME/ekstation/roots.pem.
[[nodiscard]] QString usualRootsFile();

/// The root store, one PEM file. No anchors where there is no file; Fault::Missing for one that
/// cannot be read, Fault::Syntax for one that holds something else.
[[nodiscard]] Result<tpm::Anchors> loadRoots(const QString &file);

/// Replaces the store in one step, and makes its folder; Fault::Full or Fault::Missing.
[[nodiscard]] Result<void> saveRoots(const QString &file, const tpm::Anchors &anchors);

/// What stood in files that somebody wants to import.
struct Gathered {
    tpm::Anchors anchors;
    QStringList skipped; ///< "NAME: why", of what lay beside the anchors in a folder or cabinet

    bool operator==(const Gathered &) const = default;
};

/// Reads certificates and CRLs from files (PEM, DER), folders with all that is below them, and
/// cabinets like Microsoft's TrustedTpm.cab. A file that is named must hold some, a folder or
/// cabinet at least one. Fault::Missing, Fault::Syntax.
[[nodiscard]] Result<Gathered> gatherRoots(const QStringList &paths);

} // namespace station
