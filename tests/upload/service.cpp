// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/service.h"

#include "tests/support/cloudkeys.h"
#include "upload/enrollment.h"
#include "upload/sastoken.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload;
using namespace upload::standin;

namespace {

constexpr qint64 now = 1'700'000'000;

station::Moments stoppedClock()
{
    return {now * 1'000'000, 0, station::Moments::State::Synced};
}

Credential credential()
{
    return {u"localhost"_s, u"owner"_s, Secret("key")};
}

QByteArray record(int number, int key = -1)
{
    return toBody(
        {u"dev-%1"_s.arg(number), support::endorsementKey(key < 0 ? number : key), {}, true, {}});
}

QJsonObject json(const Response &response)
{
    return QJsonDocument::fromJson(response.body).object();
}

int codeOf(const Response &response)
{
    return json(response).value(u"errorCode"_s).toInt();
}

} // namespace

class ServiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void storesAndReturns();
    void keepsTheEtagRules_data();
    void keepsTheEtagRules();
    void refusesBadRecords_data();
    void refusesBadRecords();
    void deletes();
    void takesBulks();
    void refusesBadBulks_data();
    void refusesBadBulks();
    void pagesThroughAQuery();
    void refusesBadQueries_data();
    void refusesBadQueries();
    void asksForAToken_data();
    void asksForAToken();
    void knowsItsPaths_data();
    void knowsItsPaths();
    void makesMischief();

private:
    Response ask(const QByteArray &verb, const QByteArray &path, const QByteArray &body = {},
        QHash<QByteArray, QByteArray> headers = {}, const QByteArray &version = "2021-10-01");
    void startService(const Mischief &mischief);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Enrollments> m_enrollments;
    std::unique_ptr<Service> m_service;
};

void ServiceTest::startService(const Mischief &mischief)
{
    m_service = std::make_unique<Service>(*m_enrollments, credential(), mischief, stoppedClock);
}

void ServiceTest::init()
{
    m_service.reset();
    m_enrollments.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = Enrollments::open(m_folder->filePath(u"enrollments.db"_s));
    QVERIFY(opened);
    m_enrollments = std::move(*opened);
    startService({});
}

Response ServiceTest::ask(const QByteArray &verb, const QByteArray &path, const QByteArray &body,
    QHash<QByteArray, QByteArray> headers, const QByteArray &version)
{
    if (!headers.contains("authorization")) {
        headers.insert(
            "authorization", signToken(u"localhost"_s, credential().key, u"owner"_s, now + 60));
    }
    return m_service->answer({verb, path, {{"api-version", version}}, headers, body});
}

void ServiceTest::storesAndReturns()
{
    const Response stored = ask("PUT", "/enrollments/dev-1", record(1));
    QCOMPARE(stored.status, 200);
    QCOMPARE(stored.header("x-ekstation-stand-in"), "1");
    const Response got = ask("GET", "/enrollments/DEV-1");
    QCOMPARE(got.status, 200);
    const auto enrollment = parseEnrollment(got.body);
    QVERIFY(enrollment);
    QCOMPARE(enrollment->endorsementKey, support::endorsementKey(1));
    QVERIFY(enrollment->etag.startsWith(u'"'));
    QCOMPARE(got.header("ETag"), enrollment->etag.toLatin1());
    QCOMPARE(
        json(got).value(u"createdDateTimeUtc"_s).toString(), u"2023-11-14T22:13:20.0000000Z"_s);
    const Response absent = ask("GET", "/enrollments/dev-2");
    QCOMPARE(absent.status, 404);
    QCOMPARE(codeOf(absent), 404201);
    QCOMPARE(absent.header("x-ms-error-code"), "404201");
}

