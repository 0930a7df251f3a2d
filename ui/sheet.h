// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QPagedPaintDevice;

namespace ui {

/// Draws the commands of a station as barcodes on A4 pages, to hang beside the line: go on, stop,
/// stop each slot. Returns the slots whose names no barcode can hold:
/// longer than 24, or other than printable ASCII.
[[nodiscard]] QStringList drawSheet(
    QPagedPaintDevice &device, const QString &station, const QStringList &slotNames);

} // namespace ui
