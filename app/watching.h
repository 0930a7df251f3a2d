// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/interrupt.h"
#include "upload/handover/export.h"

#include <QElapsedTimer>

namespace app {

/// Long work in a terminal: says each second how far it is, and ends at Ctrl-C.
class Watching {
public:
    [[nodiscard]] upload::handover::Watcher watcher();

private:
    Interrupt m_interrupt;
    QElapsedTimer m_since;
};

} // namespace app
