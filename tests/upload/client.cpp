// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/client.h"

#include "tests/support/cloud.h"
#include "tests/support/cloudkeys.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload;
using namespace std::chrono_literals;
using support::Cloud;
using support::Pki;

namespace {

const QByteArray yes = R"({"isSuccessful":true,"errors":[]})";

Credential credential()
{
    return {u"localhost"_s, u"owner"_s, Secret("key")};
}

QByteArray record(int number)
{
    return toBody({u"dev-%1"_s.arg(number), support::endorsementKey(number), {}, true, {}});
}

/// Holds a value that a callback will bring.
template <typename T> class Awaited {
public:
    Client::Then<T> then()
    {
        return [this](const Result<T> &result) { m_result = result; };
    }
    const Result<T> &wait()
    {
        if (!QTest::qWaitFor([this] { return m_result.has_value(); }, 20000)) {
            qFatal("no callback came");
        }
        return *m_result;
    }

private:
    std::optional<Result<T>> m_result;
};

} // namespace

class ClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesUnusableEndpoints_data();
    void refusesUnusableEndpoints();
    void signsEachRequest();
    void survivesBadAnswers_data();
    void survivesBadAnswers();
    void trustsOnlyItsCa_data();
    void trustsOnlyItsCa();
    void givesUpOnASilentServer_data();
    void givesUpOnASilentServer();
    void reportsARefusedConnection();
    void readsBackWhatItAskedFor();
    void asksWhoAnswersFirst();
    void refusesAStandInInPlaceOfTheService();
    void refusesBulksOfTheWrongSize();
    void sendsSeveralAtOnce();
    void callsNobodyOnceItIsGone();

private:
    [[nodiscard]] std::unique_ptr<Client> clientOf(const Cloud &cloud, bool standIn = false) const;

    Pki m_pki;
};

std::unique_ptr<Client> ClientTest::clientOf(const Cloud &cloud, bool standIn) const
{
    Endpoint endpoint;
    endpoint.url = cloud.url();
    endpoint.caFile = m_pki.caFile();
    endpoint.test = true;
    endpoint.requireStandIn = standIn;
    endpoint.largestAnswer = 100'000;
    endpoint.silence = 400ms;
    endpoint.deadline = 800ms;
    auto client = Client::open(endpoint, credential());
    if (!client) {
        qFatal("no client");
    }
    return std::move(*client);
}

void ClientTest::refusesUnusableEndpoints_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("caFile");
    QTest::newRow("plain http") << u"http://localhost"_s << QString();
    QTest::newRow("no host") << u"https://"_s << QString();
    QTest::newRow("a path") << u"https://localhost/dps"_s << QString();
    QTest::newRow("a user") << u"https://me:secret@localhost"_s << QString();
    QTest::newRow("a query") << u"https://localhost?x=1"_s << QString();
    QTest::newRow("no CA file") << u"https://localhost"_s << u"/absent.pem"_s;
    QTest::newRow("CA file without certificate")
        << u"https://localhost"_s << QString::fromUtf8(__FILE__);
}

void ClientTest::refusesUnusableEndpoints()
{
    QFETCH(const QString, url);
    QFETCH(const QString, caFile);
    Endpoint endpoint;
    endpoint.url = QUrl(url);
    endpoint.caFile = caFile;
    const auto client = Client::open(endpoint, credential());
    QVERIFY(!client);
    QCOMPARE(client.error().fault, Fault::Wrong);
    QVERIFY(!client.error().detail.contains(u"secret"));
}

void ClientTest::signsEachRequest()
{
    Cloud cloud(m_pki.server());
    cloud.answer(200, yes);
    const auto client = clientOf(cloud);
    Awaited<BulkAnswer> answer;
    client->bulkCreate({record(1), record(2)}, answer.then());
    QVERIFY(answer.wait());
    QCOMPARE(cloud.seen().size(), 1);
    const auto &seen = cloud.seen().first();
    QCOMPARE(seen.verb, "POST");
    QCOMPARE(seen.target, "/enrollments?api-version=2021-10-01");
    QCOMPARE(seen.body, bulkBody("create", {record(1), record(2)}));
    const auto token = parseToken(seen.headers.value("authorization"));
    QVERIFY(token && token->isSignedWith(Secret("key")));
    QCOMPARE(token->resource, "localhost");
    QVERIFY(!seen.headers.contains("cookie"));
}

