// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"

namespace station {

// What has changed in a SQLite ledger since it was last copied, whoever changed it: triggers write
// down each row, in the transaction that changes it.

/// From now on; does nothing where it is done already. A ledger that has got another table since
/// begins another log: what was written there before nobody knows. Fault::Refused for PostgreSQL.
[[nodiscard]] Result<void> keepChangeLog(Database &database);
/// Nobody copies this ledger any more: what nobody reads would only grow.
[[nodiscard]] Result<void> dropChangeLog(Database &database);

/// Which log it is: a ledger whose log was dropped and kept again has another one, and what changed
/// between the two nobody knows. Fault::Missing where there is none.
[[nodiscard]] Result<QByteArray> changeLogId(Database &database);

} // namespace station
