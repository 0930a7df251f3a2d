// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/examination.h"
#include "station/plan.h"
#include "station/subject.h"
#include "tpm/challenge.h"
#include "tpm/stop.h"

#include <functional>
#include <memory>

namespace station {

/// How far an examination is.
struct Progress {
    int step = 0; ///< the check that runs now, from 1
    int steps = 0;
    QString check;

    bool operator==(const Progress &) const = default;
};

/// Examines the TPM of a subject as a plan asks: runs the checks of station/checks. Blocks until it
/// is done, a budget ran out or `stop` was requested. Every check that is still possible runs, and
/// then, if none has failed, what the plan leaves in the TPM; the verdict is a proposal. `tell` is
/// called before each check, on this thread.
[[nodiscard]] Examination examine(const Subject &subject, const Plan &plan,
    const std::shared_ptr<tpm::Stop> &stop, const tpm::Random &random = tpm::secureRandom,
    const std::function<void(const Progress &)> &tell = {});

} // namespace station
