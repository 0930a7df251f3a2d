// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"
#include "upload/handover/bundle.h"

namespace app {

/// Where the bundle of a closed order goes; empty: none is made.
[[nodiscard]] QString orderBundleOf(const Settings &settings, const QString &ref);

/// Before an order is closed: whether its bundle can be made. Fault::Missing: the folder, or the
/// station's key; Fault::Refused: a file of that name is there.
[[nodiscard]] station::Result<void> checkOrderBundle(const Settings &settings, const QString &ref);

/// Everything that is recorded of an order, failures included, signed by the station. Blocks; any
/// thread.
[[nodiscard]] station::Result<upload::handover::Bundled> makeOrderBundle(
    const Settings &settings, const QString &ref, const upload::handover::Watcher &watcher = {});

} // namespace app
