// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/databaseschema.h"

#include <QDir>
#include <QFile>

namespace station {

using namespace Qt::StringLiterals;

namespace {

QStringList statementsOf(QString script, bool postgres)
{
    script.replace(u"{integer}"_s, postgres ? u"BIGINT"_s : u"INTEGER"_s);
    script.replace(u"{bytes}"_s, postgres ? u"BYTEA"_s : u"BLOB"_s);
    script.replace(u"{strict}"_s, postgres ? QString() : u"STRICT"_s);
    script.replace(u"{identity}"_s,
        postgres ? u"BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"_s
                 : u"INTEGER PRIMARY KEY AUTOINCREMENT"_s);
    QStringList lines = script.split(u'\n');
    lines.removeIf([](const QString &line) { return line.startsWith("--"_L1); });
    QStringList statements;
    for (const QString &statement : lines.join(u'\n').split(u';')) {
        if (!statement.trimmed().isEmpty())
            statements.append(statement.trimmed());
    }
    return statements;
}

Error newer(int schema, qsizetype known)
{
    return {Fault::LedgerNewer,
        u"the ledger has schema %1, this version knows %2; install the newer version"_s.arg(schema)
            .arg(known)};
}

Result<void> copyBefore(Database &database, int schema)
{
    if (database.isPostgres())
        return {}; // the server's own backups; a client cannot copy it
    const QString copy = u"%1.schema%2.bak"_s.arg(database.place().path).arg(schema);
    if (QFile::exists(copy))
        return {}; // an earlier try made it, and failed after that
    auto copied = database.change(u"VACUUM INTO ?"_s, {copy});
    if (!copied)
        return std::unexpected(copied.error());
    return {};
}

Result<void> writeSchema(Database &database, int schema, const Birth &birth)
{
    QString sql = u"UPDATE meta SET schema = ?"_s;
    QVariantList values{schema};
    if (schema == 1) {
        sql =
            u"INSERT INTO meta (one, schema, purpose, created_at_us, created_by) VALUES (1, ?, ?, ?, ?)"_s;
        values += {word(birth.purpose), birth.atUs, birth.by};
    }
    if (auto written = database.change(sql, values); !written)
        return std::unexpected(written.error());
    if (database.isPostgres())
        return {};
    // So that file(1) and other programs see the number without knowing our tables.
    auto numbered = database.change(u"PRAGMA user_version = %1"_s.arg(schema));
    if (!numbered)
        return std::unexpected(numbered.error());
    return {};
}

/// One step, unless another process has made it meanwhile.
Result<void> step(Database &database, int schema, const QString &script, const Birth &birth)
{
    if (database.isPostgres()) {
        auto alone = database.select(u"SELECT pg_advisory_xact_lock(6071226490130)"_s);
        if (!alone)
            return std::unexpected(alone.error());
    }
    auto there = schemaOf(database);
    if (!there)
        return std::unexpected(there.error());
    if (*there >= schema)
        return {};
    for (const QString &statement : statementsOf(script, database.isPostgres())) {
        if (auto done = database.change(statement); !done)
            return std::unexpected(done.error());
    }
    return writeSchema(database, schema, birth);
}

} // namespace

QStringList shippedMigrations()
{
    const QDir folder(u":/schema"_s);
    QStringList scripts;
    for (const QString &name : folder.entryList({u"*.sql"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            scripts.append(QString::fromUtf8(file.readAll()));
    }
    return scripts;
}

Result<int> schemaOf(Database &database)
{
    const QString tables = database.isPostgres()
        ? u"SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"_s
        : u"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"_s;
    auto names = database.select(tables);
    if (!names)
        return std::unexpected(names.error());
    if (names->isEmpty())
        return 0;
    if (!names->contains(QVariantList{u"meta"_s}) || !names->contains(QVariantList{u"station"_s}))
        return std::unexpected(
            Error{Fault::Ledger, u"this database holds other tables than a ledger's"_s});
    auto rows = database.select(u"SELECT schema FROM meta"_s);
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->size() != 1)
        return std::unexpected(Error{Fault::Damaged, u"the ledger does not say what it is"_s});
    return rows->first().first().toInt();
}

Result<void> migrate(Database &database, const QStringList &migrations, const Birth &birth)
{
    auto schema = schemaOf(database);
    if (!schema)
        return std::unexpected(schema.error());
    if (*schema > migrations.size())
        return std::unexpected(newer(*schema, migrations.size()));
    if (*schema > 0 && *schema < migrations.size()) {
        if (auto copied = copyBefore(database, *schema); !copied)
            return copied;
    }
    for (int next = *schema + 1; next <= migrations.size(); ++next) {
        auto done =
            database.transact([&] { return step(database, next, migrations.at(next - 1), birth); });
        if (!done)
            return done;
    }
    return {};
}

Result<void> checkSchema(Database &database)
{
    auto schema = schemaOf(database);
    if (!schema)
        return std::unexpected(schema.error());
    const qsizetype known = shippedMigrations().size();
    if (*schema > known)
        return std::unexpected(newer(*schema, known));
    if (*schema == 0)
        return std::unexpected(
            Error{Fault::Missing, u"no ledger in the database; a line makes one when it starts"_s});
    if (*schema < known)
        return std::unexpected(Error{Fault::Ledger,
            u"the ledger has schema %1, this version reads %2; start its line once to bring it up to date"_s
                .arg(*schema)
                .arg(known)});
    return {};
}

Result<void> checkPurpose(Database &database, Purpose purpose)
{
    auto rows = database.select(u"SELECT purpose FROM meta"_s);
    if (!rows)
        return std::unexpected(rows.error());
    const QString made = rows->isEmpty() ? QString() : rows->first().first().toString();
    if (made == word(purpose))
        return {};
    return std::unexpected(Error{Fault::Purpose,
        u"the ledger was made for %1, the station is set to %2"_s.arg(made, word(purpose))});
}

} // namespace station
