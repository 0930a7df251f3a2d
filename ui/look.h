// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QFont>
#include <QRectF>

class QPainter;

namespace ui {

/// How the window looks: a colour and a shape for each state, and how large letters are.
namespace look {

[[nodiscard]] Colours colours(SlotState state);
/// The state's shape within a square: tick, cross, triangle, clock, bars, ring…
void drawShape(QPainter &painter, SlotState state, const QRectF &square, double progress = 0);
/// Black and yellow stripes: nothing here is production.
void drawStripes(QPainter &painter, const QRectF &area);

/// The base font for a window of this size; everything else is a multiple of it.
[[nodiscard]] QFont font(const QSize &window);
[[nodiscard]] QFont scaled(const QFont &base, double factor, bool isBold = false);
/// The largest bold font, at most `most` pixels, in which the text fits this width.
[[nodiscard]] QFont fitting(const QFont &base, const QString &text, double width, double most);

} // namespace look
} // namespace ui