void ServiceTest::keepsTheEtagRules_data()
{
    QTest::addColumn<bool>("present");
    QTest::addColumn<QByteArray>("ifMatch"); // ETAG stands for the present one, bare
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    QTest::newRow("new") << false << QByteArray() << 200 << 0;
    QTest::newRow("again without If-Match") << true << QByteArray() << 409 << 409201;
    QTest::newRow("star") << true << QByteArray("*") << 200 << 0;
    QTest::newRow("quoted star") << true << QByteArray("\"*\"") << 200 << 0;
    QTest::newRow("bare etag") << true << QByteArray("ETAG") << 200 << 0;
    QTest::newRow("quoted etag") << true << QByteArray("\"ETAG\"") << 200 << 0;
    QTest::newRow("weak etag") << true << QByteArray("W/\"ETAG\"") << 200 << 0;
    QTest::newRow("another etag") << true << QByteArray("\"1\"") << 412 << 412001;
    QTest::newRow("etag of nothing") << false << QByteArray("*") << 412 << 412001;
}

void ServiceTest::keepsTheEtagRules()
{
    QFETCH(const bool, present);
    QFETCH(QByteArray, ifMatch);
    QFETCH(const int, status);
    QFETCH(const int, code);
    if (present) {
        QByteArray etag = ask("PUT", "/enrollments/dev-1", record(1)).header("ETag");
        ifMatch.replace("ETAG", etag.replace('"', ""));
    }
    QHash<QByteArray, QByteArray> headers;
    if (!ifMatch.isEmpty()) {
        headers.insert("if-match", ifMatch);
    }
    const Response response = ask("PUT", "/enrollments/dev-1", record(1, 77), headers);
    QCOMPARE(response.status, status);
    QCOMPARE(codeOf(response), code);
    if (present) { // a refused change changes nothing
        const auto kept = parseEnrollment(ask("GET", "/enrollments/dev-1").body);
        QCOMPARE(kept->endorsementKey, support::endorsementKey(status == 200 ? 77 : 1));
    }
}

void ServiceTest::refusesBadRecords_data()
{
    const QByteArray key = support::endorsementKey(1);
    const auto with = [](const QByteArray &id, const QByteArray &endorsementKey) {
        return R"({"registrationId":")" + id
            + R"(","attestation":{"type":"tpm","tpm":{"endorsementKey":")" + endorsementKey
            + R"("}}})";
    };
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("not JSON") << QByteArray("a") << QByteArray("<html>") << 400001;
    QTest::newRow("nothing") << QByteArray("a") << QByteArray() << 400001;
    QTest::newRow("another id") << QByteArray("a") << with("b", key) << 400001;
    QTest::newRow("a bad id") << QByteArray("a%2Fb") << with("a/b", key) << 400001;
    QTest::newRow("a dot at the end") << QByteArray("a.") << with("a.", key) << 400001;
    QTest::newRow("no key") << QByteArray("a") << with("a", "") << 400004;
    QTest::newRow("key without its size")
        << QByteArray("a") << with("a", QByteArray::fromBase64(key).sliced(2).toBase64()) << 400004;
    QTest::newRow("key is not base64") << QByteArray("a") << with("a", "!" + key) << 400004;
    QTest::newRow("key as PEM") << QByteArray("a") << with("a", "LS0tLS1CRUdJTi0tLS0t") << 400004;
    QTest::newRow("other attestation")
        << QByteArray("a") << QByteArray(R"({"registrationId":"a","attestation":{"type":"x509"}})")
        << 400001;
}

void ServiceTest::refusesBadRecords()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const int, code);
    const Response response = ask("PUT", "/enrollments/" + path, body);
    QCOMPARE(codeOf(response), code);
    QCOMPARE(response.status, code / 1000);
    QCOMPARE(*m_enrollments->count(), 0);
}

