// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/firmware.h"

#include <algorithm>

namespace station {

namespace {

std::optional<QList<int>> numbersOf(const QString &text)
{
    QList<int> numbers;
    for (const QString &part : text.split(u'.')) {
        bool isNumber = false;
        const ushort number = part.toUShort(&isNumber);
        if (!isNumber || !part.back().isDigit() || !part.front().isDigit() || numbers.size() == 4)
            return std::nullopt;
        numbers.append(number);
    }
    return numbers;
}

/// Below, equal or above, in as many parts as the bound has.
int compare(const QList<int> &version, const QList<int> &bound)
{
    for (qsizetype part = 0; part < bound.size(); ++part)
        if (const int difference = version.value(part) - bound[part])
            return difference;
    return 0;
}

} // namespace

bool FirmwareRange::contains(const QString &text) const
{
    const auto version = numbersOf(text);
    if (!version || compare(*version, first) < 0)
        return false;
    return last.isEmpty() ? version->first() == first.first() : compare(*version, last) <= 0;
}

std::optional<FirmwareRange> parseFirmwareRange(const QString &text)
{
    const qsizetype dash = text.indexOf(u'-');
    const auto first = numbersOf(text.left(dash));
    if (!first)
        return std::nullopt;
    if (dash < 0)
        return FirmwareRange{*first, *first};
    if (dash == text.size() - 1)
        return FirmwareRange{*first, {}};
    const auto last = numbersOf(text.mid(dash + 1));
    if (!last || compare(*last, *first) < 0)
        return std::nullopt;
    return FirmwareRange{*first, *last};
}

bool isInOne(const QString &version, const QStringList &ranges)
{
    return std::ranges::any_of(ranges, [&version](const QString &text) {
        const auto range = parseFirmwareRange(text);
        return range && range->contains(version);
    });
}

} // namespace station
