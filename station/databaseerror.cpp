// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/databaseerror.h"

#include <QSqlError>

namespace station {

using namespace Qt::StringLiterals;

namespace {

// SQLite's result codes (sqlite.org/rescode.html); the low byte is the primary one.
enum SqliteCode {
    SqliteBusy = 5,
    SqliteLocked = 6,
    SqliteReadOnly = 8,
    SqliteIo = 10,
    SqliteCorrupt = 11,
    SqliteFull = 13,
    SqliteCannotOpen = 14,
    SqliteNotADatabase = 26,
    SqlitePrimaryKey = 1555,
    SqliteUnique = 2067,
};

} // namespace

DatabaseError sqliteError(const QSqlError &error, const QString &path)
{
    const int code = error.nativeErrorCode().toInt();
    const QString detail =
        u"%1: %2 (SQLite %3)"_s.arg(path, error.databaseText(), QString::number(code));
    if (code == SqliteUnique || code == SqlitePrimaryKey)
        return {{Fault::Ledger, detail}, true};
    switch (code & 0xff) {
    case SqliteFull:
        return {{Fault::Full, detail}};
    case SqliteIo:
        return {{Fault::Ledger,
            u"the disk does not keep the ledger; is it full, over its quota, or broken? "_s
                + detail}};
    case SqliteCorrupt:
    case SqliteNotADatabase:
        return {{Fault::Damaged, detail}};
    case SqliteReadOnly:
        return {{Fault::Ledger,
            u"the ledger cannot be written; may this user write it and its folder? "_s + detail}};
    case SqliteBusy:
    case SqliteLocked:
        return {{Fault::Ledger, u"the ledger is locked by another process: "_s + detail}};
    case SqliteCannotOpen:
        return {{Fault::Ledger,
            u"the ledger cannot be opened; may this user write it and its folder? "_s + detail}};
    default:
        return {{Fault::Ledger, detail}};
    }
}

DatabaseError postgresError(const QSqlError &error)
{
    const QString code = error.nativeErrorCode();
    const QString detail =
        u"%1 (PostgreSQL %2)"_s.arg(error.databaseText().trimmed(), code.isEmpty() ? u"-"_s : code);
    // SQLSTATE: unique_violation, serialization_failure, deadlock_detected
    if (code == u"23505" || code == u"40001" || code == u"40P01")
        return {{Fault::Ledger, detail}, true};
    if (code == u"53100") // disk_full
        return {{Fault::Full, detail}};
    if (code == u"XX001" || code == u"XX002") // data_corrupted, index_corrupted
        return {{Fault::Damaged, detail}};
    if (code == u"25006") // read_only_sql_transaction
        return {{Fault::Ledger, u"the ledger cannot be written: "_s + detail}};
    if (code == u"55P03") // lock_not_available
        return {{Fault::Ledger, u"the ledger is locked by another process: "_s + detail}};
    return {{Fault::Ledger, detail}};
}

} // namespace station
