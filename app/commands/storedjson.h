// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"

#include <QJsonArray>

namespace app::commands {

// How commands print what a ledger holds.

[[nodiscard]] QString timeOf(qint64 us); ///< ISO 8601 in UTC, of microseconds since 1970
[[nodiscard]] QJsonArray deliveriesJson(const QList<station::Delivery> &deliveries);
[[nodiscard]] QJsonObject bindingJson(const station::Binding &binding);
[[nodiscard]] QJsonObject archiveJson(const station::ArchiveNote &archive);
[[nodiscard]] QString whereabouts(const station::ArchiveNote &archive); ///< in words

} // namespace app::commands
