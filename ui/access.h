// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui {

/// Tells those who read the screen aloud what our own widgets are. May be called again.
void installRoles();

} // namespace ui
