// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <optional>

namespace station {

/// What the factory means with a unit. Returned: it came back; replaced: it waits for the
/// examination of its new board.
enum class Disposition { Held, Released, Shipped, Scrapped, Returned, Replaced };

/// What may happen to a unit once it was examined.
enum class UnitEvent {
    Held, ///< it passed, and waits for its lot or for shipment
    Passed, ///< it passed, and nothing else is waited for
    Failed, ///< it was examined and did not pass, for whatever reason
    Release,
    Ship,
    ReplaceBoard,
    Scrap,
    Repair, ///< on the bench; it stays what it is
    Return,
    Retest, ///< more attempts are allowed; it stands as it stood
};

QString word(Disposition disposition);
QString word(UnitEvent event); ///< as entries name it: "replace-board"…
std::optional<Disposition> dispositionOf(QStringView word);

/// What becomes of a unit; `now` is empty for one that was never examined. Fault::Refused, in
/// words, where that may not happen to it. An examination is never refused.
[[nodiscard]] Result<Disposition> after(
    UnitEvent event, std::optional<Disposition> now, const QString &serial);

} // namespace station
