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
};

/// From a root store and a supplier's list; an empty name: there is none.
[[nodiscard]] Result<std::shared_ptr<const Knowledge>> learn(
    const QString &rootsFile, const QString &supplierFile);

} // namespace station
