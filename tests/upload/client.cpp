// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/upload/caller.h"
#include "upload/sastoken.h"

using namespace caller;
using support::Cloud;
using support::Pki;

/// What a client asks for, and what it makes of a good answer.
class ClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesUnusableEndpoints_data();
    void refusesUnusableEndpoints();
    void signsEachRequest();
    void readsBackWhatItAskedFor();
    void asksWhoAnswersFirst();
    void refusesAStandInInPlaceOfTheService();
    void refusesBulksOfTheWrongSize();
    void sendsSeveralAtOnce();
    void callsNobodyOnceItIsGone();

private:
    Pki m_pki;
};

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
    const auto client = clientOf(cloud, m_pki);
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

void ClientTest::readsBackWhatItAskedFor()
{
    Cloud cloud(m_pki.server());
    cloud.answer(200, record(1));
    cloud.answer(200, record(2));
    cloud.answer(404, R"({"errorCode":404201,"message":"Enrollment not found"})");
    const auto client = clientOf(cloud, m_pki);
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
    const auto client = clientOf(cloud, m_pki, true);
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
    const auto client = clientOf(cloud, m_pki);
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
    const auto client = clientOf(cloud, m_pki);
    int done = 0;
    for (int i = 0; i < 20; ++i) {
        client->bulkCreate(
            {record(i)}, [&](const Result<BulkAnswer> &answer) { done += answer ? 1 : 0; });
    }
    QTRY_COMPARE(done, 20);
    QVERIFY(cloud.connections() > 6 && cloud.connections() <= 20);
}

void ClientTest::callsNobodyOnceItIsGone()
{
    Cloud cloud(m_pki.server());
    cloud.answerNever();
    cloud.answerNever();
    auto client = clientOf(cloud, m_pki);
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
