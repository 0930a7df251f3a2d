// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"

namespace upload::handover {

// What is made for an order or a customer tells nothing of the others. Where neither was asked for
// there are none.

/// Whether an examination's body names units that were not asked for: a device that was somebody
/// else's before fails, and its record says whose.
[[nodiscard]] station::Result<bool> bodyNamesOthers(
    station::LedgerReader &reader, const station::RecordFilter &asked, const QByteArray &body);

/// Whether a plan's text says of customers or orders that were not asked for, and have no record
/// among those that were, to which service their devices go.
[[nodiscard]] station::Result<bool> planNamesOthers(
    station::LedgerReader &reader, const station::RecordFilter &asked, const QByteArray &text);

} // namespace upload::handover
