// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/delivery.h"
#include "station/examination.h"

/// The only place that turns values into words for people.
namespace ui::wording {

QString verdict(station::Verdict verdict); ///< "PASS", "FAIL", "STATION ERROR"…
QString delivery(std::optional<station::DeliveryState> state); ///< "confirmed", "waiting"…
QString check(const QString &name); ///< what a check proves
/// What `ekstation-cli ek` says of a key that somebody sent.
QString keyForm(const QString &code);
QString keyFitness(const QString &code);
QString advice(const QString &code); ///< what to do next; empty for an unknown code
QString trouble(const station::Trouble &trouble); ///< what kept the station from examining

/// One line: why the verdict is what it is and what to do; empty for a clean pass.
QString reason(const station::Examination &examination);

} // namespace ui::wording
