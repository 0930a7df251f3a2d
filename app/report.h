// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"
#include "station/examination.h"

namespace app {

/// Several lines for a person about one examination.
[[nodiscard]] QString reportOf(const station::Examination &examination);

/// The exit code that one verdict asks for.
[[nodiscard]] Exit exitOf(station::Verdict verdict);

} // namespace app
