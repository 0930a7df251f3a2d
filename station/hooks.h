// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/examination.h"
#include "station/subject.h"
#include "tpm/stop.h"

#include <variant>

namespace station {

/// What the factory's commands around an examination say of the unit or of the slot. They learn
/// both from EKSTATION_SERIAL and EKSTATION_SLOT in their environment.
namespace hooks {

/// Runs the command that starts the unit. A Finding: the unit was not ready in time; a Trouble: the
/// command failed; neither: go on. Blocks; `stop` ends it.
[[nodiscard]] std::variant<std::monostate, Finding, Trouble> start(
    const Subject &subject, const tpm::Stop &stop);

/// Runs the command that brings the unit to rest, which nobody can stop. A warning for one that
/// failed: the unit may still be under power. Blocks for its deadline at most.
[[nodiscard]] std::optional<Finding> rest(const Subject &subject, bool wasStopped);

} // namespace hooks

} // namespace station
