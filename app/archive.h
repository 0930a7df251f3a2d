// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"
#include "station/ledgerreader.h"

namespace app {

/// A ledger to look at, and the station whose numbers need no name before them.
struct Archive {
    station::LedgerReader reader;
    QString stationId; ///< empty: nobody said
};

/// Adds --station and --ledger, which name an archive.
void describeArchive(QCommandLineParser &parser);

/// The station.toml that they name, or this user's or this machine's.
[[nodiscard]] QString stationFile(const QCommandLineParser &parser);

/// The one that the options name, or the one of stationFile().
[[nodiscard]] station::Result<Archive> openArchive(const QCommandLineParser &parser);

} // namespace app
