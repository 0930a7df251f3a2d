// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/device.h"
#include "station/plan.h"

namespace station {

/// What {placeholders} stand for: the unit's own, and what admission told of it.
[[nodiscard]] QMap<QString, QString> valuesOf(const Device &device);

/// The plan for one unit: {placeholders} in the limits of its checks are filled. Fault::Refused for
/// what admission did not tell, or told in a form that the check cannot use.
[[nodiscard]] Result<Plan> planFor(const Plan &plan, const Device &device);

} // namespace station
