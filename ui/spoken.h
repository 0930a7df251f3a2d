// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QWidget;

namespace ui {

/// Says a widget's words now, and again whenever the language of the window changes. `say` lives as
/// long as the widget.
void speak(QWidget *widget, const std::function<void()> &say);

} // namespace ui
