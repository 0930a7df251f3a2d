// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/counter.h"
#include "upload/standin/server.h"

#include <QSslConfiguration>
#include <QSslSocket>

using namespace Qt::StringLiterals;
using namespace upload::standin;

namespace {

constexpr int patienceMs = 20'000;
const QByteArray okay = "HTTP/1.1 200 OK";

/// One TLS connection of a client that writes what it likes.
class Rude {
public:
    explicit Rude(const Server &server)
    {
        QSslConfiguration tls = m_socket.sslConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(server.authority().caFile));
        m_socket.setSslConfiguration(tls);
        m_socket.connectToHostEncrypted(u"localhost"_s, quint16(server.url().port()));
        if (!m_socket.waitForEncrypted(patienceMs)) {
            qFatal("no TLS: %s", qPrintable(m_socket.errorString()));
        }
    }
    void write(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    /// What comes until a whole head is there, or the connection ends.
    QByteArray head()
    {
        QByteArray said = m_socket.readAll();
        while (!said.contains("\r\n\r\n") && m_socket.waitForReadyRead(patienceMs)) {
            said += m_socket.readAll();
        }
        return said;
    }
    [[nodiscard]] bool hasEnded() const
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    }

private:
    QSslSocket m_socket;
};

} // namespace

/// The stand-in as a server: what bad and slow clients get, and that nobody else notices.
class NetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void badRequestsEndWithTheirAnswer_data();
    void badRequestsEndWithTheirAnswer();
    void aBodyMayBeAsLargeAsTheServiceTakes_data();
    void aBodyMayBeAsLargeAsTheServiceTakes();
    void bodiesMayComeInChunks();
    void halfRequestsAreForgotten();
    void slowClientsAreCutOff_data();
    void slowClientsAreCutOff();
    void aThousandIdleConnectionsDisturbNobody();
    void theCaOutlivesARestart();

private:
    [[nodiscard]] QByteArray good(const QByteArray &body = R"({"query":"SELECT *"})") const;
    void start(std::chrono::milliseconds deadline = std::chrono::seconds(30));
    void isWell();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Server> m_server;
};

void NetworkTest::start(std::chrono::milliseconds deadline)
{
    m_server.reset();
    auto server = Server::start({.folder = m_folder->path(), .deadline = deadline});
    QVERIFY2(server, qPrintable(server ? QString() : server.error().detail));
    m_server = std::move(*server);
}

void NetworkTest::init()
{
    m_server.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    start();
}

