// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/recall.h"
#include "upload/handover/export.h"

#include <map>
#include <tuple>

namespace app {

/// Units of one customer and order that are in the same state.
struct RecallGroup {
    QString customer, order, binding, disposition;

    bool operator<(const RecallGroup &other) const
    {
        return std::tie(customer, order, binding, disposition)
            < std::tie(other.customer, other.order, other.binding, other.disposition);
    }
};

/// What a recall came to.
struct Recollection {
    qint64 examined = 0; ///< stored examinations
    qint64 affected = 0; ///< units
    qint64 undecided = 0; ///< examinations that do not hold what it takes to say
    std::map<RecallGroup, qint64> groups; ///< → units
};

/// Judges every stored examination; `tell` hears of each affected unit once, as it is found.
[[nodiscard]] station::Result<Recollection> recollect(station::LedgerReader &reader,
    const station::Recall &recall,
    const std::function<station::Result<void>(const station::Whereabouts &)> &tell,
    const upload::handover::Watcher &watcher);

} // namespace app
