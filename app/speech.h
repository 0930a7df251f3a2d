// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace app {

/// The language of the window: Qt's own words, ours, and how numbers and dates are written. One for
/// a program; on its way out it takes its words with it.
class Speech {
public:
    /// "en", "ko"; empty: the computer's, or English where that is another.
    void speak(const QString &language);

private:
    QTranslator m_qt;
    QTranslator m_own;
};

} // namespace app
