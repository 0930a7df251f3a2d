// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/counter.h"

using namespace Qt::StringLiterals;
using namespace counter;
using namespace upload;
using namespace upload::standin;

/// One enrollment at a time: stored, replaced, refused, deleted.
class EnrollmentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_counter = std::make_unique<Counter>(); }
    void storesAndReturns();
    void keepsTheEtagRules_data();
    void keepsTheEtagRules();
    void refusesBadRecords_data();
    void refusesBadRecords();
    void deletes();

private:
    std::unique_ptr<Counter> m_counter;
};

void EnrollmentsTest::storesAndReturns()
{
    const Response stored = m_counter->ask("PUT", "/enrollments/dev-1", record(1));
    QCOMPARE(stored.status, 200);
    QCOMPARE(stored.header("x-ekstation-stand-in"), "1");
    const Response got = m_counter->ask("GET", "/enrollments/DEV-1");
    QCOMPARE(got.status, 200);
    const auto enrollment = parseEnrollment(got.body);
    QVERIFY(enrollment);
    QCOMPARE(enrollment->endorsementKey, support::endorsementKey(1));
    QVERIFY(enrollment->etag.startsWith(u'"'));
    QCOMPARE(got.header("ETag"), enrollment->etag.toLatin1());
    QCOMPARE(
        json(got).value(u"createdDateTimeUtc"_s).toString(), u"2023-11-14T22:13:20.0000000Z"_s);
    const Response absent = m_counter->ask("GET", "/enrollments/dev-2");
    QCOMPARE(absent.status, 404);
    QCOMPARE(codeOf(absent), 404201);
    QCOMPARE(absent.header("x-ms-error-code"), "404201");
}

void EnrollmentsTest::keepsTheEtagRules_data()
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

void EnrollmentsTest::keepsTheEtagRules()
{
    QFETCH(const bool, present);
    QFETCH(QByteArray, ifMatch);
    QFETCH(const int, status);
    QFETCH(const int, code);
    if (present) {
        QByteArray etag = m_counter->ask("PUT", "/enrollments/dev-1", record(1)).header("ETag");
        ifMatch.replace("ETAG", etag.replace('"', ""));
    }
    QHash<QByteArray, QByteArray> headers;
    if (!ifMatch.isEmpty()) {
        headers.insert("if-match", ifMatch);
    }
    const Response response = m_counter->ask("PUT", "/enrollments/dev-1", record(1, 77), headers);
    QCOMPARE(response.status, status);
    QCOMPARE(codeOf(response), code);
    if (present) { // a refused change changes nothing
        const auto kept = parseEnrollment(m_counter->ask("GET", "/enrollments/dev-1").body);
        QCOMPARE(kept->endorsementKey, support::endorsementKey(status == 200 ? 77 : 1));
    }
}

void EnrollmentsTest::refusesBadRecords_data()
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

void EnrollmentsTest::refusesBadRecords()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const int, code);
    const Response response = m_counter->ask("PUT", "/enrollments/" + path, body);
    QCOMPARE(codeOf(response), code);
    QCOMPARE(response.status, code / 1000);
    QCOMPARE(m_counter->count(), 0);
}

void EnrollmentsTest::deletes()
{
    QCOMPARE(codeOf(m_counter->ask("DELETE", "/enrollments/dev-1")), 404201);
    const QByteArray etag = m_counter->ask("PUT", "/enrollments/dev-1", record(1)).header("ETag");
    QCOMPARE(codeOf(m_counter->ask("DELETE", "/enrollments/dev-1", {}, {{"if-match", "\"1\""}})),
        412001);
    const Response gone = m_counter->ask("DELETE", "/enrollments/dev-1", {}, {{"if-match", etag}});
    QCOMPARE(gone.status, 204);
    QVERIFY(gone.body.isEmpty());
    QCOMPARE(m_counter->count(), 0);
}

QTEST_GUILESS_MAIN(EnrollmentsTest)
#include "enrollments.moc"
