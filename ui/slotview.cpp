// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/slotview.h"

namespace ui {

SlotState slotStateOf(station::Verdict verdict)
{
    switch (verdict) {
    case station::Verdict::Pass:
        return SlotState::Pass;
    case station::Verdict::Fail:
        return SlotState::Fail;
    case station::Verdict::Error:
        return SlotState::Error;
    case station::Verdict::Timeout:
        return SlotState::Timeout;
    case station::Verdict::Aborted:
        return SlotState::Aborted;
    }
    return SlotState::Error;
}

} // namespace ui
