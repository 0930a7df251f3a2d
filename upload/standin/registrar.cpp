// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/registrar.h"

#include "tpm/activation.h"
#include "upload/enrollment.h"
#include "upload/standin/allocation.h"
#include "upload/standin/codes.h"
#include "upload/standin/record.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

constexpr qint64 toleratedSkewSeconds = 300;
constexpr qsizetype mostChallenges = 10'000; // some 10 MB
constexpr int keySize = 32;

/// Never with a new challenge: a client that signs wrongly would go on for ever.
Response unauthorized()
{
    return errorResponse(code::unauthorized, u"Unauthorized"_s);
}

Response broken(const Error &error)
{
    return errorResponse(code::broken, error.detail);
}

QByteArray decoded(const QJsonValue &base64)
{
    const auto bytes = QByteArray::fromBase64Encoding(base64.toString().toLatin1(),
        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? bytes.decoded : QByteArray();
}

} // namespace

Registrar::Registrar(Books &books, const Terms &terms, station::Clock clock, station::Random random)
    : m_books(books), m_enrollments(books), m_registrations(books), m_terms(terms),
      m_clock(std::move(clock)), m_random(std::move(random)), m_polls(terms.quotas.polls, 10)
{
}

bool Registrar::isFor(const PresentedToken &token, const QString &registrationId) const
{
    const QString resource = QString::fromUtf8(QByteArray::fromPercentEncoding(token.resource));
    return token.policy == u"registration"
        && resource.compare(
               m_terms.idScope + u"/registrations/"_s + registrationId, Qt::CaseInsensitive)
        == 0;
}

bool Registrar::isFresh(const PresentedToken &token) const
{
    return token.expiry + toleratedSkewSeconds >= nowMs() / 1000;
}

Response Registrar::enroll(const QString &registrationId, const Request &request)
{
    const auto body = objectOf(request);
    if (!body) {
        return refused(body.error());
    }
    const QString named = body->value(u"registrationId"_s).toString(registrationId);
    if (named.compare(registrationId, Qt::CaseInsensitive) != 0) {
        return errorResponse(
            code::badRequest, u"the body names another registrationId than the path"_s);
    }
    const auto enrollment = m_enrollments.find(registrationId);
    if (!enrollment) {
        return broken(enrollment.error());
    }
    if (!*enrollment) {
        return errorResponse(
            m_terms.assumptions.unknownDevice, u"Unauthorized: there is no such enrollment"_s);
    }
    const QJsonObject tpm = body->value(u"tpm"_s).toObject();
    const Keys keys{
        decoded(tpm.value(u"endorsementKey"_s)), decoded(tpm.value(u"storageRootKey"_s))};
    const QByteArray authorization = request.headers.value("authorization");
    return authorization.isEmpty() ? challenge(registrationId, **enrollment, keys)
                                   : redeem(registrationId, **enrollment, keys, authorization);
}

Response Registrar::challenge(
    const QString &registrationId, const Stored &enrollment, const Keys &keys)
{
    if (!isSameKey(keys.endorsementKey.toBase64(), endorsementKeyOf(enrollment.record))) {
        return errorResponse(
            code::badKey, u"Endorsement key is invalid, or does not match the Enrollment."_s);
    }
    if (keys.storageRootKey.isEmpty()) {
        return errorResponse(code::badRequest, u"tpm.storageRootKey is absent or not base64"_s);
    }
    const Challenge asked{Secret(m_random(keySize)), keys.endorsementKey, keys.storageRootKey,
        m_clock().monotonicUs + m_terms.assumptions.challengeLife.count() * 1'000'000};
    const auto wrapped = wrap(keys, asked.key);
    if (!wrapped) {
        return refused(wrapped.error());
    }
    makeRoom();
    m_challenges.insert(registrationId.toLower(), asked);
    // No "status" here: the C SDK takes its absence for the challenge.
    return jsonResponse(401,
        {{u"message"_s, u"Authorization required: sign with the key for your TPM"_s},
            {u"authenticationKey"_s, QString::fromLatin1(wrapped->toBase64())},
            {u"unencryptedAuthenticationKey"_s, QJsonValue::Null},
            {u"keyName"_s, u"registration"_s}});
}

