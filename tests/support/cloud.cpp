// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cloud.h"

#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace support {

Cloud::Cloud(const Pki::Server &identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(identity.certificate));
    configuration.setPrivateKey(QSslKey(identity.key, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_server.setSslConfiguration(configuration);
    connect(&m_server, &QTcpServer::pendingConnectionAvailable, this, &Cloud::accept);
    resume();
}

void Cloud::resume()
{
    if (!m_server.listen(QHostAddress::LocalHost, m_port)) {
        qFatal("the scripted server cannot listen");
    }
    m_port = m_server.serverPort();
}

void Cloud::stop()
{
    m_server.close();
    for (QSslSocket *socket : m_server.findChildren<QSslSocket *>()) {
        socket->abort();
    }
}

QUrl Cloud::url() const
{
    return QUrl(u"https://localhost:%1"_s.arg(m_port));
}

QByteArray Cloud::response(int status, const QByteArray &body, const QList<QByteArray> &headers)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Words\r\n";
    for (const QByteArray &header : headers) {
        bytes += header + "\r\n";
    }
    return bytes + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

void Cloud::answer(int status, const QByteArray &body, const QList<QByteArray> &headers)
{
    m_replies.append({response(status, body, headers), false, false});
}

void Cloud::answerRaw(const QByteArray &bytes, bool close)
{
    m_replies.append({bytes, close, false});
}

void Cloud::answerNever()
{
    m_replies.append({{}, false, true});
}

void Cloud::accept()
{
    while (auto *socket = qobject_cast<QSslSocket *>(m_server.nextPendingConnection())) {
        ++m_connections;
        connect(socket, &QSslSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QSslSocket::disconnected, this, [this, socket] {
            m_partial.remove(socket);
            socket->deleteLater();
        });
        read(socket);
    }
}

void Cloud::read(QSslSocket *socket)
{
    QByteArray &bytes = m_partial[socket];
    bytes += socket->readAll();
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0) {
        return;
    }
    QList<QByteArray> lines = bytes.first(end).split('\n');
    const QList<QByteArray> words = lines.takeFirst().trimmed().split(' ');
    Seen request{words.value(0), words.value(1), {}, {}};
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (bytes.size() - end - 4 < length) {
        return;
    }
    request.body = bytes.sliced(end + 4, length);
    bytes.remove(0, end + 4 + length);
    m_seen.append(request);
    respond(socket, request);
}

void Cloud::respond(QSslSocket *socket, const Seen &request)
{
    if (m_replies.isEmpty()) {
        socket->write(m_otherwise ? m_otherwise(request) : response(500, "{}"));
        return;
    }
    const Reply reply = m_replies.takeFirst();
    if (reply.silent) {
        return;
    }
    socket->write(reply.bytes);
    if (reply.close) {
        socket->disconnectFromHost();
    }
}

} // namespace support
