// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/papers.h"
#include "app/settings.h"
#include "upload/handover/bundle.h"

namespace app {

/// What a bundle of a station needs beside the ledger; without settings, what is known of every
/// station.
[[nodiscard]] station::Result<upload::handover::BundlePapers> bundlePapers(
    const QString &stationId, const std::optional<Settings> &settings, const Signer &signer);

} // namespace app
