// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/device.h"

using namespace Qt::StringLiterals;
using namespace device;
using namespace upload;
using namespace upload::standin;

/// Who may come in, by which paths, and what goes wrong on purpose.
class DoorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_counter = std::make_unique<Counter>(); }
    void asksForAToken_data();
    void asksForAToken();
    void policiesHaveTheirRights_data();
    void policiesHaveTheirRights();
    void knowsItsPaths_data();
    void knowsItsPaths();
    void makesMischief();
    void makesTroubleThatFollowsFromASeed();

private:
    std::unique_ptr<Counter> m_counter;
};

void DoorTest::asksForAToken_data()
{
    const Secret key("key");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");
    QTest::newRow("good") << signToken(u"localhost"_s, key, u"owner"_s, now + 60) << 404;
    QTest::newRow("good for this enrollment")
        << signToken(u"localhost/enrollments/a"_s, key, u"owner"_s, now + 60) << 404;
    QTest::newRow("a little late") << signToken(u"localhost"_s, key, u"owner"_s, now - 60) << 404;
    QTest::newRow("none") << QByteArray() << 401;
    QTest::newRow("garbage") << QByteArray("SharedAccessSignature sr") << 401;
    QTest::newRow("a bearer's, which nobody here can check")
        << QByteArray("Bearer eyJhbGciOiJub25lIn0.e30.") << 401;
    QTest::newRow("host as the C SDK types it")
        << signToken(u"LocalHost"_s, key, u"owner"_s, now + 60) << 404;
    QTest::newRow("expired") << signToken(u"localhost"_s, key, u"owner"_s, now - 600) << 401;
    QTest::newRow("another key") << signToken(u"localhost"_s, Secret("kez"), u"owner"_s, now + 60)
                                 << 401;
    QTest::newRow("another policy") << signToken(u"localhost"_s, key, u"reader"_s, now + 60) << 401;
    QTest::newRow("another host") << signToken(u"elsewhere"_s, key, u"owner"_s, now + 60) << 401;
    QTest::newRow("another enrollment")
        << signToken(u"localhost/enrollments/b"_s, key, u"owner"_s, now + 60) << 401;
}

void DoorTest::asksForAToken()
{
    QFETCH(const QByteArray, token);
    QFETCH(const int, status);
    const Response response =
        m_counter->ask("GET", "/enrollments/a", {}, {{"authorization", token}});
    QCOMPARE(response.status, status);
    QCOMPARE(response.header("x-ekstation-stand-in"), "1");
    QVERIFY(status != 401 || codeOf(response) == 401002);
}

void DoorTest::policiesHaveTheirRights_data()
{
    QTest::addColumn<QString>("rights");
    QTest::addColumn<QList<int>>("statuses"); // of the requests below, in their order
    QTest::newRow("enrollments, to read")
        << u"EnrollmentRead"_s << QList{200, 200, 200, 401, 401, 401, 401, 401};
    QTest::newRow("enrollments, to write")
        << u"EnrollmentWrite"_s << QList{401, 401, 401, 200, 200, 401, 401, 204};
    QTest::newRow("registrations, to read")
        << u"RegistrationStatusRead"_s << QList{401, 401, 401, 401, 401, 200, 401, 401};
    QTest::newRow("registrations, to write")
        << u"RegistrationStatusWrite"_s << QList{401, 401, 401, 401, 401, 401, 204, 401};
    QTest::newRow("both, to read") << u"EnrollmentRead, RegistrationStatusRead"_s
                                   << QList{200, 200, 200, 401, 401, 200, 401, 401};
    QTest::newRow("the service's configuration")
        << u"ServiceConfig"_s << QList{401, 401, 401, 401, 401, 401, 401, 401};
}

void DoorTest::policiesHaveTheirRights()
{
    QFETCH(const QString, rights);
    QFETCH(const QList<int>, statuses);
    const auto parsed = parseRights(rights);
    QVERIFY(parsed && !parseRights(u"Everything"_s) && !parseRights({}));
    m_counter = std::make_unique<Counter>(
        Terms{}, QList<Policy>{{{u"localhost"_s, u"other"_s, Secret("other")}, *parsed}});
    QVERIFY(enroll(*m_counter, 1));
    QCOMPARE(Device(*m_counter, 1).assigned().status, 200);
    const QHash<QByteArray, QByteArray> signedBy{
        {"authorization", signToken(u"localhost"_s, Secret("other"), u"other"_s, now + 60)}};
    const auto ask = [&](const char *verb, const char *path, const QByteArray &body = {}) {
        const Response response = m_counter->ask(verb, path, body, signedBy);
        return response.status == 401 && codeOf(response) != 401003 ? 0 : response.status;
    };
    const QList<int> seen{ask("GET", "/enrollments/dev-1"),
        ask("POST", "/enrollments/query", R"({"query":"SELECT *"})"),
        ask("POST", "/enrollments/dev-1/attestationmechanism"),
        ask("PUT", "/enrollments/dev-2", record(2)),
        ask("POST", "/enrollments", bulkBody("create", {record(3)})),
        ask("GET", "/registrations/dev-1"), ask("DELETE", "/registrations/dev-1"),
        ask("DELETE", "/enrollments/dev-1")};
    QCOMPARE(seen, statuses);
}

