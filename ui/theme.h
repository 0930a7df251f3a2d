// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/slotview.h"

#include <QColor>
#include <QPalette>
#include <array>

namespace ui {

/// The colours of one state: text on a surface that it can be read on.
struct Colours {
    QColor surface;
    QColor text;
    QColor edge;
};

namespace look {

/// System: dark where the computer's other windows are, else light.
enum class Theme { System, Light, Dark, Contrast };

/// "system", "light", "dark", "contrast"; System for any other word.
[[nodiscard]] Theme themeOf(const QString &word);

/// Every colour of the window. A test computes that each text can be read on what it stands on.
struct Scheme {
    QColor ground, paper, soft; ///< behind everything, behind what is read, every other row of it
    QColor ink, quiet; ///< text, and text that explains
    QColor accent, onAccent; ///< what has the focus, is chosen or can be followed; text on it
    QColor pressed; ///< a button under a finger
    QColor border, faint; ///< of a control; between parts of one thing
    QColor off, offGround; ///< text of a control that is out of use, and that control
    QColor wrong; ///< text that refuses
    QColor track; ///< the part of a ring that is not done yet
    std::array<Colours, 10> states; ///< by SlotState
};

[[nodiscard]] const Scheme &schemeOf(Theme theme);
[[nodiscard]] const Scheme &scheme(); ///< the one that the program wears
/// Puts a theme on, at once. What it is, the application itself remembers, as it does its palette.
void wear(Theme theme);
/// The computer's windows have changed: so does ours, where it is to look as they do.
void follow();

[[nodiscard]] QPalette palette(const Scheme &scheme);
[[nodiscard]] QString styleSheet();

} // namespace look
} // namespace ui
