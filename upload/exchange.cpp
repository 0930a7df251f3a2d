// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/exchange.h"

#include "upload/tlswords.h"

#include <QSslCertificate>
#include <QSslError>
#include <QSslSocket>

#include <openssl/crypto.h>

using namespace Qt::StringLiterals;

namespace upload {

void keepTlsToTheEnd()
{
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
}

Result<QSslConfiguration> tlsFor(const QString &caFile)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!caFile.isEmpty()) {
        const auto roots = QSslCertificate::fromPath(
            caFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        if (roots.isEmpty()) {
            return std::unexpected(Error{
                Fault::Wrong, u"%1 holds no certificate in PEM form"_s.arg(caFile), 0, 0, {}});
        }
        tls.setCaCertificates(roots); // these replace the system's
    }
    return tls;
}

Result<bool> checkServiceUrl(const QUrl &url)
{
    if (!url.isValid() || url.scheme() != u"https" || url.host().isEmpty()
        || !url.userName().isEmpty() || !url.password().isEmpty() || url.hasQuery()
        || (url.path() != u"" && url.path() != u"/")) {
        return std::unexpected(Error{Fault::Wrong,
            u"a service's URL is https://host[:port], without path or user"_s, 0, 0, {}});
    }
    return true;
}

QNetworkRequest plainRequest(const QUrl &service, const QByteArray &encodedPath,
    const QSslConfiguration &tls, std::chrono::milliseconds silence)
{
    QNetworkRequest request(QUrl::fromEncoded(
        service.toEncoded(QUrl::RemovePath | QUrl::StripTrailingSlash) + encodedPath));
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("Accept-Encoding", "identity"); // no decompression: the size bound holds
    request.setRawHeader("User-Agent", "ekstation/" EKSTATION_VERSION);
    // Measured: Qt's HTTP/2 adds some 44 ms to each request.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(
        QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setTransferTimeout(int(silence.count()));
    request.setSslConfiguration(tls);
    return request;
}

Exchange::Exchange(QNetworkReply *reply, std::chrono::milliseconds deadline,
    qsizetype largestAnswer, QObject *parent)
    : QObject(parent), m_reply(reply), m_largestAnswer(largestAnswer)
{
    reply->setReadBufferSize(largestAnswer + 1);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
        [this] { giveUp(Fault::Timeout, u"no whole answer in time"_s); });
    connect(reply, &QNetworkReply::requestSent, this, [this] { m_isSent = true; });
    connect(reply, &QNetworkReply::readyRead, this, &Exchange::read);
    connect(reply, &QNetworkReply::finished, this, &Exchange::finish);
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_tlsErrors = wordsOf(errors, m_reply->url().host());
    });
    m_deadline.start(deadline);
}

Exchange::~Exchange()
{
    disconnect(m_reply, nullptr, this, nullptr);
    m_reply->abort();
    m_reply->deleteLater(); // its own signal may be what destroys us
}

void Exchange::giveUp(Fault fault, const QString &detail)
{
    if (!m_failure) {
        m_failure = Error{fault, detail, 0, 0, {}};
        m_reply->abort();
    }
}

void Exchange::read()
{
    m_body += m_reply->readAll();
    if (m_body.size() > m_largestAnswer) {
        m_body.clear();
        giveUp(Fault::TooLarge, u"the answer exceeds %1 bytes"_s.arg(m_largestAnswer));
    }
}

void Exchange::finish()
{
    m_deadline.stop();
    if (!m_failure && m_reply->isOpen()) {
        read();
    }
    // Qt makes errors of HTTP 4xx and 5xx, and of 400 a protocol error; they are answers all the
    // same. What has no status, or broke off after it, is none.
    const int network = m_reply->error();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isHttpError = status >= 400
        && (network > QNetworkReply::UnknownProxyError
            && network != QNetworkReply::ProtocolUnknownError
            && network != QNetworkReply::ProtocolFailure);
    if (!m_failure && (network == QNetworkReply::NoError || isHttpError)) {
        return Q_EMIT finished(answerOfReply());
    }
    Error error = m_failure ? *m_failure : errorOfReply();
    if (!m_isSent && (error.fault == Fault::Down || error.fault == Fault::Timeout)) {
        error.fault = Fault::Unreachable;
    }
    Q_EMIT finished(std::unexpected(error));
}

Error Exchange::errorOfReply() const
{
    const QString text = m_reply->errorString();
    switch (m_reply->error()) {
    case QNetworkReply::SslHandshakeFailedError:
        // Without a verdict on the certificate the handshake broke for another reason, as a flaky
        // link does.
        if (text.contains(u"protocol version") || text.contains(u"unsupported protocol")) {
            return {Fault::Untrusted,
                u"%1 speaks no TLS 1.2 or newer: %2"_s.arg(m_reply->url().host(), text), 0, 0, {}};
        }
        return m_tlsErrors.isEmpty()
            ? Error{Fault::Down, u"no TLS connection: %1"_s.arg(text), 0, 0, {}}
            : Error{Fault::Untrusted, m_tlsErrors, 0, 0, {}};
    case QNetworkReply::HostNotFoundError:
        return {Fault::Down,
            u"the name %1 has no address: is the network's DNS there, and the URL right?"_s.arg(
                m_reply->url().host()),
            0, 0, {}};
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {Fault::Wrong,
            u"the proxy wants a user and a password: see proxy and proxy_password"_s, 0, 0, {}};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        return {Fault::Down, u"the proxy: %1"_s.arg(text), 0, 0, {}};
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError:
        return {Fault::Timeout, u"the connection went silent"_s, 0, 0, {}};
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return {Fault::Malformed, u"no HTTP answer: %1"_s.arg(text), 0, 0, {}};
    default:
        return {Fault::Down, text, 0, 0, {}};
    }
}

Answer Exchange::answerOfReply() const
{
    return {m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), m_body,
        m_reply->rawHeader("Content-Type"), m_reply->rawHeader("Retry-After"),
        m_reply->rawHeader("Date"), m_reply->rawHeader("Location"),
        m_reply->rawHeader("x-ms-continuation"),
        m_reply->rawHeader(standInHeader.toByteArray()) == "1"};
}

} // namespace upload
