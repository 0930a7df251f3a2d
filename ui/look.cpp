// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

namespace ui::look {

using namespace Qt::StringLiterals;

namespace {

constexpr QRgb stripe = 0xff16202b, signal = 0xffffd21f; ///< in every theme

void drawTick(QPainter &painter, const QRectF &in)
{
    painter.drawPolyline(QPolygonF{{in.left() + in.width() * 0.14, in.top() + in.height() * 0.54},
        {in.left() + in.width() * 0.40, in.top() + in.height() * 0.80},
        {in.left() + in.width() * 0.88, in.top() + in.height() * 0.22}});
}

void drawCross(QPainter &painter, const QRectF &in)
{
    const QRectF arms =
        in.adjusted(in.width() * 0.18, in.height() * 0.18, -in.width() * 0.18, -in.height() * 0.18);
    painter.drawLine(arms.topLeft(), arms.bottomRight());
    painter.drawLine(arms.topRight(), arms.bottomLeft());
}

void drawWarning(QPainter &painter, const QRectF &in)
{
    painter.drawPolygon(QPolygonF{{in.center().x(), in.top() + in.height() * 0.12},
        {in.right() - in.width() * 0.06, in.bottom() - in.height() * 0.12},
        {in.left() + in.width() * 0.06, in.bottom() - in.height() * 0.12}});
    const double x = in.center().x();
    painter.drawLine(
        QPointF(x, in.top() + in.height() * 0.44), QPointF(x, in.top() + in.height() * 0.60));
    painter.drawPoint(QPointF(x, in.top() + in.height() * 0.735));
}

void drawClock(QPainter &painter, const QRectF &in)
{
    painter.drawEllipse(in.center(), in.width() * 0.40, in.height() * 0.40);
    painter.drawPolyline(QPolygonF{{in.center().x(), in.top() + in.height() * 0.27}, in.center(),
        {in.left() + in.width() * 0.66, in.top() + in.height() * 0.60}});
}

void drawRing(QPainter &painter, const QRectF &in, double progress)
{
    const QRectF circle =
        in.adjusted(in.width() * 0.12, in.height() * 0.12, -in.width() * 0.12, -in.height() * 0.12);
    QPen pen = painter.pen();
    const QColor strong = pen.color();
    // Opaque: Qt fills translucent shapes in a thread pool, for which the window would wait, once a
    // ring, behind all that the slots have to do.
    pen.setColor(scheme().track);
    painter.setPen(pen);
    painter.drawEllipse(circle);
    pen.setColor(strong);
    painter.setPen(pen);
    painter.drawArc(circle, 90 * 16, -static_cast<int>(std::max(progress, 0.06) * 360 * 16));
}

void drawPlug(QPainter &painter, const QRectF &in)
{
    const double w = in.width();
    const double h = in.height();
    painter.drawRoundedRect(
        QRectF(in.left() + w * 0.26, in.top() + h * 0.36, w * 0.48, h * 0.30), w * 0.06, w * 0.06);
    for (const double x : {0.40, 0.60})
        painter.drawLine(QPointF(in.left() + w * x, in.top() + h * 0.16),
            QPointF(in.left() + w * x, in.top() + h * 0.36));
    painter.drawLine(QPointF(in.center().x(), in.top() + h * 0.66),
        QPointF(in.center().x(), in.top() + h * 0.88));
}

/// The bars of a label, to be scanned.
void drawBars(QPainter &painter, const QRectF &in)
{
    for (const double x : {0.16, 0.34, 0.50, 0.66, 0.84})
        painter.drawLine(QPointF(in.left() + in.width() * x, in.top() + in.height() * 0.22),
            QPointF(in.left() + in.width() * x, in.top() + in.height() * 0.78));
}

void drawSquare(QPainter &painter, const QRectF &in)
{
    painter.setBrush(painter.pen().color());
    painter.drawRect(in.adjusted(
        in.width() * 0.26, in.height() * 0.26, -in.width() * 0.26, -in.height() * 0.26));
}

void drawFrame(QPainter &painter, const QRectF &in)
{
    painter.drawRect(in.adjusted(
        in.width() * 0.10, in.height() * 0.10, -in.width() * 0.10, -in.height() * 0.10));
}

void drawDots(QPainter &painter, const QRectF &in)
{
    for (const double x : {0.22, 0.5, 0.78})
        painter.drawPoint(QPointF(in.left() + in.width() * x, in.center().y()));
}

} // namespace

Colours colours(SlotState state)
{
    return scheme().states[static_cast<size_t>(state)];
}

void drawShape(QPainter &painter, SlotState state, const QRectF &square, double progress)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const double thick = state == SlotState::Pass || state == SlotState::Fail ? 0.16 : 0.085;
    painter.setPen(QPen(colours(state).text, std::max(square.width() * thick, 1.5), Qt::SolidLine,
        Qt::RoundCap, Qt::RoundJoin));
    switch (state) {
    case SlotState::Empty:
        drawPlug(painter, square);
        break;
    case SlotState::Ready:
        drawBars(painter, square);
        break;
    case SlotState::Waiting:
        drawDots(painter, square);
        break;
    case SlotState::Stopping:
        drawFrame(painter, square);
        drawDots(painter, square);
        break;
    case SlotState::Running:
        drawRing(painter, square, progress);
        break;
    case SlotState::Pass:
        drawTick(painter, square);
        break;
    case SlotState::Fail:
        drawCross(painter, square);
        break;
    case SlotState::Error:
        drawWarning(painter, square);
        break;
    case SlotState::Timeout:
        drawClock(painter, square);
        break;
    case SlotState::Aborted:
        drawSquare(painter, square);
        break;
    }
    painter.restore();
}

void drawStripes(QPainter &painter, const QRectF &area)
{
    constexpr double width = 16;
    QLinearGradient stripes(0, 0, width, width); // a pair of them, across
    stripes.setSpread(QGradient::RepeatSpread);
    stripes.setStops({{0, QColor(stripe)}, {0.499, QColor(stripe)}, {0.501, QColor(signal)},
        {1, QColor(signal)}});
    painter.fillRect(area, stripes);
}

QFont font(const QSize &window)
{
    QFont font;
    // A letter that one does not have is taken from the next.
    font.setFamilies({u"Inter"_s, u"NanumGothic"_s, u"Noto Sans"_s, u"DejaVu Sans"_s});
    const double scale = std::min(window.width() / 1280.0, window.height() / 800.0);
    font.setPixelSize(static_cast<int>(std::lround(16 * std::clamp(scale, 0.8, 2.5))));
    return font;
}

QFont scaled(const QFont &base, double factor, bool isBold)
{
    QFont font = base;
    font.setPixelSize(std::max(9, static_cast<int>(std::lround(base.pixelSize() * factor))));
    font.setBold(isBold);
    return font;
}

QFont fitting(const QFont &base, const QString &text, double width, double most)
{
    QFont font = base;
    font.setBold(true);
    font.setPixelSize(std::max(7, static_cast<int>(most)));
    const double needed = QFontMetricsF(font).horizontalAdvance(text);
    if (needed > width)
        font.setPixelSize(std::max(7, static_cast<int>(most * 0.97 * width / needed)));
    return font;
}

} // namespace ui::look
