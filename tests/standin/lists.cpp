// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/counter.h"

using namespace Qt::StringLiterals;
using namespace counter;
using namespace upload;
using namespace upload::standin;

/// Many enrollments at a time: bulks and queries.
class ListsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_counter = std::make_unique<Counter>(); }
    void takesBulks();
    void refusesBadBulks_data();
    void refusesBadBulks();
    void pagesThroughAQuery();
    void refusesBadQueries_data();
    void refusesBadQueries();

private:
    std::unique_ptr<Counter> m_counter;
};

void ListsTest::takesBulks()
{
    const Response first =
        m_counter->ask("POST", "/enrollments/", bulkBody("create", {record(1), record(2)}));
    QCOMPARE(first.body, R"({"errors":[],"isSuccessful":true})");
    // Partly: what is there stays as it is, what is new comes in, what is wrong is named.
    const Response second = m_counter->ask("POST", "/enrollments",
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
    QCOMPARE(parseEnrollment(m_counter->ask("GET", "/enrollments/dev-1").body)->endorsementKey,
        support::endorsementKey(1));
    QVERIFY(parseBulkAnswer(
        m_counter->ask("POST", "/enrollments", bulkBody("update", {record(1, 9)})).body)
            ->successful);
    QCOMPARE(parseEnrollment(m_counter->ask("GET", "/enrollments/dev-1").body)->endorsementKey,
        support::endorsementKey(9));
    QCOMPARE(
        parseBulkAnswer(
            m_counter->ask("POST", "/enrollments", bulkBody("updateIfMatchETag", {record(1)})).body)
            ->items.first()
            .errorCode,
        412001);
    QVERIFY(parseBulkAnswer(
        m_counter->ask(
                     "POST", "/enrollments", bulkBody("delete", {R"({"registrationId":"dev-1"})"}))
            .body)
            ->successful);
    QCOMPARE(m_counter->count(), 2);
}

void ListsTest::refusesBadBulks_data()
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

void ListsTest::refusesBadBulks()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, code);
    QCOMPARE(codeOf(m_counter->ask("POST", "/enrollments", body)), code);
    QCOMPARE(m_counter->count(), 0);
}

void ListsTest::pagesThroughAQuery()
{
    for (int i = 0; i < 7; ++i) {
        QCOMPARE(
            m_counter->ask("PUT", "/enrollments/dev-" + QByteArray::number(i), record(i)).status,
            200);
    }
    QList<Enrollment> all;
    QByteArray continuation;
    int pages = 0;
    do {
        QHash<QByteArray, QByteArray> headers{{"x-ms-max-item-count", "3"}};
        if (!continuation.isEmpty()) {
            headers.insert("x-ms-continuation", continuation);
        }
        const Response page = m_counter->ask(
            "POST", "/enrollments/query", R"({"query":"select * FROM  enrollments"})", headers);
        QCOMPARE(page.status, 200);
        const auto enrollments = parseEnrollments(page.body);
        QVERIFY(enrollments);
        all += *enrollments;
        continuation = page.header("x-ms-continuation");
        ++pages;
    } while (!continuation.isEmpty());
    QCOMPARE(pages, 3);
    QCOMPARE(all.size(), 7);
    QCOMPARE(parseEnrollments(
                 m_counter->ask("POST", "/enrollments/query", R"({"query":"SELECT *"})").body)
                 ->size(),
        7);
}

void ListsTest::refusesBadQueries_data()
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

void ListsTest::refusesBadQueries()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, most);
    QFETCH(const QByteArray, continuation);
    const Response response = m_counter->ask("POST", "/enrollments/query", body,
        {{"x-ms-max-item-count", most}, {"x-ms-continuation", continuation}});
    QCOMPARE(codeOf(response), 400001);
}

QTEST_GUILESS_MAIN(ListsTest)
#include "lists.moc"
