// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of the desk that deals with many enrollments at a time.
#include "upload/enrollment.h"
#include "upload/standin/codes.h"
#include "upload/standin/desk.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

constexpr int largestPage = 1000;
constexpr int usualPage = 100;
constexpr QByteArrayView continuationMark = "after:"; ///< so that what is none of ours is known

QByteArray continuationAfter(const QString &registrationId)
{
    return (continuationMark.toByteArray() + registrationId.toLower().toUtf8())
        .toBase64(QByteArray::Base64UrlEncoding);
}

/// The id that a continuation goes on after; empty without one, nothing where it is none of ours.
std::optional<QString> afterOf(const QByteArray &continuation)
{
    const auto read = QByteArray::fromBase64Encoding(
        continuation, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (continuation.isEmpty()) {
        return QString();
    }
    return read && read.decoded.startsWith(continuationMark)
        ? std::optional(QString::fromUtf8(read.decoded.mid(continuationMark.size())))
        : std::nullopt;
}

} // namespace

std::optional<Refusal> Desk::change(Mode mode, const QJsonObject &record)
{
    const QString id = record.value(u"registrationId"_s).toString();
    const QString etag = record.value(u"etag"_s).toString();
    if (mode == Mode::Delete) {
        const auto dropped = drop(id, etag.isEmpty() ? std::nullopt : std::optional(etag));
        return dropped ? std::nullopt : std::optional(dropped.error());
    }
    const auto ifMatch = mode == Mode::Create ? std::nullopt
        : mode == Mode::Update                ? std::optional(u"*"_s)
                                              : std::optional(etag);
    const auto kept = keep(id, record, ifMatch);
    return kept ? std::nullopt : std::optional(kept.error());
}

Response Desk::bulk(const Request &request)
{
    static const QHash<QString, Mode> modes{{u"create"_s, Mode::Create},
        {u"update"_s, Mode::Update}, {u"updateIfMatchETag"_s, Mode::UpdateIfMatch},
        {u"delete"_s, Mode::Delete}};
    const auto body = objectOf(request);
    if (!body) {
        return refused(body.error());
    }
    const auto mode = modes.constFind(body->value(u"mode"_s).toString());
    const QJsonArray records = body->value(u"enrollments"_s).toArray();
    if (mode == modes.cend() || records.isEmpty() || records.size() > largestBulk) {
        return errorResponse(
            code::badRequest, u"a bulk has a mode and 1 to %1 enrollments"_s.arg(largestBulk));
    }
    QSet<QString> ids;
    for (const QJsonValue &record : records) {
        ids.insert(record.toObject().value(u"registrationId"_s).toString().toLower());
    }
    if (ids.size() != records.size() || ids.contains(QString())) {
        return errorResponse(code::badBulk, u"a registrationId is absent or named twice"_s);
    }
    return change(*mode, records);
}

Response Desk::change(Mode mode, const QJsonArray &records)
{
    QJsonArray errors;
    const bool begun = m_books.begin();
    for (const QJsonValue &record : records) {
        if (const auto refusal = change(mode, record.toObject())) {
            errors.append(
                QJsonObject{{u"registrationId"_s, record.toObject().value(u"registrationId"_s)},
                    {u"errorCode"_s, refusal->code}, {u"errorStatus"_s, refusal->text}});
        }
    }
    if (m_terms.assumptions.bulkAtomic && !errors.isEmpty()) {
        m_books.rollback();
    } else if (!begun || !m_books.commit()) {
        return errorResponse(code::broken, u"the bulk could not be stored"_s);
    }
    return jsonResponse(200, {{u"isSuccessful"_s, errors.isEmpty()}, {u"errors"_s, errors}});
}

Response Desk::query(const Request &request)
{
    const auto body = objectOf(request);
    if (!body) {
        return refused(body.error());
    }
    const QString query = body->value(u"query"_s).toString().simplified().toLower();
    if (query != u"select *" && query != u"select * from enrollments") {
        return errorResponse(code::badRequest, u"only SELECT * FROM enrollments is offered here"_s);
    }
    const QByteArray asked = request.headers.value("x-ms-max-item-count");
    const int most = asked.isEmpty() ? usualPage : qMin(asked.toInt(), largestPage);
    const auto after = afterOf(request.headers.value("x-ms-continuation"));
    if (most < 1 || !after) {
        return errorResponse(
            code::badRequest, u"x-ms-max-item-count or x-ms-continuation is not valid"_s);
    }
    // One more than asked for tells whether there is a next page.
    const auto found = m_enrollments.page(*after, most + 1);
    if (!found) {
        return errorResponse(code::broken, found.error().detail);
    }
    QJsonArray page;
    for (const Stored &stored : found->first(qMin<qsizetype>(found->size(), most))) {
        page.append(shown(stored));
    }
    Response response{200,
        {{"Content-Type", "application/json; charset=utf-8"}, {"x-ms-item-type", "enrollment"}},
        QJsonDocument(page).toJson(QJsonDocument::Compact)};
    if (found->size() > most) {
        response.headers.append(
            {"x-ms-continuation", continuationAfter(found->at(most - 1).registrationId)});
    }
    return response;
}

} // namespace upload::standin
