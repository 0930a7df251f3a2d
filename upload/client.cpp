// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/client.h"

#include "upload/exchange.h"

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr QByteArrayView version = "?api-version=2021-10-01";
constexpr QByteArrayView queryBody = R"({"query":"SELECT * FROM enrollments"})";

Error wrong(const QString &detail)
{
    return {Fault::Wrong, detail, 0, 0, {}};
}

QByteArray pathOf(const QString &registrationId)
{
    return "/enrollments/" + registrationId.toUtf8().toPercentEncoding();
}

QByteArray registrationPathOf(const QString &registrationId)
{
    return "/registrations/" + registrationId.toUtf8().toPercentEncoding();
}

/// Turns an answer's body into a value, and its error into the caller's error.
template <typename T, typename Parse>
std::function<void(const Result<Answer> &)> parsed(const Client::Then<T> &then, Parse parse)
{
    return [then, parse](const Result<Answer> &answer) {
        if (!answer) {
            return then(std::unexpected(answer.error()));
        }
        Result<T> value = parse(*answer);
        if (!value) {
            value.error().httpStatus = answer->status;
        }
        then(value);
    };
}

} // namespace

Result<std::unique_ptr<Client>> Client::open(
    const Endpoint &endpoint, const Credential &credential, const station::Clock &clock)
{
    if (const auto checked = checkServiceUrl(endpoint.url); !checked) {
        return std::unexpected(checked.error());
    }
    if (!credential.isUsable()) {
        return std::unexpected(wrong(u"there is no credential for this service"_s));
    }
    const auto tls = tlsFor(endpoint.caFile);
    if (!tls) {
        return std::unexpected(tls.error());
    }
    std::unique_ptr<Client> client(new Client(endpoint, credential, clock));
    client->m_tls = *tls;
    connect(&client->m_tokens, &TokenSource::settled, client.get(), &Client::goOn);
    return client;
}

Client::Client(const Endpoint &endpoint, const Credential &credential, const station::Clock &clock)
    : m_endpoint(endpoint), m_clock(clock), m_tokens(credential, clock)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setStrictTransportSecurityEnabled(false); // https is the only scheme anyway
    m_network.setAutoDeleteReplies(false);
}

Client::~Client()
{
    // Exchanges are children; they abort without calling anybody.
    qDeleteAll(findChildren<Exchange *>());
}

void Client::bulkCreate(const QList<QByteArray> &records, const Then<BulkAnswer> &then)
{
    if (records.isEmpty() || records.size() > largestBulk) {
        QMetaObject::invokeMethod(
            this,
            [then] {
                then(
                    std::unexpected(wrong(u"a bulk holds 1 to %1 enrollments"_s.arg(largestBulk))));
            },
            Qt::QueuedConnection);
        return;
    }
    submit({"POST", "/enrollments", bulkBody("create", records), {},
        parsed<BulkAnswer>(
            then, [](const Answer &answer) { return parseBulkAnswer(answer.body); })});
}

void Client::get(const QString &registrationId, const Then<Enrollment> &then)
{
    const auto parse = [registrationId](const Answer &answer) -> Result<Enrollment> {
        auto enrollment = parseEnrollment(answer.body);
        if (enrollment
            && enrollment->registrationId.compare(registrationId, Qt::CaseInsensitive) != 0) {
            return std::unexpected(
                Error{Fault::Malformed, u"the answer is about another enrollment"_s, 0, 0, {}});
        }
        return enrollment;
    };
    submit({"GET", pathOf(registrationId), {}, {}, parsed<Enrollment>(then, parse)});
}

void Client::put(
    const Enrollment &enrollment, const QByteArray &ifMatch, const Then<Enrollment> &then)
{
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (!ifMatch.isEmpty()) {
        headers.append({"If-Match", ifMatch});
    }
    submit({"PUT", pathOf(enrollment.registrationId), toBody(enrollment), headers,
        parsed<Enrollment>(
            then, [](const Answer &answer) { return parseEnrollment(answer.body); })});
}

void Client::remove(
    const QString &registrationId, const QByteArray &ifMatch, const Then<bool> &then)
{
    submit({"DELETE", pathOf(registrationId), {},
        {{"If-Match", ifMatch.isEmpty() ? QByteArray("*") : ifMatch}},
        parsed<bool>(then, [](const Answer &) { return Result<bool>(true); })});
}

void Client::registration(const QString &registrationId, const Then<RegistrationState> &then)
{
    submit({"GET", registrationPathOf(registrationId), {}, {},
        parsed<RegistrationState>(
            then, [](const Answer &answer) { return parseRegistrationState(answer.body); })});
}

