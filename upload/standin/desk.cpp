// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/desk.h"

#include "upload/enrollment.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

// The service's error numbers, as far as clients were seen to depend on them.
constexpr int badRequest = 400001;
constexpr int badKey = 400004;
constexpr int badBulk = 400011;
constexpr int absent = 404201;
constexpr int exists = 409201;
constexpr int mismatch = 412001;
constexpr int broken = 500001;

constexpr int largestPage = 1000;
constexpr int usualPage = 100;

const QStringList readOnlyFields{
    u"etag"_s, u"createdDateTimeUtc"_s, u"lastUpdatedDateTimeUtc"_s, u"registrationState"_s};

QString bare(QString etag)
{
    if (etag.startsWith(u"W/")) {
        etag.remove(0, 2);
    }
    if (etag.size() >= 2 && etag.startsWith(u'"') && etag.endsWith(u'"')) {
        etag = etag.sliced(1, etag.size() - 2);
    }
    return etag;
}

bool matches(const QString &ifMatch, const QString &etag)
{
    return bare(ifMatch) == u"*" || bare(ifMatch) == bare(etag); // SDKs quote even the star
}

std::optional<QString> ifMatchOf(const Request &request)
{
    const auto found = request.headers.constFind("if-match");
    return found == request.headers.cend() ? std::nullopt
                                           : std::optional(QString::fromUtf8(*found).trimmed());
}

QString timeOf(qint64 milliseconds)
{
    // The service writes seven decimals.
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC)
        .toString(u"yyyy-MM-ddTHH:mm:ss.zzz'0000Z'"_s);
}

QJsonObject shown(const Stored &stored)
{
    QJsonObject record = stored.record;
    record.insert(u"etag"_s, stored.etag);
    record.insert(u"createdDateTimeUtc"_s, timeOf(stored.createdMs));
    record.insert(u"lastUpdatedDateTimeUtc"_s, timeOf(stored.updatedMs));
    return record;
}

QJsonObject cleaned(const QString &registrationId, const QJsonObject &record)
{
    QJsonObject kept;
    for (auto field = record.begin(); field != record.end(); ++field) {
        if (!field.value().isNull() && !readOnlyFields.contains(field.key())) {
            kept.insert(field.key(), field.value());
        }
    }
    kept.insert(u"registrationId"_s, registrationId);
    if (!kept.contains(u"provisioningStatus"_s)) {
        kept.insert(u"provisioningStatus"_s, u"enabled"_s);
    }
    return kept;
}

} // namespace

Desk::Desk(Enrollments &enrollments, station::Clock clock)
    : m_enrollments(enrollments), m_clock(std::move(clock))
{
}

std::optional<Desk::Refusal> Desk::faultOf(const QString &registrationId, const QJsonObject &record)
{
    const auto enrollment = enrollmentOf(record);
    if (!isRegistrationId(registrationId)) {
        return Refusal{badRequest, u"registrationId is not valid"_s};
    }
    if (!enrollment) {
        return Refusal{badRequest, enrollment.error().detail};
    }
    if (!enrollment->deviceId.isEmpty() && !isDeviceId(enrollment->deviceId)) {
        return Refusal{badRequest, u"deviceId is not valid"_s};
    }
    if (record.value(u"attestation"_s).toObject().value(u"type"_s).toString() != u"tpm") {
        return Refusal{badRequest, u"only TPM attestation is offered here"_s};
    }
    const auto key = QByteArray::fromBase64Encoding(enrollment->endorsementKey,
        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!key || !isEndorsementKey(key.decoded)) {
        return Refusal{badKey, u"Endorsement key is invalid, or does not match the Enrollment."_s};
    }
    return std::nullopt;
}

Desk::Ruled<std::optional<Stored>> Desk::look(const QString &registrationId)
{
    auto found = m_enrollments.find(registrationId);
    if (!found) {
        return std::unexpected(Refusal{broken, found.error().detail});
    }
    return *found;
}

Desk::Ruled<Stored> Desk::keep(
    const QString &registrationId, const QJsonObject &record, const std::optional<QString> &ifMatch)
{
    if (const auto fault = faultOf(registrationId, record)) {
        return std::unexpected(*fault);
    }
    const auto present = look(registrationId);
    if (!present) {
        return std::unexpected(present.error());
    }
    if (*present && !ifMatch) {
        return std::unexpected(Refusal{exists, u"Enrollment already exists"_s});
    }
    if (ifMatch && (!*present || !matches(*ifMatch, (*present)->etag))) {
        return std::unexpected(Refusal{mismatch, u"Precondition failed"_s});
    }
    const qint64 now = m_clock().utcUs / 1000;
    const QString id = *present ? (*present)->registrationId : registrationId;
    const Stored stored{id, cleaned(id, record),
        u'"' + QUuid::createUuid().toString(QUuid::WithoutBraces) + u'"',
        *present ? (*present)->createdMs : now, now};
    if (const auto done = m_enrollments.store(stored); !done) {
        return std::unexpected(Refusal{broken, done.error().detail});
    }
    return stored;
}

