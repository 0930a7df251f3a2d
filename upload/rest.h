// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/error.h"

namespace upload {

/// How things stand once an outbox has done all that it can do for now.
struct Rest {
    enum class State { // the worst last
        Delivered, ///< nothing of this destination is left to do
        Waiting, ///< the service refused some or wants a pause; what is left is tried again later
        Offline, ///< the service cannot be reached; tried again later
        NeedsPerson, ///< nothing more happens until somebody sees to the error, such as a 401
        NoLedger, ///< the ledger does not answer as it should
    };
    State state = State::Delivered;
    QString detail; ///< technical words; empty where Delivered
};

/// What a fault that concerns the whole service means for the run that met it.
[[nodiscard]] Rest restOf(const Error &error);

} // namespace upload
