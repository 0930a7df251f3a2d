// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/handover/sheet.h"

#include <functional>

namespace upload::handover {

/// How long work goes on: it tells how far it is, and hears whether it is still wanted.
struct Watcher {
    std::function<void(qint64 done, qint64 all)> progressed = [](qint64, qint64) { };
    std::function<bool()> cancelled = [] { return false; };
};

/// What went out.
struct Exported {
    qint64 rows = 0;
    qint64 left = 0; ///< rows without a place in this form, such as a device that nobody enrolls
    qint64 archived = 0; ///< records whose body is elsewhere; not in the export

    bool operator==(const Exported &) const = default;
};

/// Fault::Refused when cancelled.
[[nodiscard]] station::Error cancelled();

/// Every record of the filter, oldest first, into a new file or folder.
[[nodiscard]] Result<Exported> exportRecords(station::LedgerReader &reader,
    station::RecordFilter filter, Form form, const QString &target, const Watcher &watcher);

} // namespace upload::handover
