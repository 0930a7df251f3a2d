// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/upload/caller.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace caller;
using support::Cloud;
using support::Pki;

/// A client and a service that is rude, silent, absent, or somebody else.
class ClientFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survivesBadAnswers_data();
    void survivesBadAnswers();
    void trustsOnlyItsCa_data();
    void trustsOnlyItsCa();
    void givesUpOnASilentServer_data();
    void givesUpOnASilentServer();
    void reportsARefusedConnection();
    void saysThatTheNameHasNoAddress();
    void asksForANewerProtocol();
    void knowsThatNothingWasSent_data();
    void knowsThatNothingWasSent();

private:
    Pki m_pki;
};

void ClientFaultsTest::survivesBadAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Fault>("fault");
    const QByteArray error = R"({"errorCode":429001,"message":"slow"})";
    QTest::newRow("a web page") << Cloud::response(200, "<html>login</html>") << Fault::Malformed;
    QTest::newRow("truncated JSON")
        << Cloud::response(200, R"({"isSuccessful":tr)") << Fault::Malformed;
    QTest::newRow("empty") << Cloud::response(200, {}) << Fault::Malformed;
    QTest::newRow("huge") << Cloud::response(200, QByteArray(300'000, ' ')) << Fault::TooLarge;
    QTest::newRow("100 MB") << "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n"
            + QByteArray(300'000, ' ')
                            << Fault::TooLarge;
    QTest::newRow("redirect") << Cloud::response(302, {}, {"Location: https://elsewhere.example/"})
                              << Fault::Redirected;
    QTest::newRow("redirect to itself")
        << Cloud::response(307, {}, {"Location: /enrollments"}) << Fault::Redirected;
    QTest::newRow("400") << Cloud::response(400, error) << Fault::Refused;
    QTest::newRow("401") << Cloud::response(401, error) << Fault::Unauthorized;
    QTest::newRow("401 with a challenge")
        << Cloud::response(401, error, {"WWW-Authenticate: Basic realm=\"x\""})
        << Fault::Unauthorized;
    QTest::newRow("407") << Cloud::response(407, error) << Fault::Wrong;
    QTest::newRow("429") << Cloud::response(429, error) << Fault::Throttled;
    QTest::newRow("500") << Cloud::response(500, error) << Fault::Down;
    QTest::newRow("503 as a web page") << Cloud::response(503, "<html>") << Fault::Down;
    QTest::newRow("plain garbage") << QByteArray("\x16\x03garbage\r\n\r\n") << Fault::Down;
    QTest::newRow("cut in the body") << Cloud::response(200, yes).chopped(5) << Fault::Down;
    QTest::newRow("cut in the headers") << QByteArray("HTTP/1.1 200 O") << Fault::Down;
    QTest::newRow("cut at once") << QByteArray() << Fault::Down;
}

void ClientFaultsTest::survivesBadAnswers()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Fault, fault);
    Cloud cloud(m_pki.server());
    for (int i = 0; i < 8; ++i) { // a cut connection is tried again by the network library itself
        cloud.answerRaw(bytes, true);
    }
    const auto client = clientOf(cloud, m_pki);
    Awaited<BulkAnswer> answer;
    client->bulkCreate({record(1)}, answer.then());
    const auto &result = answer.wait();
    QVERIFY(!result);
    QVERIFY2(result.error().fault == fault,
        qPrintable(u"%1: %2"_s.arg(int(result.error().fault)).arg(result.error().detail)));
    QVERIFY(!result.error().detail.contains(u"SharedAccessSignature"));
}

void ClientFaultsTest::trustsOnlyItsCa_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("another CA") << 0 << u"whom this station does not know"_s;
    QTest::newRow("another name") << 1 << u"not for localhost, but for elsewhere.example"_s;
    QTest::newRow("expired") << 2 << u"the station's clock says "_s;
}

