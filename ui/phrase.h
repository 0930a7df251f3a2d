// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <span>

namespace ui::wording {

// What the tables of words share.

inline QString tr(const char *text)
{
    return QCoreApplication::translate("wording", text);
}

struct Phrase {
    const char *code;
    const char *text;
};

/// The code itself where nobody wrote a phrase: better a raw word than silence.
inline QString phrase(
    std::span<const Phrase> phrases, const QString &code, const QString &otherwise)
{
    for (const auto &entry : phrases)
        if (code == QLatin1String(entry.code))
            return tr(entry.text);
    return otherwise;
}

} // namespace ui::wording
