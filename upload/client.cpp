// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/client.h"

#include "upload/exchange.h"

#include <QJsonDocument>
#include <QNetworkProxy>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr QByteArrayView version = "?api-version=2021-10-01";
constexpr int mostConnections = 6; // of a QNetworkAccessManager, to one host
constexpr QByteArrayView queryBody = R"({"query":"SELECT * FROM enrollments"})";

Error wrong(const QString &detail)
{
    return {Fault::Wrong, detail, 0, 0, {}};
}

QByteArray pathOf(const QString &registrationId, const char *list = "/enrollments/")
{
    return list + registrationId.toUtf8().toPercentEncoding();
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
}

Client::~Client()
{
    // Exchanges are children; they abort without calling anybody.
    qDeleteAll(findChildren<Exchange *>());
}

void Client::bulkCreate(const QList<QByteArray> &records, const Then<BulkAnswer> &then)
{
    if (records.isEmpty() || records.size() > largestBulk) {
        const Error error = wrong(u"a bulk holds 1 to %1 enrollments"_s.arg(largestBulk));
        QMetaObject::invokeMethod(
            this, [then, error] { then(std::unexpected(error)); }, Qt::QueuedConnection);
        return;
    }
    submit({"POST", "/enrollments", bulkBody("create", records), {},
        parsed<BulkAnswer>(
            then, [](const Answer &answer) { return parseBulkAnswer(answer.body); })});
}

void Client::getRecord(const QString &registrationId, const Then<QJsonObject> &then)
{
    const auto parse = [registrationId](const Answer &answer) -> Result<QJsonObject> {
        const auto enrollment = parseEnrollment(answer.body);
        if (!enrollment) {
            return std::unexpected(enrollment.error());
        }
        if (enrollment->registrationId.compare(registrationId, Qt::CaseInsensitive) != 0) {
            return std::unexpected(
                Error{Fault::Malformed, u"the answer is about another enrollment"_s, 0, 0, {}});
        }
        return QJsonDocument::fromJson(answer.body).object();
    };
    submit({"GET", pathOf(registrationId), {}, {}, parsed<QJsonObject>(then, parse)});
}

void Client::get(const QString &registrationId, const Then<Enrollment> &then)
{
    getRecord(registrationId, [then](const Result<QJsonObject> &record) {
        then(record ? enrollmentOf(*record) : Result<Enrollment>(std::unexpected(record.error())));
    });
}

void Client::put(
    const Enrollment &enrollment, const QByteArray &ifMatch, const Then<Enrollment> &then)
{
    putRecord(toJson(enrollment), ifMatch, then);
}

void Client::putRecord(
    const QJsonObject &record, const QByteArray &ifMatch, const Then<Enrollment> &then)
{
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (!ifMatch.isEmpty()) {
        headers.append({"If-Match", ifMatch});
    }
    submit({"PUT", pathOf(record.value(u"registrationId"_s).toString()),
        QJsonDocument(record).toJson(QJsonDocument::Compact), headers,
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
    submit({"GET", pathOf(registrationId, "/registrations/"), {}, {},
        parsed<RegistrationState>(
            then, [](const Answer &answer) { return parseRegistrationState(answer.body); })});
}

void Client::removeRegistration(const QString &registrationId, const Then<bool> &then)
{
    submit({"DELETE", pathOf(registrationId, "/registrations/"), {}, {{"If-Match", "*"}},
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

size_t Client::freeLane()
{
    const auto free = std::ranges::find_if(
        m_lanes, [](const Lane &lane) { return lane.running < mostConnections; });
    if (free != m_lanes.end()) {
        return static_cast<size_t>(free - m_lanes.begin());
    }
    auto network = std::make_unique<QNetworkAccessManager>();
    network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    network->setStrictTransportSecurityEnabled(false); // https is the only scheme anyway
    network->setAutoDeleteReplies(false);
    if (const Proxy &proxy = m_endpoint.proxy; !proxy.host.isEmpty()) {
        network->setProxy({QNetworkProxy::HttpProxy, proxy.host, proxy.port, proxy.user,
            QString::fromUtf8(proxy.password.bytes())});
    }
    m_lanes.push_back({std::move(network)});
    return m_lanes.size() - 1;
}

void Client::start(const Call &call)
{
    const size_t lane = freeLane();
    ++m_tally.calls;
    ++m_running;
    ++m_lanes[lane].running;
    QNetworkReply *reply =
        m_lanes[lane].network->sendCustomRequest(requestFor(call), call.verb, call.body);
    auto *exchange = new Exchange(reply, m_endpoint.deadline, m_endpoint.largestAnswer, this);
    connect(exchange, &Exchange::finished, this,
        [this, exchange, lane, done = call.done](const Result<Answer> &answer) {
            exchange->deleteLater();
            --m_running;
            --m_lanes[lane].running;
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
    m_tally.throttled += answer->status == 429 ? 1 : 0;
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