void Registrar::makeRoom()
{
    if (m_challenges.size() < mostChallenges) {
        return;
    }
    const qint64 now = m_clock().monotonicUs;
    m_challenges.removeIf([now](const auto &asked) { return asked->untilUs < now; });
    if (m_challenges.size() >= mostChallenges) {
        m_challenges.clear(); // those devices ask again
    }
}

Response Registrar::redeem(const QString &registrationId, const Stored &enrollment,
    const Keys &keys, const QByteArray &authorization)
{
    const auto token = parseToken(authorization);
    const auto earlier = m_registrations.find(registrationId);
    if (!earlier) {
        return broken(earlier.error());
    }
    if (!token || !isFor(*token, registrationId) || !isFresh(*token)) {
        return unauthorized();
    }
    const bool isAssigning = *earlier && !(*earlier)->isReady(nowMs());
    const auto asked = m_challenges.constFind(registrationId.toLower());
    if (asked == m_challenges.cend() || !token->isSignedWith(asked->key)) {
        // The same token again: the answer got lost, as long as its operation lasts; later it is a
        // replay.
        return isAssigning && token->isSignedWith((*earlier)->tokenKey) ? operation(**earlier, 202)
                                                                        : unauthorized();
    }
    const Challenge met = *asked;
    // IIS leaves the keys out the second time; who sends them must send the same.
    const bool isSameTpm = keys.endorsementKey.isEmpty()
        || (keys.endorsementKey == met.endorsementKey && keys.storageRootKey == met.storageRootKey);
    if (!isSameTpm || met.untilUs < m_clock().monotonicUs
        || !isSameKey(met.endorsementKey.toBase64(), endorsementKeyOf(enrollment.record))) {
        return unauthorized();
    }
    if (isAssigning) {
        return errorResponse(
            code::concurrent, u"Precondition failed: this id is being registered"_s);
    }
    m_challenges.erase(asked); // a nonce is good once
    return start(enrollment, *earlier, met);
}

Ruled<QByteArray> Registrar::wrap(const Keys &keys, const Secret &key) const
{
    const auto blob = tpm::makeActivation(
        keys.endorsementKey, keys.storageRootKey, key.bytes().toByteArray(), m_random);
    if (!blob) {
        return std::unexpected(
            Refusal{code::badRequest, u"the TPM's keys cannot be used: "_s + blob.error().detail});
    }
    return blob->bytes();
}

Ruled<Registration> Registrar::decide(
    const Stored &enrollment, const std::optional<Registration> &earlier, const Challenge &met)
{
    Registration made;
    made.registrationId = enrollment.registrationId;
    made.operationId = u"5.%1.%2"_s.arg(QString::fromLatin1(m_random(8).toHex()),
        QUuid::createUuid().toString(QUuid::WithoutBraces));
    made.etag = newEtag();
    made.updatedMs = nowMs();
    made.createdMs = earlier ? earlier->createdMs : made.updatedMs;
    made.readyMs = made.updatedMs + m_terms.assignment.count();
    made.tokenKey = met.key;
    if (enrollment.record.value(u"provisioningStatus"_s).toString() == u"disabled") {
        made.status = u"disabled"_s;
        return made;
    }
    auto place = allocate(enrollment.record, m_terms.hubs, earlier);
    if (place && m_terms.mischief.lockedHubs.contains(place->hub, Qt::CaseInsensitive)) {
        place = std::unexpected(Refusal{code::hubUnauthorized,
            u"IotHub unauthorized: %1 does not let this service in"_s.arg(place->hub)});
    }
    if (!place) {
        made.status = u"failed"_s;
        made.errorCode = place.error().code;
        made.errorMessage = place.error().text;
        return made;
    }
    const Secret deviceKey(m_random(keySize));
    const auto wrapped = wrap({met.endorsementKey, met.storageRootKey}, deviceKey);
    if (!wrapped) {
        return std::unexpected(wrapped.error());
    }
    if (const auto admitted = m_registrations.admit(place->hub, place->deviceId, deviceKey);
        !admitted) {
        return std::unexpected(Refusal{code::broken, admitted.error().detail});
    }
    made.status = u"assigned"_s;
    made.hub = place->hub;
    made.deviceId = place->deviceId;
    made.substatus = place->substatus;
    made.wrappedKey = *wrapped;
    return made;
}