void Client::removeRegistration(const QString &registrationId, const Then<bool> &then)
{
    submit({"DELETE", registrationPathOf(registrationId), {}, {{"If-Match", "*"}},
        parsed<bool>(then, [](const Answer &) { return Result<bool>(true); })});
}

void Client::query(int most, const QByteArray &continuation, const Then<Page> &then)
{
    QList<std::pair<QByteArray, QByteArray>> headers{
        {"x-ms-max-item-count", QByteArray::number(most)}};
    if (!continuation.isEmpty()) {
        headers.append({"x-ms-continuation", continuation});
    }
    const auto parse = [](const Answer &answer) -> Result<Page> {
        auto enrollments = parseEnrollments(answer.body);
        if (!enrollments) {
            return std::unexpected(enrollments.error());
        }
        return Page{*enrollments, answer.continuation};
    };
    submit({"POST", "/enrollments/query", queryBody.toByteArray(), headers,
        parsed<Page>(then, parse)});
}

void Client::submit(const Call &call)
{
    m_waiting.push_back(call);
    QMetaObject::invokeMethod(this, &Client::pump, Qt::QueuedConnection);
}

void Client::pump()
{
    if (m_waiting.empty() || m_identity == Identity::Asking) {
        return;
    }
    if (!m_tokens.token()) {
        return; // it is being made; settled() goes on from here
    }
    // Where anybody may answer there is nothing to ask first.
    if (m_identity == Identity::Unknown && (!m_endpoint.test || m_endpoint.requireStandIn)) {
        askIdentity();
        return;
    }
    while (!m_waiting.empty() && m_running < m_endpoint.inFlight) {
        const Call call = m_waiting.front();
        m_waiting.pop_front();
        start(call);
    }
}

void Client::goOn(const Result<bool> &outcome)
{
    if (outcome) {
        pump();
    } else if (!m_tokens.current()) {
        failWaiting(outcome.error());
    }
}

/// Nothing is enrolled before the other side has shown what it is: the first contact only reads.
void Client::askIdentity()
{
    m_identity = Identity::Asking;
    start({"POST", "/enrollments/query", queryBody.toByteArray(), {{"x-ms-max-item-count", "1"}},
        [this](const Result<Answer> &answer) {
            m_identity = answer ? Identity::Known : Identity::Unknown;
            if (!answer) {
                failWaiting(answer.error());
            }
        }});
}

void Client::failWaiting(const Error &error)
{
    // Swapped out first: a callback may well submit its next call.
    std::deque<Call> waiting;
    waiting.swap(m_waiting);
    for (const Call &call : waiting) {
        call.done(std::unexpected(error));
    }
}

void Client::start(const Call &call)
{
    ++m_running;
    QNetworkReply *reply = m_network.sendCustomRequest(requestFor(call), call.verb, call.body);
    auto *exchange = new Exchange(reply, m_endpoint.deadline, m_endpoint.largestAnswer, this);
    connect(exchange, &Exchange::finished, this,
        [this, exchange, done = call.done](const Result<Answer> &answer) {
            exchange->deleteLater();
            --m_running;
            settle(done, answer);
            pump();
        });
}

void Client::settle(const Done &done, const Result<Answer> &answer)
{
    if (!answer) {
        return done(answer);
    }
    m_standIn = answer->standIn;
    if (const auto fault = identityFault(answer->standIn)) {
        m_identity = Identity::Unknown;
        return done(std::unexpected(*fault));
    }
    if (answer->status == 401) {
        m_tokens.renew(); // the clock may have been set since the token was made
    }
    done(judge(*answer, QDateTime::fromMSecsSinceEpoch(m_clock().utcUs / 1000, Qt::UTC)));
}

std::optional<Error> Client::identityFault(bool standIn) const
{
    if (m_endpoint.requireStandIn && !standIn) {
        return Error{Fault::Untrusted,
            u"this is not a stand-in, and training delivers to nothing else"_s, 0, 0, {}};
    }
    if (standIn && !m_endpoint.test && !m_endpoint.requireStandIn) {
        return Error{Fault::Untrusted, u"a stand-in answers in place of the service"_s, 0, 0, {}};
    }
    return std::nullopt;
}

QNetworkRequest Client::requestFor(const Call &call)
{
    QNetworkRequest request =
        plainRequest(m_endpoint.url, call.path + version.toByteArray(), m_tls, m_endpoint.silence);
    request.setRawHeader("Authorization", m_tokens.current().value_or(QByteArray()));
    if (!call.body.isEmpty()) {
        request.setRawHeader("Content-Type", "application/json; charset=utf-8");
    }
    for (const auto &[name, value] : call.headers) {
        request.setRawHeader(name, value);
    }
    return request;
}

} // namespace upload
