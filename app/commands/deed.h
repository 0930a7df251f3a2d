// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/all.h"
#include "station/disposition.h"

namespace app::commands {

// What the commands have in common that people use to decide about units.

void describePeople(QCommandLineParser &parser); ///< --by and --with
[[nodiscard]] QStringList peopleOf(const QCommandLineParser &parser);

void describeDeed(QCommandLineParser &parser); ///< --station, --json, and the people
/// One entry of the ledger for each unit. DeviceFailed where one is refused; the others go on.
[[nodiscard]] Exit runDeed(const QCommandLineParser &parser, station::UnitEvent event);

} // namespace app::commands