void DoorTest::knowsItsPaths_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<int>("status");
    const QByteArray version = "2021-10-01";
    QTest::newRow("root") << QByteArray("GET") << QByteArray("/") << version << 404;
    QTest::newRow("no slash") << QByteArray("GET") << QByteArray("enrollments") << version << 404;
    QTest::newRow("groups") << QByteArray("GET") << QByteArray("/enrollmentGroups/a") << version
                            << 404;
    QTest::newRow("too deep") << QByteArray("GET") << QByteArray("/enrollments/a/b") << version
                              << 404;
    QTest::newRow("list by GET") << QByteArray("GET") << QByteArray("/enrollments") << version
                                 << 405;
    QTest::newRow("PATCH") << QByteArray("PATCH") << QByteArray("/enrollments/a") << version << 405;
    QTest::newRow("POST to one") << QByteArray("POST") << QByteArray("/enrollments/a") << version
                                 << 405;
    QTest::newRow("old version") << QByteArray("GET") << QByteArray("/enrollments/a")
                                 << QByteArray("2018-04-01") << 404;
    QTest::newRow("no version") << QByteArray("GET") << QByteArray("/enrollments/a") << QByteArray()
                                << 400;
    QTest::newRow("odd version") << QByteArray("GET") << QByteArray("/enrollments/a")
                                 << QByteArray("1") << 400;
}

void DoorTest::knowsItsPaths()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, version);
    QFETCH(const int, status);
    QCOMPARE(m_counter->ask(verb, path, {}, {}, version).status, status);
}

void DoorTest::makesMischief()
{
    Terms terms;
    Mischief &mischief = terms.mischief;
    mischief.throttleEvery = 2;
    mischief.retryAfter = 7;
    mischief.failEvery = 3;
    mischief.dropEvery = 5;
    mischief.disguised = true;
    m_counter = std::make_unique<Counter>(terms);
    const Response first = m_counter->ask("GET", "/enrollments/a");
    QCOMPARE(first.status, 404);
    QVERIFY(first.header("x-ekstation-stand-in").isEmpty());
    const Response second = m_counter->ask("GET", "/enrollments/a");
    QCOMPARE(second.status, 429);
    QCOMPARE(second.header("Retry-After"), "7");
    QCOMPARE(m_counter->ask("GET", "/enrollments/a").status, 500);
    QCOMPARE(m_counter->ask("GET", "/enrollments/a").status, 429);
    const Response fifth = m_counter->ask("PUT", "/enrollments/dev-1", record(1));
    QVERIFY(fifth.dropped);
    QCOMPARE(m_counter->count(), 1);
}

void DoorTest::makesTroubleThatFollowsFromASeed()
{
    const auto bulksOf = [](quint32 seed) {
        Terms terms;
        terms.mischief.perThousand = 500;
        terms.mischief.seed = seed;
        Counter counter(terms);
        QStringList said;
        for (int bulk = 0; bulk < 100; ++bulk) {
            const auto response = counter.ask("POST", "/enrollments",
                upload::bulkBody("create", {record(2 * bulk), record(2 * bulk + 1)}));
            said.append(u"%1 %2 %3 %4"_s.arg(response.status)
                    .arg(response.dropped)
                    .arg(json(response)[u"errors"].toArray().size())
                    .arg(counter.count()));
        }
        return said;
    };
    const QStringList one = bulksOf(7);
    QCOMPARE(bulksOf(7), one);
    QVERIFY(bulksOf(8) != one);
    const auto has = [&](const char *form) {
        return !one.filter(QRegularExpression(QString::fromLatin1(form))).isEmpty();
    };
    QVERIFY(has("^200 0 0"));
    QVERIFY(has("^200 0 1"));
    QVERIFY(has("^200 1"));
    QVERIFY(has("^429 0"));
    QVERIFY(has("^500 0"));
}

QTEST_GUILESS_MAIN(DoorTest)
#include "door.moc"
