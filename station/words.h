// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <algorithm>
#include <optional>
#include <span>

namespace station {

/// A value and the lower-case word that files, JSON and the ledger have for it.
template <typename T> struct Word {
    T value;
    const char *text;
};

template <typename T> QString wordIn(std::span<const Word<T>> words, T value)
{
    const auto found = std::ranges::find(words, value, &Word<T>::value);
    return found == words.end() ? QString() : QString::fromLatin1(found->text);
}

template <typename T> std::optional<T> valueIn(std::span<const Word<T>> words, QStringView text)
{
    const auto found = std::ranges::find_if(
        words, [text](const Word<T> &word) { return text == QLatin1String(word.text); });
    return found == words.end() ? std::nullopt : std::optional(found->value);
}

} // namespace station
