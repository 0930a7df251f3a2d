// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/stop.h"

#include <QString>
#include <memory>

namespace station {

/// Whether a device stands on a slot.
enum class Presence { Unknown, Absent, Present };

/// Asks the TPM behind a target one harmless question. Blocks for at most two seconds. A TPM that
/// is connected and silent is Present; Unknown: `stop` was requested, or somebody else talks to it.
[[nodiscard]] Presence probe(const QString &target, const std::shared_ptr<tpm::Stop> &stop);

} // namespace station
