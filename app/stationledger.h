// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"
#include "app/wiring.h"
#include "station/store.h"

namespace app {

/// The ledger that a command writes into as its station, while the station's line is at rest.
struct StationLedger {
    Settings settings;
    std::unique_ptr<station::Store> store;
};

/// Of --station. Where there is none it says why, and how the command ends.
[[nodiscard]] std::expected<StationLedger, Exit> openStationLedger(
    const QCommandLineParser &parser);

/// A rule that says no is not the station's trouble.
[[nodiscard]] Exit refusedOrTrouble(const station::Error &error);

} // namespace app
