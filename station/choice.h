// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/toml.h"
#include "station/words.h"

namespace station {

/// The named value, or what was there before, with a complaint that lists the words.
template <typename T>
T choice(TomlTable &table, const QString &key, std::span<const Word<T>> words, T otherwise)
{
    using namespace Qt::StringLiterals;
    const QString text = table.text(key, wordIn(words, otherwise));
    const auto value = valueIn(words, text);
    if (!value) {
        QStringList allowed;
        for (const auto &word : words)
            allowed.append(QString::fromLatin1(word.text));
        table.reject(key, u"\"%1\" is none of %2"_s.arg(text, allowed.join(u", "_s)));
    }
    return value.value_or(otherwise);
}

} // namespace station
