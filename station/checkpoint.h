// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/chain.h"
#include "station/error.h"

#include <functional>

namespace station {

/// A station's own signature of some bytes: detached CMS, PEM. Called on the ledger's thread.
using Signing = std::function<Result<QByteArray>(const QByteArray &content)>;

/// Where a chain stood, signed: nobody who cannot sign can write the entries before it again.
struct Checkpoint {
    Head head; ///< of the entry before the checkpoint's own
    QByteArray signature; ///< PEM

    bool operator==(const Checkpoint &) const = default;
};

/// The bytes that a checkpoint signs, one line of text: "ekstation-checkpoint-1 STATION SEQ HASH".
[[nodiscard]] QByteArray checkpointText(const QString &stationId, const Head &head);

[[nodiscard]] QByteArray bodyOf(const Checkpoint &checkpoint);

/// Fault::Syntax.
[[nodiscard]] Result<Checkpoint> parseCheckpoint(const QByteArray &body);

} // namespace station
