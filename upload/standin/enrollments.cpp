// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/enrollments.h"

#include <QJsonDocument>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

const QStringList setUp{
    u"PRAGMA journal_mode = WAL"_s,
    u"PRAGMA synchronous = NORMAL"_s, // a stand-in may forget its last second in a power cut
    u"CREATE TABLE IF NOT EXISTS enrollment (key TEXT PRIMARY KEY, registration_id TEXT NOT NULL, "
    u"record BLOB NOT NULL, etag TEXT NOT NULL, created_ms INTEGER NOT NULL, updated_ms INTEGER "
    u"NOT NULL) "
    u"STRICT, WITHOUT ROWID"_s,
};
const QString columns =
    u"SELECT registration_id, record, etag, created_ms, updated_ms FROM enrollment "_s;
const QString findSql = columns + u"WHERE key = ?"_s;
const QString pageSql = columns + u"WHERE key > ? ORDER BY key LIMIT ?"_s;
const QString storeSql =
    u"INSERT INTO enrollment VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
    u"record = excluded.record, etag = excluded.etag, updated_ms = excluded.updated_ms"_s;
const QString removeSql = u"DELETE FROM enrollment WHERE key = ?"_s;
const QString countSql = u"SELECT count(*) FROM enrollment"_s;

std::unexpected<Error> failed(const QSqlError &error)
{
    return std::unexpected(Error{Fault::Wrong, error.text(), 0, 0, {}});
}

Result<QSqlQuery> run(const QSqlDatabase &database, const QString &sql, const QVariantList &values)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.prepare(sql)) {
        return failed(query.lastError());
    }
    for (const QVariant &value : values) {
        query.addBindValue(value);
    }
    if (!query.exec()) {
        return failed(query.lastError());
    }
    return query;
}

QList<Stored> rowsOf(QSqlQuery &query)
{
    QList<Stored> rows;
    while (query.next()) {
        rows.append({query.value(0).toString(),
            QJsonDocument::fromJson(query.value(1).toByteArray()).object(),
            query.value(2).toString(), query.value(3).toLongLong(), query.value(4).toLongLong()});
    }
    return rows;
}

} // namespace

Result<std::unique_ptr<Enrollments>> Enrollments::open(const QString &file)
{
    std::unique_ptr<Enrollments> enrollments(new Enrollments);
    enrollments->m_connection = u"stand-in-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    enrollments->m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, enrollments->m_connection);
    enrollments->m_database.setDatabaseName(file);
    enrollments->m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!enrollments->m_database.open()) {
        return failed(enrollments->m_database.lastError());
    }
    for (const QString &sql : setUp) {
        if (const auto done = run(enrollments->m_database, sql, {}); !done) {
            return std::unexpected(done.error());
        }
    }
    return enrollments;
}

Enrollments::~Enrollments()
{
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::optional<Stored>> Enrollments::find(const QString &registrationId)
{
    auto query = run(m_database, findSql, {registrationId.toLower()});
    if (!query) {
        return std::unexpected(query.error());
    }
    const QList<Stored> rows = rowsOf(*query);
    return rows.isEmpty() ? std::nullopt : std::optional(rows.first());
}

Result<bool> Enrollments::store(const Stored &stored)
{
    const auto done = run(m_database, storeSql,
        {stored.registrationId.toLower(), stored.registrationId,
            QJsonDocument(stored.record).toJson(QJsonDocument::Compact), stored.etag,
            stored.createdMs, stored.updatedMs});
    if (!done) {
        return std::unexpected(done.error());
    }
    return true;
}

Result<bool> Enrollments::remove(const QString &registrationId)
{
    const auto done = run(m_database, removeSql, {registrationId.toLower()});
    if (!done) {
        return std::unexpected(done.error());
    }
    return done->numRowsAffected() > 0;
}

Result<QList<Stored>> Enrollments::page(const QString &key, int most)
{
    auto query = run(m_database, pageSql, {key, most});
    if (!query) {
        return std::unexpected(query.error());
    }
    return rowsOf(*query);
}

Result<qint64> Enrollments::count()
{
    auto query = run(m_database, countSql, {});
    if (!query) {
        return std::unexpected(query.error());
    }
    return query->next() ? query->value(0).toLongLong() : 0;
}

} // namespace upload::standin