void ClientTest::survivesBadAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Fault>("fault");
    const QByteArray error = R"({"errorCode":429001,"message":"slow"})";
    QTest::newRow("a web page") << Cloud::response(200, "<html>login</html>") << Fault::Malformed;
    QTest::newRow("truncated JSON")
        << Cloud::response(200, R"({"isSuccessful":tr)") << Fault::Malformed;
    QTest::newRow("empty") << Cloud::response(200, {}) << Fault::Malformed;
    QTest::newRow("huge") << Cloud::response(200, QByteArray(300'000, ' ')) << Fault::TooLarge;
    QTest::newRow("redirect") << Cloud::response(302, {}, {"Location: https://elsewhere.example/"})
                              << Fault::Redirected;
    QTest::newRow("redirect to itself")
        << Cloud::response(307, {}, {"Location: /enrollments"}) << Fault::Redirected;
    QTest::newRow("400") << Cloud::response(400, error) << Fault::Refused;
    QTest::newRow("401") << Cloud::response(401, error) << Fault::Unauthorized;
    QTest::newRow("401 with a challenge")
        << Cloud::response(401, error, {"WWW-Authenticate: Basic realm=\"x\""})
        << Fault::Unauthorized;
    QTest::newRow("407") << Cloud::response(407, error) << Fault::Down;
    QTest::newRow("429") << Cloud::response(429, error) << Fault::Throttled;
    QTest::newRow("500") << Cloud::response(500, error) << Fault::Down;
    QTest::newRow("503 as a web page") << Cloud::response(503, "<html>") << Fault::Down;
    QTest::newRow("plain garbage") << QByteArray("\x16\x03garbage\r\n\r\n") << Fault::Down;
    QTest::newRow("cut in the body") << Cloud::response(200, yes).chopped(5) << Fault::Down;
    QTest::newRow("cut in the headers") << QByteArray("HTTP/1.1 200 O") << Fault::Down;
    QTest::newRow("cut at once") << QByteArray() << Fault::Down;
}

void ClientTest::survivesBadAnswers()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Fault, fault);
    Cloud cloud(m_pki.server());
    for (int i = 0; i < 8; ++i) { // a cut connection is tried again by the network library itself
        cloud.answerRaw(bytes, true);
    }
    const auto client = clientOf(cloud);
    Awaited<BulkAnswer> answer;
    client->bulkCreate({record(1)}, answer.then());
    const auto &result = answer.wait();
    QVERIFY(!result);
    QVERIFY2(result.error().fault == fault,
        qPrintable(u"%1: %2"_s.arg(int(result.error().fault)).arg(result.error().detail)));
    QVERIFY(!result.error().detail.contains(u"SharedAccessSignature"));
}

void ClientTest::trustsOnlyItsCa_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("another CA") << 0;
    QTest::newRow("another name") << 1;
    QTest::newRow("expired") << 2;
}

void ClientTest::trustsOnlyItsCa()
{
    QFETCH(const int, kind);
    const Pki stranger;
    Cloud cloud(kind == 0 ? stranger.server()
            : kind == 1   ? m_pki.server("DNS:elsewhere.example")
                          : m_pki.server("DNS:localhost", -60));
    const auto client = clientOf(cloud);
    Awaited<BulkAnswer> answer;
    client->bulkCreate({record(1)}, answer.then());
    QVERIFY(!answer.wait());
    QCOMPARE(answer.wait().error().fault, Fault::Untrusted);
    QVERIFY(cloud.seen().isEmpty());
}

void ClientTest::givesUpOnASilentServer_data()
{
    QTest::addColumn<bool>("dripping");
    QTest::newRow("silent") << false;
    QTest::newRow("dripping") << true;
}

void ClientTest::givesUpOnASilentServer()
{
    QFETCH(const bool, dripping);
    Cloud cloud(m_pki.server());
    dripping ? cloud.answerRaw("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", false)
             : cloud.answerNever();
    const auto client = clientOf(cloud);
    Awaited<BulkAnswer> answer;
    client->bulkCreate({record(1)}, answer.then());
    QVERIFY(!answer.wait());
    QCOMPARE(answer.wait().error().fault, Fault::Timeout);
}

void ClientTest::reportsARefusedConnection()
{
    Cloud cloud(m_pki.server());
    const auto client = clientOf(cloud);
    cloud.stop();
    Awaited<Enrollment> answer;
    client->get(u"dev-1"_s, answer.then());
    QVERIFY(!answer.wait());
    QCOMPARE(answer.wait().error().fault, Fault::Down);
}

