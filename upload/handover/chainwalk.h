// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/handover/inspect.h"

namespace upload::handover {

// The parts of inspect().

void complain(Inspection &seen, const QString &what);

/// records.jsonl from its first line to its last, and with each whole entry the rows that are made
/// of it. Fault::Refused when cancelled.
[[nodiscard]] Result<void> walkChains(
    const Container &bundle, Inspection &seen, const Watcher &watcher, const Visit &visit);

/// What of a row does not follow from its entry's body; empty: nothing.
[[nodiscard]] QString contradictionIn(
    const Row &row, const station::EntryId &id, qint64 atUs, const QJsonObject &body);

} // namespace upload::handover
