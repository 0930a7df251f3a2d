// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

class QPainter;
class QRectF;
class QString;

namespace ui {

/// Code 128 (ISO/IEC 15417), code set B: the widths of bars and gaps in turn, in modules, the first
/// a bar. Empty for a text that is empty or has other than printable ASCII.
[[nodiscard]] QByteArray code128(const QString &text);

/// Bars as wide as the area, its quiet zones of ten modules included.
void drawBarcode(QPainter &painter, const QRectF &area, const QByteArray &widths);

} // namespace ui
