// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"
#include "upload/safe.h"

#include <QCommandLineParser>

namespace app::commands {

// What the four commands `credentials …` share.

/// What such a command is about.
struct Asked {
    QString name;
    std::optional<upload::Source::Place> place; ///< none: any
    Settings settings; ///< of --station, if it was given; with the TPM of --tpm
};

void describeCommon(QCommandLineParser &parser); ///< --station and --json
void describeName(QCommandLineParser &parser); ///< the same, NAME, --in and --tpm
[[nodiscard]] station::Result<Asked> askedOf(const QCommandLineParser &parser);

/// Those of this name that are kept, in the place that was asked for or in any.
[[nodiscard]] QList<upload::Card> cardsOf(const Asked &asked);

} // namespace app::commands
