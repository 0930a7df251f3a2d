// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/changelog.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

Result<bool> isKept(Database &database)
{
    auto rows = database.select(
        u"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'change_log'"_s);
    if (!rows)
        return std::unexpected(rows.error());
    return rows->first().first().toInt() > 0;
}

Result<QStringList> tablesOf(Database &database)
{
    auto rows = database.select(
        u"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT "
        u"LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name NOT LIKE 'change\\_log%' ESCAPE '\\' AND name NOT IN ('replica', 'leaving') ORDER BY name"_s);
    if (!rows)
        return std::unexpected(rows.error());
    QStringList tables;
    for (const QVariantList &row : std::as_const(*rows))
        tables.append(row.first().toString());
    return tables;
}

/// Whether each of these tables writes down what changes in it.
Result<bool> isWhole(Database &database, const QStringList &tables)
{
    auto rows = database.select(
        u"SELECT count(DISTINCT tbl_name) FROM sqlite_master WHERE type = 'trigger' AND name "
        "LIKE 'change\\_log\\_%' ESCAPE '\\'"_s);
    if (!rows)
        return std::unexpected(rows.error());
    return rows->first().first().toInt() == tables.size();
}

QStringList triggersOf(const QString &table)
{
    QStringList sql;
    for (const auto &[event, row] :
        {std::pair{u"INSERT"_s, u"NEW"_s}, {u"UPDATE"_s, u"NEW"_s}, {u"DELETE"_s, u"OLD"_s}})
        sql.append(u"CREATE TRIGGER change_log_%1_%2 AFTER %2 ON %1 BEGIN "
                   "INSERT INTO change_log (name, row) VALUES ('%1', %3.rowid); END"_s.arg(
                       table, event, row));
    return sql;
}

Result<void> runAll(Database &database, const QStringList &statements)
{
    for (const QString &sql : statements)
        if (auto done = database.change(sql); !done)
            return std::unexpected(done.error());
    return {};
}

Result<void> dropAll(Database &database)
{
    auto rows = database.select(u"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name "
                                "LIKE 'change\\_log\\_%' ESCAPE '\\'"_s);
    if (!rows)
        return std::unexpected(rows.error());
    QStringList statements;
    for (const QVariantList &row : std::as_const(*rows))
        statements.append(u"DROP TRIGGER "_s + row.first().toString());
    statements += {u"DROP TABLE change_log"_s, u"DROP TABLE change_log_id"_s};
    return runAll(database, statements);
}

} // namespace

Result<void> keepChangeLog(Database &database)
{
    if (database.isPostgres())
        return std::unexpected(Error{Fault::Refused,
            u"a ledger on PostgreSQL is copied by PostgreSQL's own replication; take \"replica\" out of [ledger]"_s});
    return database.transact([&]() -> Result<void> {
        const auto kept = isKept(database);
        const auto tables = tablesOf(database);
        if (!kept || !tables)
            return std::unexpected(kept ? tables.error() : kept.error());
        const auto whole = *kept ? isWhole(database, *tables) : Result<bool>(false);
        if (!whole || *whole)
            return whole ? Result<void>() : std::unexpected(whole.error());
        if (const auto dropped = *kept ? dropAll(database) : Result<void>(); !dropped)
            return dropped;
        QStringList statements{
            u"CREATE TABLE change_log (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "
            "row INTEGER NOT NULL) STRICT"_s,
            u"CREATE TABLE change_log_id (id BLOB NOT NULL) STRICT"_s,
            u"INSERT INTO change_log_id (id) VALUES (randomblob(16))"_s};
        for (const QString &table : *tables)
            statements += triggersOf(table);
        return runAll(database, statements);
    });
}

Result<void> dropChangeLog(Database &database)
{
    if (database.isPostgres())
        return {};
    const auto kept = isKept(database);
    if (!kept || !*kept)
        return kept ? Result<void>() : std::unexpected(kept.error());
    return database.transact([&database] { return dropAll(database); });
}

Result<QByteArray> changeLogId(Database &database)
{
    auto kept = isKept(database);
    if (!kept)
        return std::unexpected(kept.error());
    auto rows = *kept ? database.select(u"SELECT id FROM change_log_id"_s)
                      : Result<Database::Rows>(Database::Rows());
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::unexpected(Error{Fault::Missing, u"this ledger keeps no log of changes"_s});
    return rows->first().first().toByteArray();
}

} // namespace station
