// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/handover/container.h"

namespace upload::handover {

constexpr qsizetype mostNames = 200'000; ///< in a bundle

// What a Container needs; for others there is Container itself.
[[nodiscard]] Result<QStringList> namesBelow(const QString &folder);
[[nodiscard]] Result<QStringList> namesInZip(const QString &zip);
[[nodiscard]] Result<std::unique_ptr<QIODevice>> openInZip(const QString &zip, const QString &name);

} // namespace upload::handover
