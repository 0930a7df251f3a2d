// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/plan.h"
#include "station/unit.h"

namespace app {

/// What a plan asks of who repairs, scraps, takes back or ships a unit, or allows
/// that it is tested again.
[[nodiscard]] station::DeedRule deedRuleOf(const station::Plan &plan, station::UnitEvent event);

} // namespace app
