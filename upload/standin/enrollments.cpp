// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/enrollments.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

const QString columns =
    u"SELECT registration_id, record, etag, created_ms, updated_ms FROM enrollment "_s;
const QString findSql = columns + u"WHERE key = ?"_s;
const QString pageSql = columns + u"WHERE key > ? ORDER BY key LIMIT ?"_s;
const QString storeSql =
    u"INSERT INTO enrollment VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
    u"record = excluded.record, etag = excluded.etag, updated_ms = excluded.updated_ms"_s;
const QString removeSql = u"DELETE FROM enrollment WHERE key = ?"_s;
const QString countSql = u"SELECT number FROM tally WHERE name = 'enrollment'"_s;

Stored storedOf(const QVariantList &row)
{
    return {row.at(0).toString(), QJsonDocument::fromJson(row.at(1).toByteArray()).object(),
        row.at(2).toString(), row.at(3).toLongLong(), row.at(4).toLongLong()};
}

} // namespace

Result<std::optional<Stored>> Enrollments::find(const QString &registrationId)
{
    const auto rows = m_books.select(findSql, {registrationId.toLower()});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    return rows->isEmpty() ? std::nullopt : std::optional(storedOf(rows->first()));
}

Result<bool> Enrollments::store(const Stored &stored)
{
    const auto done = m_books.change(storeSql,
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
    const auto done = m_books.change(removeSql, {registrationId.toLower()});
    if (!done) {
        return std::unexpected(done.error());
    }
    return *done > 0;
}

Result<QList<Stored>> Enrollments::page(const QString &key, int most)
{
    const auto rows = m_books.select(pageSql, {key.isNull() ? u""_s : key, most});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    QList<Stored> page;
    for (const QVariantList &row : *rows) {
        page.append(storedOf(row));
    }
    return page;
}

Result<qint64> Enrollments::count()
{
    const auto rows = m_books.select(countSql, {});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    return rows->first().first().toLongLong();
}

} // namespace upload::standin
