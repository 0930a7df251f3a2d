// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <chrono>

namespace tpm {

/// How long each step with a TPM may take before it counts as silent.
struct Budget {
    std::chrono::milliseconds command{5'000};
    std::chrono::milliseconds creation{
        120'000}; ///< key generation: a hardware RSA key takes seconds to a minute
    std::chrono::milliseconds examination{180'000}; ///< the whole session

    /// The budget of one TPM_CC.
    [[nodiscard]] std::chrono::milliseconds of(quint32 code) const;

    bool operator==(const Budget &) const = default;
};

} // namespace tpm