Response Registrar::start(
    const Stored &enrollment, const std::optional<Registration> &earlier, const Challenge &met)
{
    const bool begun = m_books.begin();
    const auto made = decide(enrollment, earlier, met);
    const auto stored = made ? m_registrations.store(*made) : Result<bool>(false);
    if (!made || !stored) {
        m_books.rollback();
        return made ? broken(stored.error()) : refused(made.error());
    }
    if (!begun || !m_books.commit()) {
        return errorResponse(code::broken, u"the registration could not be stored"_s);
    }
    return operation(*made, 202);
}

/// Status 202 says "assigning" whatever is decided; 200 says what came of it.
Response Registrar::operation(const Registration &registration, int status) const
{
    const bool isOver = status == 200;
    QJsonObject state = registration.state(isOver ? nowMs() : registration.readyMs - 1);
    if (isOver && registration.status == u"assigned") {
        state.insert(u"tpm"_s,
            QJsonObject{
                {u"authenticationKey"_s, QString::fromLatin1(registration.wrappedKey.toBase64())}});
    }
    Response response = jsonResponse(status,
        {{u"operationId"_s, registration.operationId}, {u"status"_s, state.value(u"status"_s)},
            {u"registrationState"_s, state}});
    response.headers.append(
        {"x-ms-request-id", QUuid::createUuid().toByteArray(QUuid::WithoutBraces)});
    response.headers.append(
        std::pair("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));
    if (!isOver) {
        response.headers.append({"Retry-After", QByteArray::number(m_terms.pollAfter)});
        response.headers.append({"Location",
            "/" + m_terms.idScope.toUtf8().toPercentEncoding() + "/registrations/"
                + registration.registrationId.toUtf8().toPercentEncoding() + "/operations/"
                + registration.operationId.toUtf8()});
    }
    return response;
}

Ruled<Registration> Registrar::known(const QString &registrationId, const Request &request)
{
    const auto found = m_registrations.find(registrationId);
    if (!found) {
        return std::unexpected(Refusal{code::broken, found.error().detail});
    }
    const auto token = parseToken(request.headers.value("authorization"));
    const bool isTimely = token && (m_terms.assumptions.expiredTokenPolls || isFresh(*token));
    if (!*found || !isTimely || !isFor(*token, registrationId)
        || !token->isSignedWith((*found)->tokenKey)) {
        return std::unexpected(Refusal{code::unauthorized, u"Unauthorized"_s});
    }
    if (const int wait = m_polls.spend(registrationId.toLower(), 1, m_clock().monotonicUs)) {
        return std::unexpected(tooMany(wait));
    }
    return **found;
}

Response Registrar::poll(
    const QString &registrationId, const QString &operationId, const Request &request)
{
    const auto registration = known(registrationId, request);
    if (!registration) {
        return refused(registration.error());
    }
    if (registration->operationId != operationId) {
        return errorResponse(code::noOperation, u"Operation not found"_s);
    }
    return operation(*registration, registration->isReady(nowMs()) ? 200 : 202);
}

Response Registrar::status(const QString &registrationId, const Request &request)
{
    const auto registration = known(registrationId, request);
    if (!registration) {
        return refused(registration.error());
    }
    return jsonResponse(200, registration->state(nowMs()));
}

} // namespace upload::standin
