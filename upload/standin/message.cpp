// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/message.h"

#include "upload/standin/codes.h"

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

Response wrongVerb(const QByteArray &allowed)
{
    Response response =
        errorResponse(code::wrongVerb, u"this takes %1"_s.arg(QString::fromLatin1(allowed)));
    response.headers.append({"Allow", allowed});
    return response;
}

Refusal tooMany(int retryAfterSeconds)
{
    return {code::throttled, u"Too many requests"_s, retryAfterSeconds};
}

Response refused(const Refusal &refusal)
{
    Response response = errorResponse(refusal.code, refusal.text);
    if (refusal.retryAfter > 0) {
        response.headers.append({"Retry-After", QByteArray::number(refusal.retryAfter)});
    }
    return response;
}

QString timeOf(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC)
        .toString(u"yyyy-MM-ddTHH:mm:ss.zzz'0000Z'"_s);
}

Ruled<QJsonObject> objectOf(const Request &request)
{
    const QByteArray type = request.headers.value("content-type").toLower();
    const QByteArray essence = type.split(';').first().trimmed();
    if (!essence.isEmpty() && essence != "application/json") {
        return std::unexpected(Refusal{code::wrongType, u"the body has to be application/json"_s});
    }
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &fault);
    if (!document.isObject()) {
        const QString why = fault.error == QJsonParseError::NoError
            ? u"it is no object"_s
            : u"%1 at byte %2"_s.arg(fault.errorString()).arg(fault.offset);
        return std::unexpected(Refusal{code::badRequest, u"the body is not valid JSON: "_s + why});
    }
    return document.object();
}

std::optional<QString> ifMatchOf(const Request &request)
{
    const auto found = request.headers.constFind("if-match");
    return found == request.headers.cend() ? std::nullopt
                                           : std::optional(QString::fromUtf8(*found).trimmed());
}

bool matches(const QString &ifMatch, const QString &etag)
{
    const auto bare = [](QString text) {
        if (text.startsWith(u"W/")) {
            text.remove(0, 2);
        }
        return text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"')
            ? text.sliced(1, text.size() - 2)
            : text;
    };
    return bare(ifMatch) == u"*" || bare(ifMatch) == bare(etag);
}

QString newEtag()
{
    return u'"' + QUuid::createUuid().toString(QUuid::WithoutBraces) + u'"';
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