Desk::Ruled<bool> Desk::drop(const QString &registrationId, const std::optional<QString> &ifMatch)
{
    const auto present = look(registrationId);
    if (!present) {
        return std::unexpected(present.error());
    }
    if (!*present) {
        return std::unexpected(Refusal{absent, u"Enrollment not found"_s});
    }
    if (ifMatch && !matches(*ifMatch, (*present)->etag)) {
        return std::unexpected(Refusal{mismatch, u"Precondition failed"_s});
    }
    const auto removed = m_enrollments.remove(registrationId);
    if (!removed) {
        return std::unexpected(Refusal{broken, removed.error().detail});
    }
    return *removed;
}

Response Desk::get(const QString &registrationId)
{
    const auto present = look(registrationId);
    if (!present) {
        return errorResponse(present.error().code, present.error().text);
    }
    if (!*present) {
        return errorResponse(absent, u"Enrollment not found"_s);
    }
    Response response = jsonResponse(200, shown(**present));
    response.headers.append({"ETag", (*present)->etag.toLatin1()});
    return response;
}

Response Desk::put(const QString &registrationId, const Request &request)
{
    const QJsonObject record = QJsonDocument::fromJson(request.body).object();
    const QString named = record.value(u"registrationId"_s).toString();
    if (named.compare(registrationId, Qt::CaseInsensitive) != 0) {
        return errorResponse(
            badRequest, u"the body is not an enrollment with the path's registrationId"_s);
    }
    const auto kept = keep(registrationId, record, ifMatchOf(request));
    if (!kept) {
        return errorResponse(kept.error().code, kept.error().text);
    }
    Response response = jsonResponse(200, shown(*kept));
    response.headers.append({"ETag", kept->etag.toLatin1()});
    return response;
}

Response Desk::remove(const QString &registrationId, const Request &request)
{
    const auto dropped = drop(registrationId, ifMatchOf(request));
    return dropped ? Response{204, {}, {}}
                   : errorResponse(dropped.error().code, dropped.error().text);
}

std::optional<Desk::Refusal> Desk::change(Mode mode, const QJsonObject &record)
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
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const auto mode = modes.constFind(body.value(u"mode"_s).toString());
    const QJsonArray records = body.value(u"enrollments"_s).toArray();
    if (mode == modes.cend() || records.isEmpty() || records.size() > largestBulk) {
        return errorResponse(
            badRequest, u"a bulk has a mode and 1 to %1 enrollments"_s.arg(largestBulk));
    }
    QSet<QString> ids;
    for (const QJsonValue &record : records) {
        ids.insert(record.toObject().value(u"registrationId"_s).toString().toLower());
    }
    if (ids.size() != records.size() || ids.contains(QString())) {
        return errorResponse(badBulk, u"a registrationId is absent or named twice"_s);
    }
    QJsonArray errors;
    const bool begun = m_enrollments.begin();
    for (const QJsonValue &record : records) {
        if (const auto refusal = change(*mode, record.toObject())) {
            errors.append(
                QJsonObject{{u"registrationId"_s, record.toObject().value(u"registrationId"_s)},
                    {u"errorCode"_s, refusal->code}, {u"errorStatus"_s, refusal->text}});
        }
    }
    if (!begun || !m_enrollments.commit()) {
        return errorResponse(broken, u"the bulk could not be stored"_s);
    }
    return jsonResponse(200, {{u"isSuccessful"_s, errors.isEmpty()}, {u"errors"_s, errors}});
}

Response Desk::query(const Request &request)
{
    const QString words =
        QJsonDocument::fromJson(request.body).object().value(u"query"_s).toString();
    const QString query = words.simplified().toLower();
    if (query != u"select *" && query != u"select * from enrollments") {
        return errorResponse(badRequest, u"only SELECT * FROM enrollments is offered here"_s);
    }
    const QByteArray asked = request.headers.value("x-ms-max-item-count");
    const int most = asked.isEmpty() ? usualPage : qMin(asked.toInt(), largestPage);
    const auto after = QByteArray::fromBase64Encoding(request.headers.value("x-ms-continuation"),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (most < 1 || !after) {
        return errorResponse(
            badRequest, u"x-ms-max-item-count or x-ms-continuation is not valid"_s);
    }
    // One more than asked for tells whether there is a next page.
    const auto found = m_enrollments.page(QString::fromUtf8(after.decoded), most + 1);
    if (!found) {
        return errorResponse(broken, found.error().detail);
    }
    QJsonArray page;
    for (const Stored &stored : found->first(qMin<qsizetype>(found->size(), most))) {
        page.append(shown(stored));
    }
    Response response{200,
        {{"Content-Type", "application/json; charset=utf-8"}, {"x-ms-item-type", "enrollment"}},
        QJsonDocument(page).toJson(QJsonDocument::Compact)};
    if (found->size() > most) {
        response.headers.append({"x-ms-continuation",
            found->at(most - 1).registrationId.toLower().toUtf8().toBase64(
                QByteArray::Base64UrlEncoding)});
    }
    return response;
}

} // namespace upload::standin