QByteArray NetworkTest::good(const QByteArray &body) const
{
    const upload::Credential &signer = m_server->authority().credential;
    return "POST /enrollments/query?api-version=2021-10-01 HTTP/1.1\r\nHost: localhost\r\n"
           "Authorization: "
        + upload::signToken(
            signer.host, signer.key, signer.policy, QDateTime::currentSecsSinceEpoch() + 600)
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

void NetworkTest::isWell()
{
    Rude client(*m_server);
    client.write(good());
    QVERIFY(client.head().startsWith(okay));
}

void NetworkTest::badRequestsEndWithTheirAnswer_data()
{
    const auto put = [](const QByteArray &more) {
        return "PUT /enrollments/a?api-version=2021-10-01 HTTP/1.1\r\nHost: localhost\r\n" + more;
    };
    const QByteArray flood = "x: " + QByteArray(1000, 'y') + "\r\n";
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QList<int>>("statuses"); // 0: the connection ends without an answer
    QTest::newRow("10 MB announced")
        << put("Content-Length: 10000000\r\n\r\n") + QByteArray(1000, 'x') << QList{413};
    QTest::newRow("10 MB sent") << put("Content-Length: 10000000\r\n\r\n")
            + QByteArray(10'000'000, 'x')
                                << QList{413, 0};
    QTest::newRow("more than anybody has")
        << put("Content-Length: 99999999999999999999\r\n\r\n") << QList{400, 413, 0};
    QTest::newRow("less than nothing") << put("Content-Length: -5\r\n\r\n") << QList{400, 401, 0};
    QTest::newRow("a body in chunks without end") << put("Transfer-Encoding: chunked\r\n\r\n")
            + ("8000\r\n" + QByteArray(0x8000, 'x') + "\r\n").repeated(20)
                                                  << QList{413, 0};
    QTest::newRow("200 headers of 1 KB")
        << put(flood.repeated(200) + "\r\n") << QList{400, 413, 431, 0};
    QTest::newRow("a path of 200 KB")
        << "GET /" + QByteArray(200'000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
        << QList{400, 414, 431, 0};
    QTest::newRow("no HTTP") << QByteArray("hello, is this the service?\r\n\r\n")
                             << QList{400, 401, 404, 0};
    QTest::newRow("noughts") << QByteArray(4096, '\0') + "\r\n\r\n" << QList{400, 0};
    QTest::newRow("without a host")
        << QByteArray("GET /enrollments/a?api-version=2021-10-01 HTTP/1.1\r\n\r\n")
        << QList{400, 401};
    QTest::newRow("another host") << QByteArray(
        "GET /enrollments/a?api-version=2021-10-01 HTTP/1.1\r\n"
        "Host: elsewhere.example\r\n\r\n")
                                  << QList{401};
}

void NetworkTest::badRequestsEndWithTheirAnswer()
{
    QFETCH(const QByteArray, request);
    QFETCH(const QList<int>, statuses);
    Rude client(*m_server);
    client.write(request);
    const QByteArray head = client.head();
    const int status = head.startsWith("HTTP/1.1 ") ? head.mid(9, 3).toInt() : 0;
    QVERIFY2(statuses.contains(status), head.left(200));
    isWell();
}

void NetworkTest::aBodyMayBeAsLargeAsTheServiceTakes_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("96 KB") << 96 * 1024 << okay;
    QTest::newRow("one byte more") << 96 * 1024 + 1 << QByteArray("HTTP/1.1 413 ");
}

void NetworkTest::aBodyMayBeAsLargeAsTheServiceTakes()
{
    QFETCH(const int, size);
    QFETCH(const QByteArray, status);
    Rude client(*m_server);
    client.write(good(QByteArray(R"({"query":"SELECT *"})").leftJustified(size)));
    QVERIFY(client.head().startsWith(status));
    isWell();
}

void NetworkTest::bodiesMayComeInChunks()
{
    QByteArray request = good();
    const qsizetype body = request.indexOf("\r\n\r\n") + 4;
    const QByteArray chunked =
        request.first(request.indexOf("Content-Length")) + "Transfer-Encoding: chunked\r\n\r\n";
    Rude client(*m_server);
    client.write(chunked);
    for (const char byte : request.sliced(body)) { // the smallest there are
        client.write(QByteArray("1\r\n") + byte + "\r\n");
    }
    client.write("0\r\n\r\n");
    QVERIFY(client.head().startsWith(okay));
    client.write(chunked + QByteArray::number(request.size() - body, 16) + "\r\n"
        + request.sliced(body) + "\r\n0\r\n\r\n"); // on the same connection
    QVERIFY(client.head().startsWith(okay));
}

void NetworkTest::halfRequestsAreForgotten()
{
    const QByteArray whole = good();
    for (const qsizetype size :
        {qsizetype(1), qsizetype(20), whole.indexOf("\r\n\r\n"), whole.size() - 1}) {
        Rude client(*m_server);
        client.write(whole.left(size));
    }
    isWell();
}

void NetworkTest::slowClientsAreCutOff_data()
{
    QTest::addColumn<QByteArray>("beginning");
    QTest::newRow("in the headers")
        << QByteArray("PUT /enrollments/a?api-version=2021-10-01 HTTP/1.1\r\nx: ");
    QTest::newRow("in the body") << QByteArray(
        "PUT /enrollments/a?api-version=2021-10-01 HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Length: 90000\r\n\r\n");
}

void NetworkTest::slowClientsAreCutOff()
{
    QFETCH(const QByteArray, beginning);
    start(std::chrono::milliseconds(600));
    Rude drip(*m_server);
    drip.write(beginning);
    QTimer faucet; // never idle, and never done
    connect(&faucet, &QTimer::timeout, &faucet, [&] { drip.write("x"); });
    faucet.start(50);
    QTRY_VERIFY_WITH_TIMEOUT(drip.hasEnded(), patienceMs);
    isWell();
}

void NetworkTest::aThousandIdleConnectionsDisturbNobody()
{
    Rude working(*m_server);
    std::vector<std::unique_ptr<QTcpSocket>> idle;
    for (int connection = 0; connection < 1000; ++connection) {
        idle.push_back(std::make_unique<QTcpSocket>());
        idle.back()->connectToHost(
            QHostAddress(QHostAddress::LocalHost), quint16(m_server->url().port()));
        QVERIFY(idle.back()->waitForConnected(patienceMs));
        if (connection % 50 == 0) { // one that works stays, among those that come and do nothing
            working.write(good());
            QVERIFY(working.head().startsWith(okay));
        }
    }
    for (int request = 0; request < 50; ++request) {
        working.write(good());
        QVERIFY(working.head().startsWith(okay));
    }
    isWell(); // and a new one still comes in
}

void NetworkTest::theCaOutlivesARestart()
{
    const auto before = m_server->authority();
    start();
    const auto after = m_server->authority();
    QCOMPARE(after.certificate, before.certificate);
    QVERIFY(after.credential == before.credential);
    isWell();
}

QTEST_GUILESS_MAIN(NetworkTest)
#include "network.moc"
