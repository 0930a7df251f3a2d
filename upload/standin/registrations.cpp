// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/registrations.h"

#include "upload/standin/message.h"

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

const QString findSql =
    u"SELECT registration_id, operation_id, status, substatus, hub, device_id, error_code, "
    "error_message, etag, created_ms, updated_ms, ready_ms, token_key, wrapped_key FROM "
    "registration WHERE key = ?"_s;
const QString storeSql =
    u"REPLACE INTO registration VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s;
const QString removeSql = u"DELETE FROM registration WHERE key = ?"_s;
const QString admitSql = u"REPLACE INTO identity VALUES (?, ?, ?)"_s;
const QString keySql = u"SELECT key FROM identity WHERE hub = ? AND device_id = ?"_s;

/// An empty text, not NULL, where there is nothing to say.
QString text(const QString &value)
{
    return value.isNull() ? u""_s : value;
}

QByteArray blob(const QByteArray &value)
{
    return value.isNull() ? QByteArray("") : value;
}

} // namespace

QJsonObject Registration::state(qint64 nowMs) const
{
    // Real answers carry the etag as base64 of a quoted string.
    QJsonObject state{{u"registrationId"_s, registrationId},
        {u"createdDateTimeUtc"_s, timeOf(createdMs)},
        {u"status"_s, isReady(nowMs) ? status : u"assigning"_s},
        {u"lastUpdatedDateTimeUtc"_s, timeOf(updatedMs)},
        {u"etag"_s, QString::fromLatin1(etag.toUtf8().toBase64())}};
    if (!isReady(nowMs)) {
        return state;
    }
    if (status == u"assigned") {
        state.insert(u"assignedHub"_s, hub);
        state.insert(u"deviceId"_s, deviceId);
        state.insert(u"substatus"_s, substatus);
    }
    if (errorCode != 0) {
        state.insert(u"errorCode"_s, errorCode);
        state.insert(u"errorMessage"_s, errorMessage);
    }
    return state;
}

Result<std::optional<Registration>> Registrations::find(const QString &registrationId)
{
    const auto rows = m_books.select(findSql, {registrationId.toLower()});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    if (rows->isEmpty()) {
        return std::nullopt;
    }
    const QVariantList &row = rows->first();
    return Registration{row.at(0).toString(), row.at(1).toString(), row.at(2).toString(),
        row.at(3).toString(), row.at(4).toString(), row.at(5).toString(), row.at(6).toInt(),
        row.at(7).toString(), row.at(8).toString(), row.at(9).toLongLong(), row.at(10).toLongLong(),
        row.at(11).toLongLong(), Secret(row.at(12).toByteArray()), row.at(13).toByteArray()};
}

Result<bool> Registrations::store(const Registration &registration)
{
    const Registration &r = registration;
    const auto done = m_books.change(storeSql,
        {r.registrationId.toLower(), r.registrationId, r.operationId, r.status, text(r.substatus),
            text(r.hub), text(r.deviceId), r.errorCode, text(r.errorMessage), r.etag, r.createdMs,
            r.updatedMs, r.readyMs, blob(r.tokenKey.bytes().toByteArray()), blob(r.wrappedKey)});
    if (!done) {
        return std::unexpected(done.error());
    }
    return true;
}

Result<bool> Registrations::remove(const QString &registrationId)
{
    const auto done = m_books.change(removeSql, {registrationId.toLower()});
    if (!done) {
        return std::unexpected(done.error());
    }
    return *done > 0;
}

Result<bool> Registrations::admit(const QString &hub, const QString &deviceId, const Secret &key)
{
    const auto done = m_books.change(admitSql, {hub, deviceId, key.bytes().toByteArray()});
    if (!done) {
        return std::unexpected(done.error());
    }
    return true;
}

Result<std::optional<Secret>> Registrations::keyOf(const QString &hub, const QString &deviceId)
{
    const auto rows = m_books.select(keySql, {hub, deviceId});
    if (!rows) {
        return std::unexpected(rows.error());
    }
    return rows->isEmpty() ? std::nullopt
                           : std::optional(Secret(rows->first().first().toByteArray()));
}

} // namespace upload::standin
