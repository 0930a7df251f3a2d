// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/deviceclient.h"

#include "upload/backoff.h"
#include "upload/exchange.h"

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr QByteArrayView version = "?api-version=2021-06-01";
constexpr qsizetype largestAnswer = 256 * 1024;

bool isPassing(const Error &error)
{
    return error.fault == Fault::Throttled || error.fault == Fault::Unreachable
        || error.fault == Fault::Down || error.fault == Fault::Timeout;
}

} // namespace

Result<std::unique_ptr<DeviceClient>> DeviceClient::open(
    const DeviceEndpoint &endpoint, const station::Clock &clock)
{
    if (const auto checked = checkServiceUrl(endpoint.url); !checked) {
        return std::unexpected(checked.error());
    }
    static const QRegularExpression scope(u"^[A-Za-z0-9-]{1,64}$"_s);
    if (!scope.match(endpoint.idScope).hasMatch()) {
        return std::unexpected(Error{
            Fault::Wrong, u"an ID scope is letters and digits, such as 0ne00000000"_s, 0, 0, {}});
    }
    const auto tls = tlsFor(endpoint.caFile);
    if (!tls) {
        return std::unexpected(tls.error());
    }
    std::unique_ptr<DeviceClient> client(new DeviceClient(endpoint, clock));
    client->m_tls = *tls;
    return client;
}

DeviceClient::DeviceClient(const DeviceEndpoint &endpoint, const station::Clock &clock)
    : m_endpoint(endpoint), m_clock(clock)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setAutoDeleteReplies(false);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &DeviceClient::send);
}

DeviceClient::~DeviceClient()
{
    // Exchanges are children; they abort without calling anybody.
    qDeleteAll(findChildren<Exchange *>());
}

QString DeviceClient::resource(const QString &registrationId) const
{
    return m_endpoint.idScope + u"/registrations/"_s + registrationId;
}

void DeviceClient::enroll(
    const QString &registrationId, const QByteArray &body, const QByteArray &token)
{
    submit({"PUT",
        "/" + m_endpoint.idScope.toUtf8() + "/registrations/"
            + registrationId.toUtf8().toPercentEncoding() + "/register",
        body, token});
}

void DeviceClient::poll(
    const QString &registrationId, const QString &operationId, const QByteArray &token)
{
    submit({"GET",
        "/" + m_endpoint.idScope.toUtf8() + "/registrations/"
            + registrationId.toUtf8().toPercentEncoding() + "/operations/"
            + operationId.toUtf8().toPercentEncoding(),
        {}, token});
}

void DeviceClient::submit(const Call &call)
{
    m_call = call;
    m_attempt = 0;
    send();
}

void DeviceClient::send()
{
    ++m_attempt;
    QNetworkRequest request = plainRequest(
        m_endpoint.url, m_call.path + version.toByteArray(), m_tls, m_endpoint.silence);
    if (!m_call.token.isEmpty()) {
        request.setRawHeader("Authorization", m_call.token);
    }
    if (!m_call.body.isEmpty()) {
        request.setRawHeader("Content-Type", "application/json; charset=utf-8");
    }
    QNetworkReply *reply = m_network.sendCustomRequest(request, m_call.verb, m_call.body);
    auto *exchange = new Exchange(reply, m_endpoint.deadline, largestAnswer, this);
    connect(exchange, &Exchange::finished, this, [this, exchange](const Result<Answer> &answer) {
        exchange->deleteLater();
        settle(answer);
    });
}

void DeviceClient::settle(const Result<Answer> &answer)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_clock().utcUs / 1000, Qt::UTC);
    const Result<DeviceAnswer> said = answer
        ? parseDeviceAnswer(*answer, now)
        : Result<DeviceAnswer>(std::unexpected(answer.error()));
    if (!said && isPassing(said.error()) && m_attempt < m_endpoint.attempts) {
        const std::chrono::milliseconds pause = said.error().retryAfter
            ? std::chrono::milliseconds(*said.error().retryAfter)
            : backoff(m_attempt);
        m_pause.start(pause);
        Q_EMIT waiting(pause, said.error());
        return;
    }
    Q_EMIT answered(said);
}

} // namespace upload
