// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/supplierlist.h"
#include "tpm/trust.h"

#include <functional>

namespace station {

/// What a station knows beside the device: whom it trusts, what was delivered, what time it is.
/// Never changes while a line runs, so that all slots share it.
struct Knowledge {
    std::shared_ptr<const tpm::Trust> trust = nullptr; ///< null: no roots were imported
    std::shared_ptr<const SupplierList> supplier = nullptr; ///< null: nobody gave a list
    std::function<QDateTime()> now = &QDateTime::currentDateTimeUtc;
    QByteArray ownKey = {}; ///< TPM2B_PUBLIC of the station's own TPM; empty: it has none
};

/// From a root store and a supplier's list; an empty name: there is none.
[[nodiscard]] Result<std::shared_ptr<const Knowledge>> learn(
    const QString &rootsFile, const QString &supplierFile);

/// The endorsement key of the station's own TPM, as TPM2B_PUBLIC. An empty target means the one at
/// /dev/tpmrm0, where there is one that can be asked; the key is empty where there is none.
/// Fault::Missing: a TPM that was named does not tell its key. Blocks.
[[nodiscard]] Result<QByteArray> readOwnKey(const QString &target);

} // namespace station
