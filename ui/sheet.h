// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QPagedPaintDevice;

namespace ui {

/// Draws the commands of a station as barcodes on A4 pages, to hang beside the line: go on, stop,
/// release, stop each slot, and for those in `asking` that its prompt was followed. Returns the
/// slots whose names no barcode can hold: longer than 24, or other than printable ASCII.
[[nodiscard]] QStringList drawSheet(QPagedPaintDevice &device, const QString &station,
    const QStringList &slotNames, const QStringList &asking = {});

} // namespace ui
