// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QVariantList>

namespace support {

/// The rows that a plain SQL statement gives on an SQLite file, or the reason why it gives none as
/// one row with one text: the view of somebody who knows nothing of ekstation's code.
[[nodiscard]] QList<QVariantList> rowsOf(const QString &file, const QString &sql);

} // namespace support
