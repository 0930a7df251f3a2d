// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/people.h"
#include "station/disposition.h"

namespace app::commands {

void describeDeed(QCommandLineParser &parser); ///< --station, --json, and the people
/// One entry of the ledger for each unit. DeviceFailed where one is refused; the others go on.
[[nodiscard]] Exit runDeed(const QCommandLineParser &parser, station::UnitEvent event);

} // namespace app::commands