void ServiceTest::deletes()
{
    QCOMPARE(codeOf(ask("DELETE", "/enrollments/dev-1")), 404201);
    const QByteArray etag = ask("PUT", "/enrollments/dev-1", record(1)).header("ETag");
    QCOMPARE(codeOf(ask("DELETE", "/enrollments/dev-1", {}, {{"if-match", "\"1\""}})), 412001);
    const Response gone = ask("DELETE", "/enrollments/dev-1", {}, {{"if-match", etag}});
    QCOMPARE(gone.status, 204);
    QVERIFY(gone.body.isEmpty());
    QCOMPARE(*m_enrollments->count(), 0);
}

void ServiceTest::takesBulks()
{
    const Response first = ask("POST", "/enrollments/", bulkBody("create", {record(1), record(2)}));
    QCOMPARE(first.body, R"({"errors":[],"isSuccessful":true})");
    // Partly: what is there stays as it is, what is new comes in, what is wrong is named.
    const Response second = ask("POST", "/enrollments",
        bulkBody("create",
            {record(1, 9), record(3),
                R"({"registrationId":"x","attestation":{"type":"tpm","tpm":{"endorsementKey":"AA=="}}})"}));
    QCOMPARE(second.status, 200);
    const auto answer = parseBulkAnswer(second.body);
    QVERIFY(answer);
    QVERIFY(!answer->successful);
    QCOMPARE(answer->items.size(), 2);
    QCOMPARE(answer->itemOf(u"dev-1"_s)->errorCode, 409201);
    QCOMPARE(answer->itemOf(u"x"_s)->errorCode, 400004);
    QCOMPARE(parseEnrollment(ask("GET", "/enrollments/dev-1").body)->endorsementKey,
        support::endorsementKey(1));
    QVERIFY(parseBulkAnswer(ask("POST", "/enrollments", bulkBody("update", {record(1, 9)})).body)
            ->successful);
    QCOMPARE(parseEnrollment(ask("GET", "/enrollments/dev-1").body)->endorsementKey,
        support::endorsementKey(9));
    QCOMPARE(parseBulkAnswer(
                 ask("POST", "/enrollments", bulkBody("updateIfMatchETag", {record(1)})).body)
                 ->items.first()
                 .errorCode,
        412001);
    QVERIFY(parseBulkAnswer(
        ask("POST", "/enrollments", bulkBody("delete", {R"({"registrationId":"dev-1"})"})).body)
            ->successful);
    QCOMPARE(*m_enrollments->count(), 2);
}

void ServiceTest::refusesBadBulks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QList<QByteArray> eleven;
    for (int i = 0; i < 11; ++i) {
        eleven.append(record(i));
    }
    QTest::newRow("not JSON") << QByteArray("{") << 400001;
    QTest::newRow("no mode") << QByteArray(R"({"enrollments":[{"registrationId":"a"}]})") << 400001;
    QTest::newRow("odd mode") << bulkBody("upsert", {record(1)}) << 400001;
    QTest::newRow("none") << bulkBody("create", {}) << 400001;
    QTest::newRow("eleven") << bulkBody("create", eleven) << 400001;
    QTest::newRow("the same twice") << bulkBody("create", {record(1), record(1)}) << 400011;
    QTest::newRow("no id") << bulkBody("create", {"{}"}) << 400011;
    QTest::newRow("a number") << bulkBody("create", {"7"}) << 400011;
}

void ServiceTest::refusesBadBulks()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, code);
    QCOMPARE(codeOf(ask("POST", "/enrollments", body)), code);
    QCOMPARE(*m_enrollments->count(), 0);
}

