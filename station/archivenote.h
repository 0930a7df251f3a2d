// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/chain.h"
#include "station/error.h"

#include <QList>

namespace station {

/// What an entry of kind `archive` says: where bodies are that this ledger has no more.
struct ArchiveNote {
    qint64 seq = 0; ///< the entry itself
    QString before; ///< "2026-03": examinations of earlier months
    QString bundle; ///< the path under which it was written
    QString sha256; ///< of its manifest, hex: the bundle's own name
    qint64 entries = 0; ///< that it holds whole: no more bodies than these may be gone

    bool operator==(const ArchiveNote &) const = default;
};

[[nodiscard]] QByteArray bodyOf(const ArchiveNote &note);
/// Empty for an entry that is none.
[[nodiscard]] std::optional<ArchiveNote> archiveNoteOf(const Entry &entry);

/// Why examinations stay that are old enough to go.
struct Staying {
    QString why; ///< hold, queue, undelivered, order, unit
    qint64 records = 0;
    QString example; ///< a serial

    bool operator==(const Staying &) const = default;
};

/// What an archive takes and what it leaves.
struct Parting {
    qint64 leaving = 0;
    QList<Staying> staying;

    bool operator==(const Parting &) const = default;
};

/// SQL about a record r: why it may not go, one of Staying::why; empty: it may.
[[nodiscard]] QString whyItStays();

} // namespace station
