// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/service.h"

#include "upload/answer.h"
#include "upload/sastoken.h"
#include "upload/standin/codes.h"
#include "upload/standin/groups.h"

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

/// /SCOPE/registrations/ID…, where the service API has /registrations/ID.
bool isOfDevice(const QList<QByteArray> &path)
{
    return path.size() >= 3 && path.at(1) == "registrations" && path.at(0) != "registrations"
        && path.at(0) != "enrollments" && path.at(0) != "enrollmentGroups";
}

Response nothingThere()
{
    return errorResponse(code::noSuchPath, u"there is nothing at this path"_s);
}

Right rightFor(const Request &request, const QList<QByteArray> &path)
{
    const QByteArray &last = path.last();
    const bool reads = request.verb == "GET"
        || (path.size() > 1 && (last == "query" || last == "attestationmechanism"));
    if (path.first() == "registrations") {
        return reads ? Right::RegistrationStatusRead : Right::RegistrationStatusWrite;
    }
    return reads ? Right::EnrollmentRead : Right::EnrollmentWrite;
}

} // namespace

Service::Service(Books &books, const QList<Policy> &policies, const Terms &terms,
    const station::Clock &clock, const station::Random &random)
    : m_desk(books, terms, clock), m_registrar(books, terms, clock, random), m_policies(policies),
      m_terms(terms), m_clock(clock), m_operations(terms.quotas.operations, 60),
      m_arrivals(terms.quotas.registrations, 60),
      m_dice(terms.mischief.perThousand, terms.mischief.seed)
{
}

Response Service::answer(const Request &request)
{
    const Mischief &mischief = m_terms.mischief;
    ++m_requests;
    Response response;
    if (isEvery(m_requests, mischief.throttleEvery)) {
        response = refused(tooMany(mischief.retryAfter));
    } else if (isEvery(m_requests, mischief.failEvery)) {
        response = errorResponse(code::broken, u"Internal server error"_s);
    } else {
        response = meet(m_dice.roll(), request);
    }
    if (!mischief.disguised) {
        response.headers.append({standInHeader.toByteArray(), "1"});
    }
    response.dropped = response.dropped || isEvery(m_requests, mischief.dropEvery);
    return response;
}

Response Service::meet(Trouble trouble, const Request &request)
{
    switch (trouble) {
    case Trouble::Throttled:
        return refused(tooMany(m_dice.toss() ? m_terms.mischief.retryAfter : 0));
    case Trouble::Broken:
        return errorResponse(code::broken, u"Internal server error"_s);
    case Trouble::Unheard:
        return {.dropped = true};
    case Trouble::Unanswered: {
        Response response = admit(request);
        response.dropped = true;
        return response;
    }
    case Trouble::Partly:
        if (const auto part = partOf(request, m_dice)) {
            return wholeOf(admit(part->request), part->errors);
        }
        break;
    case Trouble::None:
        break;
    }
    return admit(request);
}

Response Service::admit(const Request &request)
{
    const Path path = segmentsOf(request.path);
    const bool isDevice = isOfDevice(path);
    const auto rights = isDevice ? std::optional(everyRight) : rightsOf(request, path);
    if (!rights) {
        return errorResponse(code::unauthorized, u"Unauthorized"_s);
    }
    if (!isVersion(request.arguments.value("api-version"))) {
        return errorResponse(code::badRequest, u"api-version is absent or not valid"_s);
    }
    if (isDevice) {
        return answerDevice(request, path);
    }
    if (path.isEmpty()) {
        return nothingThere();
    }
    if (!rights->testFlag(rightFor(request, path))) {
        return errorResponse(code::forbidden, u"Unauthorized: this policy may not do that"_s);
    }
    return answerClient(request, path);
}