void ServiceTest::pagesThroughAQuery()
{
    for (int i = 0; i < 7; ++i) {
        QCOMPARE(ask("PUT", "/enrollments/dev-" + QByteArray::number(i), record(i)).status, 200);
    }
    QList<Enrollment> all;
    QByteArray continuation;
    int pages = 0;
    do {
        QHash<QByteArray, QByteArray> headers{{"x-ms-max-item-count", "3"}};
        if (!continuation.isEmpty()) {
            headers.insert("x-ms-continuation", continuation);
        }
        const Response page =
            ask("POST", "/enrollments/query", R"({"query":"select * FROM  enrollments"})", headers);
        QCOMPARE(page.status, 200);
        const auto enrollments = parseEnrollments(page.body);
        QVERIFY(enrollments);
        all += *enrollments;
        continuation = page.header("x-ms-continuation");
        ++pages;
    } while (!continuation.isEmpty());
    QCOMPARE(pages, 3);
    QCOMPARE(all.size(), 7);
    QCOMPARE(
        parseEnrollments(ask("POST", "/enrollments/query", R"({"query":"SELECT *"})").body)->size(),
        7);
}

void ServiceTest::refusesBadQueries_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("most");
    QTest::addColumn<QByteArray>("continuation");
    const QByteArray good = R"({"query":"SELECT *"})";
    QTest::newRow("nothing") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("a condition") << QByteArray(R"({"query":"SELECT * FROM enrollments WHERE 1=1"})")
                                 << QByteArray() << QByteArray();
    QTest::newRow("no items") << good << QByteArray("0") << QByteArray();
    QTest::newRow("items in words") << good << QByteArray("many") << QByteArray();
    QTest::newRow("odd continuation") << good << QByteArray("5") << QByteArray("?!");
}

void ServiceTest::refusesBadQueries()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, most);
    QFETCH(const QByteArray, continuation);
    const Response response = ask("POST", "/enrollments/query", body,
        {{"x-ms-max-item-count", most}, {"x-ms-continuation", continuation}});
    QCOMPARE(codeOf(response), 400001);
}

void ServiceTest::asksForAToken_data()
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
    QTest::newRow("expired") << signToken(u"localhost"_s, key, u"owner"_s, now - 600) << 401;
    QTest::newRow("another key") << signToken(u"localhost"_s, Secret("kez"), u"owner"_s, now + 60)
                                 << 401;
    QTest::newRow("another policy") << signToken(u"localhost"_s, key, u"reader"_s, now + 60) << 401;
    QTest::newRow("another host") << signToken(u"elsewhere"_s, key, u"owner"_s, now + 60) << 401;
    QTest::newRow("another enrollment")
        << signToken(u"localhost/enrollments/b"_s, key, u"owner"_s, now + 60) << 401;
}

void ServiceTest::asksForAToken()
{
    QFETCH(const QByteArray, token);
    QFETCH(const int, status);
    const Response response = ask("GET", "/enrollments/a", {}, {{"authorization", token}});
    QCOMPARE(response.status, status);
    QCOMPARE(response.header("x-ekstation-stand-in"), "1");
    QVERIFY(status != 401 || codeOf(response) == 401002);
}

void ServiceTest::knowsItsPaths_data()
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

void ServiceTest::knowsItsPaths()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, version);
    QFETCH(const int, status);
    QCOMPARE(ask(verb, path, {}, {}, version).status, status);
}

void ServiceTest::makesMischief()
{
    Mischief mischief;
    mischief.throttleEvery = 2;
    mischief.retryAfter = 7;
    mischief.failEvery = 3;
    mischief.dropEvery = 5;
    mischief.disguised = true;
    startService(mischief);
    const Response first = ask("GET", "/enrollments/a");
    QCOMPARE(first.status, 404);
    QVERIFY(first.header("x-ekstation-stand-in").isEmpty());
    const Response second = ask("GET", "/enrollments/a");
    QCOMPARE(second.status, 429);
    QCOMPARE(second.header("Retry-After"), "7");
    QCOMPARE(ask("GET", "/enrollments/a").status, 500);
    QCOMPARE(ask("GET", "/enrollments/a").status, 429);
    const Response fifth = ask("PUT", "/enrollments/dev-1", record(1));
    QVERIFY(fifth.dropped);
    QCOMPARE(*m_enrollments->count(), 1);
}

QTEST_GUILESS_MAIN(ServiceTest)
#include "service.moc"
