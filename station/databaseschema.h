// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"
#include "station/verdict.h"

#include <QStringList>

namespace station {

/// What a new ledger is told about itself.
struct Birth {
    Purpose purpose = Purpose::Production;
    qint64 atUs = 0;
    QString by; ///< the station that made it
};

/// resources/schema in order; number 1 comes first.
[[nodiscard]] QStringList shippedMigrations();

/// The schema's number; 0 for an empty database, Fault::Ledger for one that is not a ledger.
[[nodiscard]] Result<int> schemaOf(Database &database);

/// Brings a database to the last of these migrations, each in one transaction. An existing SQLite
/// file is copied beside itself first. A newer one than we know stays as it is: Fault::LedgerNewer.
[[nodiscard]] Result<void> migrate(
    Database &database, const QStringList &migrations, const Birth &birth);

/// For a reader, which never migrates: refuses what is not a ledger of this version's schema.
[[nodiscard]] Result<void> checkSchema(Database &database);

/// Fault::Purpose unless the ledger was made for this purpose.
[[nodiscard]] Result<void> checkPurpose(Database &database, Purpose purpose);

} // namespace station
