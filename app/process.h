// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app {

/// What both programs are as processes: no signal ends them where an error code would do, and no
/// secret outlives them in a core file. First in main(), before any thread.
void prepareProcess();

} // namespace app