void ClientTest::readsBackWhatItAskedFor()
{
    Cloud cloud(m_pki.server());
    cloud.answer(200, record(1));
    cloud.answer(200, record(2));
    cloud.answer(404, R"({"errorCode":404201,"message":"Enrollment not found"})");
    const auto client = clientOf(cloud);
    Awaited<Enrollment> same;
    client->get(u"DEV-1"_s, same.then());
    QVERIFY(same.wait());
    Awaited<Enrollment> other;
    client->get(u"dev-1"_s, other.then());
    QVERIFY(!other.wait());
    QCOMPARE(other.wait().error().fault, Fault::Malformed);
    Awaited<Enrollment> absent;
    client->get(u"a/b c"_s, absent.then());
    QVERIFY(!absent.wait());
    QCOMPARE(absent.wait().error(),
        (Error{Fault::NotFound, u"404201: Enrollment not found"_s, 404, 404201, {}}));
    QCOMPARE(cloud.seen().last().target, "/enrollments/a%2Fb%20c?api-version=2021-10-01");
}

void ClientTest::asksWhoAnswersFirst()
{
    Cloud cloud(m_pki.server());
    cloud.answer(200, "[]");
    cloud.answer(200, "[]", {"x-ekstation-stand-in: 1"});
    cloud.answer(200, yes, {"x-ekstation-stand-in: 1"});
    const auto client = clientOf(cloud, true);
    Awaited<BulkAnswer> refused;
    client->bulkCreate({record(1)}, refused.then());
    QVERIFY(!refused.wait());
    QCOMPARE(refused.wait().error().fault, Fault::Untrusted);
    QCOMPARE(cloud.seen().size(), 1);
    QCOMPARE(cloud.seen().first().target, "/enrollments/query?api-version=2021-10-01");
    Awaited<BulkAnswer> taken;
    client->bulkCreate({record(1)}, taken.then());
    QVERIFY(taken.wait());
    QVERIFY(client->standIn());
    QCOMPARE(cloud.seen().size(), 3);
}

void ClientTest::refusesAStandInInPlaceOfTheService()
{
    Cloud cloud(m_pki.server());
    cloud.answer(200, "[]", {"x-ekstation-stand-in: 1"});
    Endpoint endpoint;
    endpoint.url = cloud.url();
    endpoint.caFile = m_pki.caFile();
    const auto client = Client::open(endpoint, credential());
    QVERIFY(client);
    Awaited<BulkAnswer> refused;
    (*client)->bulkCreate({record(1)}, refused.then());
    QVERIFY(!refused.wait());
    QCOMPARE(refused.wait().error().fault, Fault::Untrusted);
    QCOMPARE(cloud.seen().size(), 1);
}

void ClientTest::refusesBulksOfTheWrongSize()
{
    Cloud cloud(m_pki.server());
    const auto client = clientOf(cloud);
    Awaited<BulkAnswer> none;
    client->bulkCreate({}, none.then());
    QCOMPARE(none.wait().error().fault, Fault::Wrong);
    Awaited<BulkAnswer> eleven;
    client->bulkCreate(QList<QByteArray>(11, record(1)), eleven.then());
    QCOMPARE(eleven.wait().error().fault, Fault::Wrong);
    QVERIFY(cloud.seen().isEmpty());
}

void ClientTest::sendsSeveralAtOnce()
{
    Cloud cloud(m_pki.server());
    cloud.otherwise([](const Cloud::Seen &) { return Cloud::response(200, yes); });
    const auto client = clientOf(cloud);
    int done = 0;
    for (int i = 0; i < 20; ++i) {
        client->bulkCreate(
            {record(i)}, [&](const Result<BulkAnswer> &answer) { done += answer ? 1 : 0; });
    }
    QTRY_COMPARE(done, 20);
    QVERIFY(cloud.connections() > 1 && cloud.connections() <= 4);
}

void ClientTest::callsNobodyOnceItIsGone()
{
    Cloud cloud(m_pki.server());
    cloud.answerNever();
    cloud.answerNever();
    auto client = clientOf(cloud);
    bool called = false;
    client->bulkCreate({record(1)}, [&](const Result<BulkAnswer> &) { called = true; });
    client->get(u"dev-1"_s, [&](const Result<Enrollment> &) { called = true; });
    QTRY_COMPARE(cloud.seen().size(), 2);
    client.reset();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(ClientTest)
#include "client.moc"
