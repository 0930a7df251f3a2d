// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/service.h"

#include "upload/answer.h"
#include "upload/sastoken.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

constexpr qint64 toleratedSkewSeconds = 300;

bool isEvery(qint64 number, int period)
{
    return period > 0 && number % period == 0;
}

bool isVersion(const QByteArray &text)
{
    static const QRegularExpression form(u"^\\d{4}-\\d{2}-\\d{2}(-preview)?$"_s);
    return form.match(QString::fromUtf8(text)).hasMatch();
}

} // namespace

Service::Service(Enrollments &enrollments, const Credential &credential, const Mischief &mischief,
    const station::Clock &clock)
    : m_desk(enrollments, clock), m_credential(credential), m_mischief(mischief), m_clock(clock)
{
}

Response Service::answer(const Request &request)
{
    ++m_requests;
    Response response;
    if (isEvery(m_requests, m_mischief.throttleEvery)) {
        response = errorResponse(429001, u"Too many requests"_s);
        if (m_mischief.retryAfter > 0) {
            response.headers.append({"Retry-After", QByteArray::number(m_mischief.retryAfter)});
        }
    } else if (isEvery(m_requests, m_mischief.failEvery)) {
        response = errorResponse(500001, u"Internal server error"_s);
    } else {
        response = admit(request);
    }
    if (!m_mischief.disguised) {
        response.headers.append({standInHeader.toByteArray(), "1"});
    }
    response.dropped = isEvery(m_requests, m_mischief.dropEvery);
    return response;
}

Response Service::admit(const Request &request)
{
    const QList<QByteArray> segments = segmentsOf(request.path);
    if (!isAuthorized(request, segments)) {
        return errorResponse(401002, u"Unauthorized"_s);
    }
    if (!isVersion(request.arguments.value("api-version"))) {
        return errorResponse(400001, u"api-version is absent or not valid"_s);
    }
    return route(request, segments);
}

bool Service::isAuthorized(const Request &request, const QList<QByteArray> &segments) const
{
    const auto token = parseToken(request.headers.value("authorization"));
    if (!token) {
        return false;
    }
    const QString path = m_credential.host + u'/' + QString::fromUtf8(segments.join('/'));
    return token->policy == m_credential.policy && token->isSignedWith(m_credential.key)
        && token->covers(path)
        && token->expiry + toleratedSkewSeconds >= m_clock().utcUs / 1'000'000;
}

Response Service::route(const Request &request, const QList<QByteArray> &segments)
{
    if (segments.isEmpty() || segments.size() > 2 || segments.first() != "enrollments") {
        return errorResponse(404001, u"there is nothing at this path"_s);
    }
    if (segments.size() == 1) {
        return request.verb == "POST" ? m_desk.bulk(request)
                                      : errorResponse(405001, u"enrollments takes POST"_s);
    }
    const QString id = QString::fromUtf8(segments.at(1));
    if (request.verb == "POST") {
        return id == u"query" ? m_desk.query(request)
                              : errorResponse(405001, u"an enrollment takes GET, PUT and DELETE"_s);
    }
    if (request.verb == "GET") {
        return m_desk.get(id);
    }
    if (request.verb == "PUT") {
        return m_desk.put(id, request);
    }
    if (request.verb == "DELETE") {
        return m_desk.remove(id, request);
    }
    return errorResponse(405001, u"an enrollment takes GET, PUT and DELETE"_s);
}

} // namespace upload::standin
