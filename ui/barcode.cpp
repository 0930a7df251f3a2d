// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/barcode.h"

#include <QPainter>
#include <numeric>

namespace ui {

namespace {

constexpr int startB = 104, stop = 106;
constexpr int quiet = 10; ///< modules of paper before and after

/// ISO/IEC 15417 table 1, by symbol value.
constexpr const char *symbols[] = {"212222", "222122", "222221", "121223", "121322", "131222",
    "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132", "122231",
    "113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131",
    "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
    "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311",
    "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331", "231131",
    "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221",
    "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111",
    "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212",
    "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
    "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214",
    "211232", "2331112"};

void append(QByteArray &widths, int symbol)
{
    for (const char *width = symbols[symbol]; *width != '\0'; ++width)
        widths.append(static_cast<char>(*width - '0'));
}

} // namespace

QByteArray code128(const QString &text)
{
    QByteArray widths;
    append(widths, startB);
    int check = startB;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const int symbol = text[at].unicode() - ' ';
        if (symbol < 0 || symbol > '~' - ' ')
            return {};
        append(widths, symbol);
        check = (check + static_cast<int>(at + 1) % 103 * symbol) % 103;
    }
    append(widths, check);
    append(widths, stop);
    return text.isEmpty() ? QByteArray() : widths;
}

void drawBarcode(QPainter &painter, const QRectF &area, const QByteArray &widths)
{
    const double module =
        area.width() / (std::accumulate(widths.begin(), widths.end(), 0) + 2 * quiet);
    double left = area.left() + quiet * module;
    for (qsizetype at = 0; at < widths.size(); ++at) {
        const double width = widths[at] * module;
        if (at % 2 == 0)
            painter.fillRect(QRectF(left, area.top(), width, area.height()), Qt::black);
        left += width;
    }
}

} // namespace ui
