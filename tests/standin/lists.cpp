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
    void pagesThroughAQuery_data();
    void pagesThroughAQuery();
    void aListThatChangesIsStillReadToItsEnd();
    void refusesBadQueries_data();
    void refusesBadQueries();

private:
    [[nodiscard]] QList<QStringList> pages(const QByteArray &query, const QByteArray &most);

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
    QJsonObject current =
        QJsonDocument::fromJson(m_counter->ask("GET", "/enrollments/dev-1").body).object();
    QVERIFY(
        parseBulkAnswer(m_counter
                            ->ask("POST", "/enrollments",
                                bulkBody("updateIfMatchETag", {QJsonDocument(current).toJson()}))
                            .body)
            ->successful);
    QCOMPARE(parseBulkAnswer(m_counter
                                 ->ask("POST", "/enrollments",
                                     bulkBody("delete", {R"({"registrationId":"dev-9"})"}))
                                 .body)
                 ->items.first()
                 .errorCode,
        404201);
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

/// As the loops of the SDKs and of the CLI do it: until there is no continuation any more.
QList<QStringList> ListsTest::pages(const QByteArray &query, const QByteArray &most)
{
    QList<QStringList> all;
    QHash<QByteArray, QByteArray> headers{{"content-type", "application/json"}};
    if (!most.isEmpty()) {
        headers.insert("x-ms-max-item-count", most);
    }
    do {
        const Response page = m_counter->ask("POST", "/enrollments/query", query, headers);
        const auto enrollments = parseEnrollments(page.body);
        if (page.status != 200 || !enrollments || page.header("x-ms-item-type") != "enrollment") {
            qFatal("no page: %s", page.body.constData());
        }
        all.append(QStringList());
        for (const Enrollment &enrollment : *enrollments) {
            all.last().append(enrollment.registrationId);
        }
        headers["x-ms-continuation"] = page.header("x-ms-continuation");
    } while (!headers["x-ms-continuation"].isEmpty());
    return all;
}

void ListsTest::pagesThroughAQuery_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("most");
    QTest::addColumn<QList<int>>("sizes");
    const QByteArray sdk = R"({"query":"SELECT * FROM enrollments"})";
    QTest::newRow("an SDK's, three at a time") << sdk << QByteArray("3") << QList{3, 3, 1};
    QTest::newRow("the CLI's") << QByteArray(R"({"query":"SELECT *"})") << QByteArray() << QList{7};
    QTest::newRow("in small letters, with more spaces")
        << QByteArray(R"({"query":" select  *\tfrom Enrollments "})") << QByteArray() << QList{7};
    QTest::newRow("with a field that nobody knows")
        << QByteArray(R"({"query":"SELECT *","parameters":[]})") << QByteArray() << QList{7};
    QTest::newRow("one at a time") << sdk << QByteArray("1") << QList{1, 1, 1, 1, 1, 1, 1};
    QTest::newRow("all in a page that fits") << sdk << QByteArray("7") << QList{7};
    QTest::newRow("more than there may be") << sdk << QByteArray("100000") << QList{7};
}

void ListsTest::pagesThroughAQuery()
{
    QFETCH(const QByteArray, query);
    QFETCH(const QByteArray, most);
    QFETCH(const QList<int>, sizes);
    for (int i = 6; i >= 0; --i) {
        QVERIFY(m_counter->ask("PUT", "/enrollments/dev-" + QByteArray::number(i), record(i)).status
            == 200);
    }
    QList<int> seen;
    QStringList ids;
    for (const QStringList &page : pages(query, most)) {
        seen.append(int(page.size()));
        ids += page;
    }
    QCOMPARE(seen, sizes);
    QCOMPARE(ids,
        QStringList({u"dev-0"_s, u"dev-1"_s, u"dev-2"_s, u"dev-3"_s, u"dev-4"_s, u"dev-5"_s,
            u"dev-6"_s})); // each once, in an order that holds between pages
}

void ListsTest::aListThatChangesIsStillReadToItsEnd()
{
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(
            m_counter->ask("PUT", "/enrollments/Dev-" + QByteArray::number(i), record(i)).status,
            200);
    }
    QCOMPARE(pages(R"({"query":"SELECT *"})", {}).size(), 1);
    const auto page = [&](const QByteArray &continuation) {
        return m_counter->ask("POST", "/enrollments/query", R"({"query":"SELECT *"})",
            {{"x-ms-max-item-count", "2"}, {"x-ms-continuation", continuation}});
    };
    const QByteArray first = page({}).header("x-ms-continuation");
    // The enrollment that the continuation goes on after is taken away, and so is the next.
    QCOMPARE(m_counter->ask("DELETE", "/enrollments/dev-1").status, 204);
    QCOMPARE(m_counter->ask("DELETE", "/enrollments/dev-2").status, 204);
    const Response second = page(first);
    QCOMPARE(parseEnrollments(second.body)->first().registrationId, u"Dev-3"_s);
    QCOMPARE(parseEnrollments(second.body)->size(), 2);
    const Response third = page(second.header("x-ms-continuation"));
    QCOMPARE(parseEnrollments(third.body)->size(), 1);
    QVERIFY(third.header("x-ms-continuation").isEmpty());
    QCOMPARE(page(first).body, second.body); // and may be used again
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
    QTest::newRow("less than none") << good << QByteArray("-1") << QByteArray();
    QTest::newRow("items beyond all numbers") << good << QByteArray(30, '9') << QByteArray();
    QTest::newRow("odd continuation") << good << QByteArray("5") << QByteArray("?!");
    QTest::newRow("a continuation of somebody else")
        << good << QByteArray("5") << QByteArray("dev-1").toBase64();
    QTest::newRow("a continuation of noughts")
        << good << QByteArray("5") << QByteArray(64, '\0').toBase64();
    QTest::newRow("a query that is none")
        << QByteArray(R"({"query":7})") << QByteArray() << QByteArray();
    QTest::newRow("a query of groups")
        << QByteArray(R"({"query":"SELECT * FROM enrollmentGroups"})") << QByteArray()
        << QByteArray();
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
