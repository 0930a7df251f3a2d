// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/delivery.h"
#include "upload/enrollment.h"

namespace upload {

/// The same key, for the same device.
[[nodiscard]] bool isSame(const Enrollment &wanted, const Enrollment &found);

/// What it means for a delivery that wants one enrollment to find another, or the same, at the
/// service once it was taken: confirmed, or a conflict for a person to look at.
[[nodiscard]] station::Settlement compare(
    const station::Delivery &delivery, const Enrollment &wanted, const Enrollment &found);

} // namespace upload
