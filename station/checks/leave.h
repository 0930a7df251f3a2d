// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/checks/check.h"

namespace station {

// What the steps that write share.

/// "0x81010001"
[[nodiscard]] QString handleText(quint32 handle);

/// Has an intent committed before something is taken out of the TPM. What the step must return
/// instead, where that is refused or cannot be done.
[[nodiscard]] std::optional<Judgement> announce(
    Context &context, const QString &action, const QList<quint32> &takes);

/// Persists a key that this session made, reads it back, and flushes the made one.
[[nodiscard]] tpm::Result<tpm::Object> keep(
    Context &context, const tpm::Object &made, quint32 handle);

} // namespace station
