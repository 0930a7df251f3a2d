// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/message.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace upload::standin {

QByteArray Response::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

Response jsonResponse(int status, const QJsonObject &object)
{
    return {status, {{"Content-Type", "application/json; charset=utf-8"}},
        QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

Response errorResponse(int code, const QString &message)
{
    Response response = jsonResponse(code / 1000,
        {{u"errorCode"_s, code},
            {u"trackingId"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
            {u"message"_s, message},
            {u"timestampUtc"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}});
    response.headers.append({"x-ms-error-code", QByteArray::number(code)});
    return response;
}

QList<QByteArray> segmentsOf(const QByteArray &path)
{
    QList<QByteArray> segments;
    for (const QByteArray &segment : path.split('/')) {
        segments.append(QByteArray::fromPercentEncoding(segment));
    }
    segments.removeFirst(); // what stands before the first slash
    if (!segments.isEmpty() && segments.last().isEmpty()) {
        segments.removeLast(); // the C SDK posts to /enrollments/
    }
    return segments;
}

} // namespace upload::standin
