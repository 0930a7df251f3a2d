// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/device.h"
#include "station/error.h"
#include "station/examination.h"
#include "station/intent.h"
#include "station/slot.h"

#include <QStringList>
#include <functional>
#include <memory>

namespace station {

struct Knowledge;

/// What in the ledger contradicts a device that would be bound to this key now. Blocks, on any
/// thread.
using AskLedger =
    std::function<Result<QList<Finding>>(const Device &, const tpm::EndorsementKey &)>;

/// Has an intent recorded; the number of its entry, once that is on the disk. Fault::Refused: the
/// EK that would be lost is bound to a device. Blocks, on any thread.
using RecordIntent = std::function<Result<qint64>(const Intent &)>;

/// What is examined, and what the station was told of it before.
struct Subject {
    QString target = {}; ///< TCTI string
    QString slot = {}; ///< its name; empty: none
    Device device = {}; ///< from scan and admission; a `read` knows nothing of it
    std::shared_ptr<const Knowledge> knowledge = nullptr; ///< null: the station knows nothing
    QStringList identity = {}; ///< program and arguments that read the unit's own data; empty: none
    Hooks hooks = {};
    QString network = {}; ///< see Slot
    AskLedger ledger = {}; ///< null: there is none
    /// Null: nobody would write it down, so nothing is written to the TPM; such steps are skipped.
    RecordIntent intend = {};
};

} // namespace station
