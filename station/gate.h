// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "station/plan.h"
#include "station/slot.h"
#include "tpm/properties.h"

namespace station {

/// What a ledger says of a unit that stands before the box.
struct GateFacts {
    std::optional<Unit> unit;
    std::optional<Binding> binding; ///< the active one
    QList<RecordRow> records; ///< the newest first, without those of pack-outs
    QList<Delivery> operations; ///< on its enrollment, the newest first
    QByteArray pass; ///< the body of the examination that the binding rests on; null: archived

    bool operator==(const GateFacts &) const = default;
};

/// What its TPM says, on the image that ships.
struct GateSight {
    Examination examination; ///< with the key
    QList<quint32> persistent;
    tpm::State state;
};

[[nodiscard]] Result<GateFacts> gateFactsOf(LedgerReader &reader, const QString &serial);

/// Reads the unit that stands on a slot, whose commands start it and bring it to rest; writes
/// nothing. Blocks, at most as long as these and the budget say. An examination with a trouble or
/// without a key has seen nothing more.
[[nodiscard]] GateSight sightOf(const Slot &slot, const QString &serial, const Plan &plan);

/// Every reason not to pack the unit, and everything that speaks for it: each a finding of its own.
/// Whether the unit may leave the line: "verdict", "newer-fail", "disposition", "binding",
/// "enrollment".
[[nodiscard]] QList<Finding> judge(const GateFacts &facts);
/// Whether what is packed is what has passed: "same-key", "handles", "lockout"; the first alone
/// where no key could be read.
[[nodiscard]] QList<Finding> judge(
    const GateFacts &facts, const GateSight &sight, const LeaveRule &leave);

/// Every code that these findings may carry.
[[nodiscard]] QStringList gateAdvices();

} // namespace station
