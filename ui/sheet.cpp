// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sheet.h"

#include "station/cue.h"
#include "ui/barcode.h"
#include "ui/look.h"
#include "ui/screenwording.h"

#include <QPageLayout>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QStringList>

namespace ui {

namespace {

constexpr int columns = 2, rows = 7; ///< of a page
constexpr int longest = 24; ///< letters of a slot: more make bars too thin for a scanner

/// One command: its words above, its bars, and what they say below, to be typed where no scanner
/// is.
void drawCue(
    QPainter &painter, const QRectF &cell, const station::Cue &cue, const QByteArray &widths)
{
    const double line = cell.height() * 0.16;
    QFont font = painter.font();
    font.setBold(true);
    font.setPixelSize(static_cast<int>(line));
    painter.setFont(font);
    painter.drawText(cell, Qt::AlignHCenter | Qt::AlignTop, wording::cue(cue));
    drawBarcode(painter, cell.adjusted(0, line * 1.5, 0, -line * 1.7), widths);
    font.setBold(false);
    font.setPixelSize(static_cast<int>(line * 0.7));
    painter.setFont(font);
    painter.drawText(cell.adjusted(0, 0, 0, -line * 0.4), Qt::AlignHCenter | Qt::AlignBottom,
        station::textOf(cue));
}

} // namespace

QStringList drawSheet(QPagedPaintDevice &device, const QString &station,
    const QStringList &slotNames, const QStringList &asking)
{
    device.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait,
        QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter));
    QList<station::Cue> cues{{station::Cue::Kind::GoOn, {}}, {station::Cue::Kind::Stop, {}},
        {station::Cue::Kind::Release, {}}};
    for (const QString &slot : slotNames)
        cues.append({station::Cue::Kind::Stop, slot});
    for (const QString &slot : asking)
        cues.append({station::Cue::Kind::Done, slot});
    QStringList unprintable;
    QPainter painter(&device);
    painter.setFont(look::font({1280, 800}));
    const QRectF page(0, 0, device.width(), device.height());
    const double head = page.height() * 0.05;
    const QSizeF size(page.width() / columns, (page.height() - head) / rows);
    int at = 0;
    for (const station::Cue &cue : std::as_const(cues)) {
        const QByteArray widths = code128(station::textOf(cue));
        if (widths.isEmpty() || cue.slot.size() > longest) {
            unprintable.append(cue.slot);
            continue;
        }
        const int place = at++ % (columns * rows);
        if (place == 0) {
            if (at > 1)
                device.newPage();
            const QString title = wording::sheetTitle(station);
            painter.setFont(look::fitting(painter.font(), title, page.width(), head * 0.5));
            painter.drawText(page, Qt::AlignLeft | Qt::AlignTop, title);
        }
        const QPointF corner(
            place % columns * size.width(), head + place / columns * size.height());
        const double gap = size.height() * 0.08;
        drawCue(painter, QRectF(corner, size).adjusted(gap, gap, -gap, -gap), cue, widths);
    }
    return unprintable;
}

} // namespace ui