void ClientFaultsTest::trustsOnlyItsCa()
{
    QFETCH(const int, kind);
    const Pki stranger;
    Cloud cloud(kind == 0 ? stranger.server()
            : kind == 1   ? m_pki.server("DNS:elsewhere.example")
                          : m_pki.server("DNS:localhost", -60));
    const auto client = clientOf(cloud, m_pki);
    Awaited<BulkAnswer> answer;
    client->bulkCreate({record(1)}, answer.then());
    QVERIFY(!answer.wait());
    QCOMPARE(answer.wait().error().fault, Fault::Untrusted);
    QFETCH(const QString, says);
    QVERIFY2(answer.wait().error().detail.contains(says), qPrintable(answer.wait().error().detail));
    QVERIFY(cloud.seen().isEmpty());
}

void ClientFaultsTest::givesUpOnASilentServer_data()
{
    QTest::addColumn<bool>("dripping");
    QTest::newRow("silent") << false;
    QTest::newRow("dripping") << true;
}

void ClientFaultsTest::givesUpOnASilentServer()
{
    QFETCH(const bool, dripping);
    Cloud cloud(m_pki.server());
    dripping ? cloud.answerRaw("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", false)
             : cloud.answerNever();
    const auto client = clientOf(cloud, m_pki);
    Awaited<BulkAnswer> answer;
    client->bulkCreate({record(1)}, answer.then());
    QVERIFY(!answer.wait());
    QCOMPARE(answer.wait().error().fault, Fault::Timeout);
}

void ClientFaultsTest::reportsARefusedConnection()
{
    Cloud cloud(m_pki.server());
    const auto client = clientOf(cloud, m_pki);
    cloud.stop();
    Awaited<Enrollment> answer;
    client->get(u"dev-1"_s, answer.then());
    QVERIFY(!answer.wait());
    QCOMPARE(answer.wait().error().fault, Fault::Unreachable);
}

void ClientFaultsTest::saysThatTheNameHasNoAddress()
{
    const auto client = clientOf(QUrl(u"https://nobody.invalid"_s), m_pki); // RFC 2606
    Awaited<Enrollment> answer;
    client->get(u"dev-1"_s, answer.then());
    QVERIFY(!answer.wait());
    QCOMPARE(answer.wait().error().fault, Fault::Unreachable);
    QVERIFY2(answer.wait().error().detail.contains(u"nobody.invalid has no address"),
        qPrintable(answer.wait().error().detail));
}

void ClientFaultsTest::asksForANewerProtocol()
{
    // A server that knows nothing newer than TLS 1.1 answers so: a fatal alert, protocol_version
    // (RFC 5246, 7.2.2).
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        while (auto *socket = server.nextPendingConnection())
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->readAll();
                socket->write(QByteArray::fromHex("15030100020246"));
                socket->disconnectFromHost();
            });
    });
    const auto client = clientOf(QUrl(u"https://localhost:%1"_s.arg(server.serverPort())), m_pki);
    Awaited<Enrollment> answer;
    client->get(u"dev-1"_s, answer.then());
    QVERIFY(!answer.wait());
    QVERIFY2(answer.wait().error().detail.contains(u"TLS 1.2"),
        qPrintable(answer.wait().error().detail));
    QCOMPARE(answer.wait().error().fault, Fault::Untrusted);
}

/// Whoever listens on the port but speaks no TLS has not seen the request either.
void ClientFaultsTest::knowsThatNothingWasSent_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::newRow("cut in the handshake") << QByteArray();
    QTest::newRow("no TLS") << QByteArray("SSH-2.0-OpenSSH_9\r\n");
}

void ClientFaultsTest::knowsThatNothingWasSent()
{
    QFETCH(const QByteArray, greeting);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        while (auto *socket = server.nextPendingConnection()) {
            socket->write(greeting);
            socket->disconnectFromHost();
        }
    });
    const auto client = clientOf(QUrl(u"https://localhost:%1"_s.arg(server.serverPort())), m_pki);
    Awaited<BulkAnswer> answer;
    client->bulkCreate({record(1)}, answer.then());
    QVERIFY(!answer.wait());
    QCOMPARE(answer.wait().error().fault, Fault::Unreachable);
}

QTEST_GUILESS_MAIN(ClientFaultsTest)
#include "clientfaults.moc"
