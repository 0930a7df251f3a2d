// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"

#include <QCommandLineParser>

namespace app {

/// Adds --from and --to, and reads them: microseconds, from included and to not. Fault::Syntax.
void describeSpan(QCommandLineParser &parser);
[[nodiscard]] station::Result<std::pair<std::optional<qint64>, std::optional<qint64>>> spanOf(
    const QCommandLineParser &parser);

/// Adds the options that say which records go out.
void describeSelection(QCommandLineParser &parser);

/// What they say; without --verdict each proven device once. Fault::Syntax.
[[nodiscard]] station::Result<station::RecordFilter> selectionOf(const QCommandLineParser &parser);

} // namespace app