std::optional<Rights> Service::rightsOf(const Request &request, const Path &path) const
{
    const auto token = parseToken(request.headers.value("authorization"));
    if (!token || token->expiry + toleratedSkewSeconds < m_clock().utcUs / 1'000'000) {
        return std::nullopt;
    }
    for (const Policy &policy : m_policies) {
        const Credential &credential = policy.credential;
        if (token->policy == credential.policy && token->isSignedWith(credential.key)
            && token->covers(credential.host + u'/' + QString::fromUtf8(path.join('/')))) {
            return policy.rights;
        }
    }
    return std::nullopt;
}

Response Service::answerDevice(const Request &request, const Path &path)
{
    const QString id = QString::fromUtf8(path.at(2));
    if (QString::fromUtf8(path.first()) != m_terms.idScope) {
        return errorResponse(
            m_terms.assumptions.unknownDevice, u"Unauthorized: this ID scope is not served here"_s);
    }
    const QByteArray what = path.value(3);
    if (path.size() == 4 && what == "register") {
        if (request.verb != "PUT") {
            return wrongVerb("PUT");
        }
        // Who comes back with a token was counted when it came for the challenge.
        const bool comesBack = !request.headers.value("authorization").isEmpty();
        const int wait = comesBack ? 0 : m_arrivals.spend({}, 1, m_clock().monotonicUs);
        return wait > 0 ? refused(tooMany(wait)) : m_registrar.enroll(id, request);
    }
    if (path.size() == 5 && what == "operations") {
        return request.verb == "GET" ? m_registrar.poll(id, QString::fromUtf8(path.at(4)), request)
                                     : wrongVerb("GET");
    }
    if (path.size() == 3) {
        return request.verb == "POST" ? m_registrar.status(id, request) : wrongVerb("POST");
    }
    return nothingThere();
}

int Service::costOf(const Request &request, const Path &path) const
{
    if (!m_terms.assumptions.bulkCountsItems || path.size() != 1 || request.verb != "POST") {
        return 1;
    }
    const auto body = objectOf(request);
    return body ? int(qMax<qsizetype>(1, body->value(u"enrollments"_s).toArray().size())) : 1;
}

Response Service::answerClient(const Request &request, const Path &path)
{
    const int wait = m_operations.spend({}, costOf(request, path), m_clock().monotonicUs);
    return wait > 0 ? refused(tooMany(wait)) : route(request, path);
}

Response Service::route(const Request &request, const Path &path)
{
    if (path.first() == "enrollments") {
        return routeEnrollment(request, path);
    }
    if (path.first() == "registrations") {
        return routeRegistration(request, path);
    }
    return path.first() == "enrollmentGroups" ? answerGroups(request, path) : nothingThere();
}

Response Service::routeEnrollment(const Request &request, const Path &path)
{
    if (path.size() == 1) {
        return request.verb == "POST" ? m_desk.bulk(request) : wrongVerb("POST");
    }
    const QString id = QString::fromUtf8(path.at(1));
    if (path.size() == 3 && path.at(2) == "attestationmechanism") {
        return request.verb == "POST" ? m_desk.attestation(id) : wrongVerb("POST");
    }
    if (path.size() != 2) {
        return nothingThere();
    }
    if (request.verb == "POST" && id == u"query") {
        return m_desk.query(request);
    }
    return request.verb == "GET"   ? m_desk.get(id)
        : request.verb == "PUT"    ? m_desk.put(id, request)
        : request.verb == "DELETE" ? m_desk.remove(id, request)
                                   : wrongVerb("GET, PUT, DELETE");
}

Response Service::routeRegistration(const Request &request, const Path &path)
{
    const QString id = QString::fromUtf8(path.value(1));
    if (path.size() == 3 && path.at(2) == "query") { // of a group's registrations
        return request.verb == "POST" ? errorResponse(404201, u"Enrollment group not found"_s)
                                      : wrongVerb("POST");
    }
    if (path.size() != 2) {
        return nothingThere();
    }
    return request.verb == "GET"   ? m_desk.registration(id)
        : request.verb == "DELETE" ? m_desk.removeRegistration(id, request)
                                   : wrongVerb("GET, DELETE");
}

} // namespace upload::standin
