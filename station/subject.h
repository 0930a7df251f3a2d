// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/device.h"

#include <memory>

namespace station {

struct Knowledge;

/// What is examined, and what the station was told of it before.
struct Subject {
    QString target = {}; ///< TCTI string
    QString slot = {}; ///< its name; empty: none
    Device device = {}; ///< from scan and admission; a `read` knows nothing of it
    std::shared_ptr<const Knowledge> knowledge = nullptr; ///< null: the station knows nothing
};

} // namespace station
