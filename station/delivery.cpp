// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/delivery.h"

#include <algorithm>
#include <array>

namespace station {

namespace {

// In the order of the enums.
constexpr std::array<QStringView, 5> KindWords{
    u"enroll", u"enable", u"disable", u"delete", u"report"};
constexpr std::array<QStringView, 8> StateWords{u"held", u"pending", u"sent", u"acknowledged",
    u"confirmed", u"rejected", u"conflict", u"withdrawn"};

template <typename Enum, typename Words>
std::optional<Enum> valueOf(const Words &words, QStringView word)
{
    const auto at = std::find(words.begin(), words.end(), word);
    if (at == words.end())
        return std::nullopt;
    return static_cast<Enum>(at - words.begin());
}

} // namespace

QString word(DeliveryKind kind)
{
    return KindWords.at(static_cast<size_t>(kind)).toString();
}

QString word(DeliveryState state)
{
    return StateWords.at(static_cast<size_t>(state)).toString();
}

QString reportDestination()
{
    return QStringLiteral("report");
}

std::optional<DeliveryKind> deliveryKindOf(QStringView word)
{
    return valueOf<DeliveryKind>(KindWords, word);
}

std::optional<DeliveryState> deliveryStateOf(QStringView word)
{
    return valueOf<DeliveryState>(StateWords, word);
}

} // namespace station
