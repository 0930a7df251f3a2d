// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/database.h"

#include "station/databaseerror.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>
#include <QtEndian>

namespace station {

using namespace Qt::StringLiterals;

namespace {

// A null QString would become NULL, which none of our text columns takes; and PostgreSQL's TEXT
// cannot hold U+0000, which a damaged barcode may well bring.
QVariant storable(const QVariant &value)
{
    if (value.userType() != QMetaType::QString)
        return value;
    QString text = value.toString();
    text.remove(QChar(u'\0'));
    return text.isNull() ? QVariant(u""_s) : QVariant(text);
}

} // namespace

Database::Database(DatabasePlace place, Access access)
    : m_place(std::move(place)), m_access(access),
      m_connection(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

namespace {

/// Whether processes share this file as they read and write it: in WAL mode they need memory in
/// common, which no network has. A backup or a replica is a file of one writer.
bool isShared(const QString &path)
{
    // SQLite's file format, section 1.3: byte 18 is 1 for a rollback journal.
    QFile file(path);
    return !file.open(QIODevice::ReadOnly) || file.read(19).mid(18) != QByteArray(1, 1);
}

/// A writer that was killed has left its journal, and who only reads cannot roll it back.
void settleJournal(const QString &path)
{
    if (!QFileInfo::exists(path + u"-journal"_s))
        return;
    const QString name = u"journal-"_s + QUuid::createUuid().toString();
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(path);
        database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s);
        if (database.open()) // a journal of somebody who lives stays
            QSqlQuery(database).exec(u"SELECT count(*) FROM sqlite_master"_s);
    }
    QSqlDatabase::removeDatabase(name);
}

} // namespace

Database::~Database()
{
    rollback();
    connection().close();
    QSqlDatabase::removeDatabase(m_connection);
}

QSqlDatabase Database::connection() const
{
    return QSqlDatabase::database(m_connection, false);
}

Result<std::unique_ptr<Database>> Database::open(const DatabasePlace &place, Access access)
{
    if (place.engine == DatabasePlace::Engine::Sqlite) {
        if (access == Access::ReadOnly && !QFileInfo::exists(place.path))
            return std::unexpected(Error{Fault::Missing, u"no ledger at "_s + place.path});
        if (access == Access::ReadWrite || isShared(place.path))
            if (auto checked = checkFileSystem(place.path); !checked)
                return std::unexpected(checked.error());
        if (access == Access::ReadOnly)
            settleJournal(place.path);
    }
    std::unique_ptr<Database> database(new Database(place, access));
    const QString driver = database->isPostgres() ? u"QPSQL"_s : u"QSQLITE"_s;
    if (!QSqlDatabase::isDriverAvailable(driver))
        return std::unexpected(Error{Fault::Missing, u"Qt's database driver "_s + driver});
    QSqlDatabase::addDatabase(driver, database->m_connection);
    if (auto connected = database->connect(); !connected)
        return std::unexpected(connected.error());
    return database;
}

Result<void> Database::connect()
{
    QSqlDatabase database = connection();
    if (isPostgres()) {
        database.setHostName(m_place.host);
        database.setPort(m_place.port);
        database.setDatabaseName(m_place.name);
        database.setUserName(m_place.user);
        database.setPassword(m_place.password);
        database.setConnectOptions(m_place.options);
    } else {
        database.setDatabaseName(m_place.path);
        database.setConnectOptions(m_access == Access::ReadOnly
                ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=10000"_s
                : u"QSQLITE_BUSY_TIMEOUT=10000"_s);
    }
    if (!database.open())
        return std::unexpected(translated(database.lastError()));
    return isPostgres() ? configurePostgres() : configureSqlite();
}

Result<void> Database::configureSqlite()
{
    const auto set = [this](const QString &pragma, const QString &value) -> Result<void> {
        if (auto asked = run(u"PRAGMA "_s + pragma + u'=' + value, {}); !asked)
            return std::unexpected(asked.error());
        auto rows = select(u"PRAGMA "_s + pragma);
        if (!rows)
            return std::unexpected(rows.error());
        // SQLite answers a setting that it cannot keep with the old value, not with an error.
        if (rows->isEmpty() || rows->first().first().toString() != value)
            return std::unexpected(Error{Fault::Ledger, u"SQLite does not keep "_s + pragma});
        return {};
    };
    if (m_access == Access::ReadOnly)
        return set(u"query_only"_s, u"1"_s);
    if (auto mode = set(u"journal_mode"_s, u"wal"_s); !mode)
        return mode;
    if (auto full = set(u"synchronous"_s, u"2"_s); !full)
        return full;
    return set(u"foreign_keys"_s, u"1"_s);
}

