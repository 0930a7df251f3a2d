// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <utility>

namespace station {

// A replica as the file that it is: whether one may be written there, and how one gets there.

/// Refuses a copy that is no copy of this ledger's chains: it goes on from another entry, or knows
/// more of one than the ledger, or is a file of another kind. Fault::Refused; a copy that is not
/// there, or cannot be read now, is none to refuse.
[[nodiscard]] Result<void> checkReplica(const QString &ledger, const QString &copy);

/// Turns a whole copy of a ledger's file, which has the ledger's own log and triggers, into a
/// replica that has every change of that log up to `last`.
[[nodiscard]] Result<void> makeReplica(const QString &file, const QByteArray &log, qint64 last);

/// The file in the place of the copy, whole or not at all.
[[nodiscard]] Result<void> placeReplica(const QString &draft, const QString &copy);

/// Device and inode: disks that were made alike give their files the same numbers. A file that is
/// not there has none.
[[nodiscard]] std::pair<quint64, quint64> inodeOf(const QString &path);

[[nodiscard]] std::unexpected<Error> notCopied(const QString &copy, const QString &why);

} // namespace station
