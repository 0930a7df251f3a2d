// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/books.h"

#include <QSqlError>
#include <QSqlRecord>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

// Counting a million rows takes a while, so the counts are kept; the triggers keep them true.
const QStringList setUp{
    u"PRAGMA journal_mode = WAL"_s,
    u"PRAGMA synchronous = NORMAL"_s, // a stand-in may forget its last second in a power cut
    u"CREATE TABLE IF NOT EXISTS enrollment (key TEXT PRIMARY KEY, registration_id TEXT NOT NULL, "
    "record BLOB NOT NULL, etag TEXT NOT NULL, created_ms INTEGER NOT NULL, updated_ms INTEGER "
    "NOT NULL) STRICT, WITHOUT ROWID"_s,
    u"CREATE TABLE IF NOT EXISTS registration (key TEXT PRIMARY KEY, registration_id TEXT NOT "
    "NULL, operation_id TEXT NOT NULL, status TEXT NOT NULL, substatus TEXT NOT NULL, hub TEXT "
    "NOT NULL, device_id TEXT NOT NULL, error_code INTEGER NOT NULL, error_message TEXT NOT NULL, "
    "etag TEXT NOT NULL, created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL, ready_ms "
    "INTEGER NOT NULL, token_key BLOB NOT NULL, wrapped_key BLOB NOT NULL) STRICT, WITHOUT ROWID"_s,
    u"CREATE TABLE IF NOT EXISTS identity (hub TEXT NOT NULL, device_id TEXT NOT NULL, key BLOB "
    u"NOT "
    "NULL, PRIMARY KEY (hub, device_id)) STRICT, WITHOUT ROWID"_s,
    u"CREATE TABLE IF NOT EXISTS tally (name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT"_s,
    u"INSERT INTO tally SELECT 'enrollment', (SELECT count(*) FROM enrollment) WHERE NOT EXISTS "
    "(SELECT 1 FROM tally WHERE name = 'enrollment')"_s,
    u"CREATE TRIGGER IF NOT EXISTS enrollment_more AFTER INSERT ON enrollment BEGIN UPDATE tally "
    "SET number = number + 1 WHERE name = 'enrollment'; END"_s,
    u"CREATE TRIGGER IF NOT EXISTS enrollment_less AFTER DELETE ON enrollment BEGIN UPDATE tally "
    "SET number = number - 1 WHERE name = 'enrollment'; END"_s,
};

std::unexpected<Error> failed(const QSqlError &error)
{
    return std::unexpected(Error{Fault::Wrong, error.text(), 0, 0, {}});
}

} // namespace

Result<std::unique_ptr<Books>> Books::open(const QString &file)
{
    std::unique_ptr<Books> books(new Books);
    books->m_connection = u"stand-in-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    books->m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, books->m_connection);
    books->m_database.setDatabaseName(file);
    books->m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!books->m_database.open()) {
        return failed(books->m_database.lastError());
    }
    for (const QString &sql : setUp) {
        if (QSqlQuery query(books->m_database); !query.exec(sql)) {
            return failed(query.lastError());
        }
    }
    return books;
}

Books::~Books()
{
    m_prepared.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<QSqlQuery *> Books::run(const QString &sql, const QVariantList &values)
{
    auto found = m_prepared.find(sql);
    if (found == m_prepared.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(sql)) {
            return failed(query.lastError());
        }
        found = m_prepared.emplace(sql, std::move(query)).first;
    }
    for (qsizetype i = 0; i < values.size(); ++i) {
        found->second.bindValue(int(i), values.at(i));
    }
    if (!found->second.exec()) {
        return failed(found->second.lastError());
    }
    return &found->second;
}

Result<Books::Rows> Books::select(const QString &sql, const QVariantList &values)
{
    const auto query = run(sql, values);
    if (!query) {
        return std::unexpected(query.error());
    }
    Rows rows;
    const int columns = (*query)->record().count();
    while ((*query)->next()) {
        QVariantList row;
        for (int column = 0; column < columns; ++column) {
            row.append((*query)->value(column));
        }
        rows.append(row);
    }
    (*query)->finish(); // an unfinished reader would hold the log
    return rows;
}

Result<int> Books::change(const QString &sql, const QVariantList &values)
{
    const auto query = run(sql, values);
    if (!query) {
        return std::unexpected(query.error());
    }
    const int rows = (*query)->numRowsAffected();
    (*query)->finish();
    return rows;
}

bool Books::commit()
{
    if (m_database.commit()) {
        return true;
    }
    rollback();
    return false;
}

void Books::rollback()
{
    m_database.rollback();
}

} // namespace upload::standin