Result<void> Database::configurePostgres()
{
    // A server told to answer before its disk would make a green light a lie; a server told to wait
    // for its replicas as well keeps that.
    auto sync = select(u"SHOW synchronous_commit"_s);
    if (!sync)
        return std::unexpected(sync.error());
    const QString mode = sync->first().first().toString();
    QStringList settings{u"SET lock_timeout = '10s'"_s, u"SET statement_timeout = '60s'"_s,
        u"SET tcp_keepalives_idle = 15"_s, u"SET tcp_keepalives_interval = 5"_s,
        u"SET tcp_keepalives_count = 3"_s, u"SET client_min_messages = error"_s};
    if (mode == u"off" || mode == u"local")
        settings.append(u"SET synchronous_commit = on"_s);
    if (m_access == Access::ReadOnly)
        settings.append(u"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"_s);
    for (const QString &setting : std::as_const(settings)) {
        if (auto set = run(setting, {}); !set)
            return std::unexpected(set.error());
    }
    return claimAgain();
}

Result<void> Database::claim(const QString &stationId)
{
    m_claimed = stationId;
    return claimAgain();
}

Result<void> Database::claimAgain()
{
    if (m_claimed.isEmpty() || !isPostgres())
        return {};
    const QByteArray digest = QCryptographicHash::hash(
        "ekstation-line " + m_claimed.toUtf8(), QCryptographicHash::Sha256);
    // A server sees a moment late that the command before this one has closed its connection.
    for (int tries = 40; tries > 0; --tries) {
        auto taken = select(
            u"SELECT pg_try_advisory_lock(?)"_s, {qFromBigEndian<qint64>(digest.constData())});
        if (!taken)
            return std::unexpected(taken.error());
        if (taken->first().first().toBool())
            return {};
        if (auto waited = run(u"SELECT pg_sleep(0.05)"_s, {}); !waited)
            return std::unexpected(waited.error());
    }
    return std::unexpected(
        Error{Fault::LedgerBusy, u"another host is station %1 at this server"_s.arg(m_claimed)});
}

Result<void> Database::begin()
{
    m_contested = false;
    auto begun = run(isPostgres() ? u"BEGIN"_s : u"BEGIN IMMEDIATE"_s, {});
    if (!begun && isPostgres()) {
        // The server was restarted since the last job: nothing is lost before the first statement.
        connection().close();
        if (auto again = connect(); !again)
            return again;
        begun = run(u"BEGIN"_s, {});
    }
    if (!begun)
        return std::unexpected(begun.error());
    m_begun = true;
    return {};
}

Result<void> Database::commit()
{
    auto committed = run(u"COMMIT"_s, {});
    if (!committed)
        return std::unexpected(committed.error());
    m_begun = false;
    return {};
}

void Database::rollback()
{
    if (!m_begun)
        return;
    m_begun = false;
    // Fails where SQLite has rolled back by itself (full disk) or the server is gone: nothing to
    // undo.
    QSqlQuery(connection()).exec(u"ROLLBACK"_s);
}

Result<Database::Rows> Database::select(const QString &sql, const QVariantList &values)
{
    auto answer = run(sql, values);
    if (!answer)
        return std::unexpected(answer.error());
    return std::move(answer->rows);
}

Result<int> Database::change(const QString &sql, const QVariantList &values)
{
    auto answer = run(sql, values);
    if (!answer)
        return std::unexpected(answer.error());
    return answer->changed;
}

Result<Database::Answer> Database::run(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(connection());
    query.setForwardOnly(!isPostgres());
    bool ok = true;
    if (values.isEmpty()) {
        ok = query.exec(sql);
    } else {
        ok = query.prepare(sql);
        for (const QVariant &value : values)
            query.addBindValue(storable(value));
        ok = ok && query.exec();
    }
    Answer answer;
    while (ok && query.next()) {
        QVariantList row;
        const int columns = query.record().count();
        for (int column = 0; column < columns; ++column)
            row.append(query.value(column));
        answer.rows.append(row);
    }
    // The last step of a walk can fail too (a damaged page), and then next() only says false.
    if (!ok || query.lastError().isValid()) {
        const Error error = translated(query.lastError());
        query.finish();
        if (isPostgres())
            rollback(); // before Qt drops the prepared statement, which a failed transaction
                        // refuses
        return std::unexpected(error);
    }
    answer.changed = query.numRowsAffected();
    query.finish();
    return answer;
}

Error Database::translated(const QSqlError &error)
{
    const DatabaseError translation =
        isPostgres() ? postgresError(error) : sqliteError(error, m_place.path);
    m_contested = translation.contested;
    return translation.error;
}

} // namespace station
