// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/knowledge.h"

#include "station/roots.h"

namespace station {

Result<std::shared_ptr<const Knowledge>> learn(
    const QString &rootsFile, const QString &supplierFile)
{
    auto knowledge = std::make_shared<Knowledge>();
    if (!rootsFile.isEmpty()) {
        const auto anchors = loadRoots(rootsFile);
        if (!anchors)
            return std::unexpected(anchors.error());
        if (!anchors->certificates.isEmpty())
            knowledge->trust = std::make_shared<const tpm::Trust>(*anchors);
    }
    if (!supplierFile.isEmpty()) {
        auto list = SupplierList::load(supplierFile);
        if (!list)
            return std::unexpected(list.error());
        knowledge->supplier = std::make_shared<const SupplierList>(std::move(*list));
    }
    return knowledge;
}

} // namespace station
