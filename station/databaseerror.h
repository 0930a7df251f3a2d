// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

class QSqlError;

namespace station {

/// An engine's error in the ledger's words.
struct DatabaseError {
    Error error;
    bool contested = false; ///< somebody else came first: a unique index, a deadlock
};

[[nodiscard]] DatabaseError sqliteError(const QSqlError &error, const QString &path);
[[nodiscard]] DatabaseError postgresError(const QSqlError &error);

} // namespace station
