// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/proxy.h"
#include "tests/upload/caller.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace caller;
using support::Cloud;
using support::Pki;

namespace {

/// A forward proxy that tunnels for one user only (RFC 9110, 9.3.6).
class Gate : public QTcpServer {
public:
    explicit Gate(const QByteArray &userAndPassword)
        : m_wanted("Proxy-Authorization: Basic " + userAndPassword.toBase64())
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("the proxy does not listen");
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (auto *client = nextPendingConnection())
                connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
        });
    }
    int tunnels = 0;
    int refusals = 0;

private:
    void read(QTcpSocket *client)
    {
        if (auto *far = client->findChild<QTcpSocket *>()) {
            far->write(client->readAll());
            return;
        }
        const QByteArray request = client->peek(8192);
        if (!request.contains("\r\n\r\n"))
            return;
        client->readAll();
        if (!request.contains(m_wanted)) {
            ++refusals;
            client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic "
                          "realm=\"factory\"\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        ++tunnels;
        const QByteArray target = request.split(' ').value(1);
        auto *far = new QTcpSocket(client);
        connect(far, &QTcpSocket::connected, client,
            [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
        connect(
            far, &QTcpSocket::readyRead, client, [client, far] { client->write(far->readAll()); });
        connect(far, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        far->connectToHost(
            QString::fromLatin1(target.split(':').value(0)), target.split(':').value(1).toUShort());
    }

    QByteArray m_wanted;
};

} // namespace

/// The way out through a factory's proxy.
class ProxyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesThroughIt_data();
    void goesThroughIt();
    void saysThatItIsAway();
    void readsItsUrl_data();
    void readsItsUrl();
    void readsItsPassword();

private:
    [[nodiscard]] std::unique_ptr<Client> clientThrough(
        const Cloud &cloud, const Proxy &proxy) const
    {
        Endpoint endpoint;
        endpoint.url = cloud.url();
        endpoint.caFile = m_pki.caFile();
        endpoint.test = true;
        endpoint.proxy = proxy;
        return std::move(*Client::open(endpoint, credential()));
    }

    Pki m_pki;
};

void ProxyTest::goesThroughIt_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<bool>("passes");
    QTest::newRow("with the password") << QByteArray("s3cret") << true;
    QTest::newRow("with a wrong one") << QByteArray("guess") << false;
    QTest::newRow("without one") << QByteArray() << false;
}

void ProxyTest::goesThroughIt()
{
    QFETCH(const QByteArray, password);
    QFETCH(const bool, passes);
    Gate gate("line1:s3cret");
    Cloud cloud(m_pki.server());
    cloud.otherwise([](const Cloud::Seen &) { return Cloud::response(200, yes); });
    const auto client = clientThrough(cloud,
        {u"127.0.0.1"_s, gate.serverPort(), password.isEmpty() ? QString() : u"line1"_s,
            Secret(password)});
    Awaited<BulkAnswer> answer;
    client->bulkCreate({record(1)}, answer.then());
    QCOMPARE(answer.wait().has_value(), passes);
    QCOMPARE(gate.tunnels, passes ? 1 : 0);
    QCOMPARE(cloud.seen().size(), passes ? 1 : 0);
    if (!passes) {
        QVERIFY(gate.refusals > 0);
        QCOMPARE(answer.wait().error().fault, Fault::Wrong); // a person has to come
        QVERIFY2(answer.wait().error().detail.contains(u"proxy_password"),
            qPrintable(answer.wait().error().detail));
        QVERIFY(!answer.wait().error().detail.contains(u"guess"));
    }
}

void ProxyTest::saysThatItIsAway()
{
    quint16 port = 0;
    {
        Gate gone("a:b");
        port = gone.serverPort();
    }
    Cloud cloud(m_pki.server());
    const auto client = clientThrough(cloud, {u"127.0.0.1"_s, port, {}, {}});
    Awaited<Enrollment> answer;
    client->get(u"dev-1"_s, answer.then());
    QVERIFY(!answer.wait());
    QCOMPARE(answer.wait().error().fault, Fault::Unreachable);
    QVERIFY2(answer.wait().error().detail.contains(u"proxy", Qt::CaseInsensitive),
        qPrintable(answer.wait().error().detail));
}

void ProxyTest::readsItsUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("good");
    QTest::newRow("none") << QString() << true;
    QTest::newRow("host and port") << u"http://proxy.example:3128"_s << true;
    QTest::newRow("a user") << u"http://line1@proxy.example:3128/"_s << true;
    QTest::newRow("a password") << u"http://line1:s3cret@proxy.example:3128"_s << false;
    QTest::newRow("no port") << u"http://proxy.example"_s << false;
    QTest::newRow("another scheme") << u"socks5://proxy.example:1080"_s << false;
    QTest::newRow("a path") << u"http://proxy.example:3128/proxy.pac"_s << false;
    QTest::newRow("no URL") << u"proxy.example:3128"_s << false;
}

void ProxyTest::readsItsUrl()
{
    QFETCH(const QString, url);
    QFETCH(const bool, good);
    const auto proxy = parseProxy(url);
    QCOMPARE(proxy.has_value(), good);
    if (!good)
        QVERIFY(!proxy.error().detail.contains(u"s3cret"));
}

void ProxyTest::readsItsPassword()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"password"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("s3cret\n") > 0);
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QCOMPARE(passwordFrom(u"file:"_s + file.fileName())->bytes().toByteArray(), "s3cret");
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ReadOther));
    QVERIFY(!passwordFrom(u"file:"_s + file.fileName()));
    qputenv("EKSTATION_TEST_PASSWORD", "other");
    QCOMPARE(passwordFrom(u"env:EKSTATION_TEST_PASSWORD"_s)->bytes().toByteArray(), "other");
    QVERIFY(!passwordFrom(u"env:EKSTATION_TEST_NOTHING"_s));
    QVERIFY(!passwordFrom(u"s3cret"_s));
}

QTEST_GUILESS_MAIN(ProxyTest)
#include "proxy.moc"
