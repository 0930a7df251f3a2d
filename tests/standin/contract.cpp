// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/device.h"

#include <QUuid>

using namespace Qt::StringLiterals;
using namespace device;
using namespace upload;
using namespace upload::standin;

namespace {

/// A TPM2B_PUBLIC of the TCG's template L-2.
QByteArray eccKey()
{
    return QByteArray::fromHex(
               "007a0023000b000300b20020837197674484b3f81a90cc8d46a5d724fd52d76e06520b"
               "64f2a1da1b331469aa0006008000430010000300100020")
        + QByteArray(32, 'x') + QByteArray::fromHex("0020") + QByteArray(32, 'y');
}

} // namespace

/// The service API, row by row: every operation with its status, the shape of its body, and its
/// headers, as the SDKs of the service depend on them.
class ContractTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void operations_data();
    void operations();
    void errorsHaveOneShape_data();
    void errorsHaveOneShape();
    void enrollmentsKeepEveryField();
    void enrollmentsAreChecked_data();
    void enrollmentsAreChecked();
    void registrationsGoByTheirEtag();
    void aRegistrationGoesWithItsEnrollment();
    void whatIsUnknownCanBeSettled();
    void theServiceCanBeFull();

private:
    std::unique_ptr<Counter> m_counter;
};

/// dev-1 is enrolled and assigned, dev-2 is enrolled.
void ContractTest::init()
{
    m_counter = std::make_unique<Counter>();
    QVERIFY(enroll(*m_counter, 1));
    QVERIFY(enroll(*m_counter, 2));
    QCOMPARE(Device(*m_counter, 1).assigned().status, 200);
}

void ContractTest::operations_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QStringList>("fields"); // of the body, or of its first item
    QTest::addColumn<QByteArray>("header");
    const QStringList stored{u"attestation"_s, u"createdDateTimeUtc"_s, u"etag"_s,
        u"lastUpdatedDateTimeUtc"_s, u"provisioningStatus"_s, u"registrationId"_s};
    const QStringList registered{u"assignedHub"_s, u"createdDateTimeUtc"_s, u"deviceId"_s,
        u"etag"_s, u"lastUpdatedDateTimeUtc"_s, u"registrationId"_s, u"status"_s, u"substatus"_s};
    const QStringList bulk{u"errors"_s, u"isSuccessful"_s};
    const auto row = [](const char *name, const char *verb, const char *path,
                         const QByteArray &body, int status, const QStringList &fields,
                         const char *header) {
        QTest::newRow(name) << QByteArray(verb) << QByteArray(path) << body << status << fields
                            << QByteArray(header);
    };
    const QByteArray query = R"({"query":"SELECT * FROM enrollments"})";
    row("get", "GET", "/enrollments/dev-2", {}, 200, stored, "ETag");
    row("create", "PUT", "/enrollments/dev-3", record(3), 200, stored, "ETag");
    row("delete", "DELETE", "/enrollments/dev-2", {}, 204, {}, "");
    row("bulk", "POST", "/enrollments", bulkBody("create", {record(3)}), 200, bulk, "");
    row("bulk with a slash", "POST", "/enrollments/", bulkBody("create", {record(3)}), 200, bulk,
        "");
    row("query", "POST", "/enrollments/query", query, 200,
        QStringList(stored) << u"registrationState"_s, "x-ms-item-type");
    row("attestation", "POST", "/enrollments/dev-1/attestationmechanism", {}, 200,
        {u"tpm"_s, u"type"_s}, "");
    row("registration", "GET", "/registrations/DEV-1", {}, 200, registered, "ETag");
    row("delete a registration", "DELETE", "/registrations/dev-1", {}, 204, {}, "");
    row("groups are empty", "POST", "/enrollmentGroups/query", query, 200, {}, "x-ms-item-type");
}

void ContractTest::operations()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(QStringList, fields);
    QFETCH(const QByteArray, header);
    for (const char *version : {"2021-10-01", "2018-04-01"}) {
        init();
        const Response response = m_counter->ask(verb, path, body, {}, version);
        QCOMPARE(response.status, status);
        QVERIFY(header.isEmpty() || !response.header(header).isEmpty());
        QVERIFY(response.header("x-ms-error-code").isEmpty());
        QCOMPARE(response.body.isEmpty(), status == 204);
        if (status == 200) {
            QCOMPARE(response.header("Content-Type"), "application/json; charset=utf-8");
            const QJsonDocument said = QJsonDocument::fromJson(response.body);
            fields.sort();
            QCOMPARE(
                (said.isArray() ? said.array().first().toObject() : said.object()).keys(), fields);
        }
    }
}

void ContractTest::errorsHaveOneShape_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const char *verb, const char *path,
                         const QByteArray &body, int code, const char *type = "") {
        QTest::newRow(name) << QByteArray(verb) << QByteArray(path) << body << QByteArray(type)
                            << code;
    };
    row("exists", "PUT", "/enrollments/dev-1", record(1), 409201);
    row("no enrollment", "GET", "/enrollments/dev-9", {}, 404201);
    row("none to delete", "DELETE", "/enrollments/dev-9", {}, 404201);
    row("none to attest", "POST", "/enrollments/dev-9/attestationmechanism", {}, 404201);
    row("no registration", "GET", "/registrations/dev-2", {}, 404202);
    row("none of it to delete", "DELETE", "/registrations/dev-2", {}, 404202);
    row("not JSON", "PUT", "/enrollments/dev-3", "{\"registrationId\":", 400001);
    row("not UTF-8", "PUT", "/enrollments/dev-3", "{\"a\":\"\xff\"}", 400001);
    row("another type", "PUT", "/enrollments/dev-3", record(3), 415001, "text/plain");
    row("a bulk of another type", "POST", "/enrollments", "<a/>", 415001, "application/xml");
    row("a group with TPM", "PUT", "/enrollmentGroups/g", "{}", 400001);
    row("no group", "GET", "/enrollmentGroups/g", {}, 404201);
    row("no group to delete", "DELETE", "/enrollmentGroups/g", {}, 404201);
    row("a bulk of groups", "POST", "/enrollmentGroups", "{}", 400001);
    row("registrations of no group", "POST", "/registrations/g/query", "{}", 404201);
    row("PATCH", "PATCH", "/enrollments/dev-1", "{}", 405001);
    row("PUT to all", "PUT", "/enrollments", "{}", 405001);
    row("PUT of a registration", "PUT", "/registrations/dev-1", "{}", 405001);
    row("GET of an attestation", "GET", "/enrollments/dev-1/attestationmechanism", {}, 405001);
    row("GET of groups", "GET", "/enrollmentGroups", {}, 405001);
}

void ContractTest::errorsHaveOneShape()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, type);
    QFETCH(const int, code);
    const Response response = m_counter->ask(verb, path, body, {{"content-type", type}});
    QCOMPARE(codeOf(response), code);
    QCOMPARE(response.status, code / 1000);
    QCOMPARE(response.header("x-ms-error-code"), QByteArray::number(code));
    QCOMPARE(response.header("Content-Type"), "application/json; charset=utf-8");
    const QJsonObject said = json(response);
    QVERIFY(!QUuid::fromString(said[u"trackingId"].toString()).isNull());
    QVERIFY(!said[u"message"].toString().isEmpty());
    QVERIFY(QDateTime::fromString(said[u"timestampUtc"].toString(), Qt::ISODateWithMs).isValid());
    QCOMPARE(response.header("Allow").isEmpty(), code != 405001);
}

void ContractTest::enrollmentsKeepEveryField()
{
    const QJsonObject more{{u"deviceId"_s, u"unit-3"_s},
        {u"capabilities"_s, QJsonObject{{u"iotEdge"_s, true}}},
        {u"iotHubs"_s, QJsonArray{u"hub.ekstation.test"_s}},
        {u"initialTwin"_s,
            QJsonObject{{u"tags"_s, QJsonObject{{u"line"_s, 4}}},
                {u"properties"_s, QJsonObject{{u"desired"_s, QJsonObject{{u"a"_s, 1.5}}}}}}},
        {u"provisioningStatus"_s, u"enabled"_s}, {u"allocationPolicy"_s, u"static"_s},
        {u"reprovisionPolicy"_s,
            QJsonObject{{u"updateHubAssignment"_s, true}, {u"migrateDeviceData"_s, false}}},
        {u"optionalDeviceInformation"_s, QJsonObject{{u"color"_s, u"red"_s}}},
        {u"unknownField"_s, QJsonArray{1, QJsonValue::Null}}};
    QJsonObject sent = more;
    sent[u"iotHubHostName"_s] = QJsonValue::Null; // the CLI sends what is not set as null
    sent[u"createdDateTimeUtc"_s] = u"1970-01-01T00:00:00Z"_s; // read-only
    QVERIFY(enroll(*m_counter, 3, sent));
    const QJsonObject got = json(m_counter->ask("GET", "/enrollments/dev-3"));
    for (auto field = more.begin(); field != more.end(); ++field) {
        QCOMPARE(got.value(field.key()), field.value());
    }
    QVERIFY(!got.contains(u"iotHubHostName"_s));
    QCOMPARE(got[u"createdDateTimeUtc"].toString(), u"2023-11-14T22:13:20.0000000Z"_s);
}

void ContractTest::enrollmentsAreChecked_data()
{
    QTest::addColumn<QJsonObject>("more");
    QTest::newRow("a device id with a space") << QJsonObject{{u"deviceId"_s, u"a b"_s}};
    QTest::newRow("a status in words") << QJsonObject{{u"provisioningStatus"_s, u"maybe"_s}};
    QTest::newRow("an unknown policy") << QJsonObject{{u"allocationPolicy"_s, u"random"_s}};
    QTest::newRow("hubs in words") << QJsonObject{{u"iotHubs"_s, u"hub"_s}};
    QTest::newRow("hubs as numbers") << QJsonObject{{u"iotHubs"_s, QJsonArray{1}}};
    QTest::newRow("a twin in words") << QJsonObject{{u"initialTwin"_s, u"{}"_s}};
    QTest::newRow("a policy in words")
        << QJsonObject{{u"reprovisionPolicy"_s, QJsonObject{{u"updateHubAssignment"_s, u"yes"_s}}}};
}

void ContractTest::enrollmentsAreChecked()
{
    QFETCH(const QJsonObject, more);
    QVERIFY(!enroll(*m_counter, 3, more));
    QCOMPARE(codeOf(m_counter->ask("GET", "/enrollments/dev-3")), 404201);
}

void ContractTest::registrationsGoByTheirEtag()
{
    const QByteArray path = "/registrations/dev-1";
    const QByteArray etag = m_counter->ask("GET", path).header("ETag");
    QCOMPARE(codeOf(m_counter->ask("DELETE", path, {}, {{"if-match", "\"1\""}})), 412001);
    QCOMPARE(m_counter->ask("GET", path).status, 200);
    QCOMPARE(m_counter->ask("DELETE", path, {}, {{"if-match", etag}}).status, 204);
    QCOMPARE(codeOf(m_counter->ask("GET", path)), 404202);
    QCOMPARE(m_counter->ask("GET", "/enrollments/dev-1").status, 200);
}

void ContractTest::aRegistrationGoesWithItsEnrollment()
{
    QCOMPARE(m_counter->ask("DELETE", "/enrollments/dev-1").status, 204);
    QCOMPARE(codeOf(m_counter->ask("GET", "/registrations/dev-1")), 404202);
}

void ContractTest::whatIsUnknownCanBeSettled()
{
    Terms terms;
    for (const char *text : {"bulk-atomic=yes", "no-enrollment=404202", "no-registration=404201",
             "unknown-device=404201", "challenge-life=5", "expired-token-polls=no",
             "ecc-keys=yes"}) {
        QCOMPARE(assume(terms.assumptions, QString::fromLatin1(text)), std::nullopt);
    }
    for (const char *text :
        {"bulk-atomic=maybe", "no-enrollment=12", "challenge-life=0", "x=y", ""}) {
        Assumptions untouched;
        QVERIFY2(assume(untouched, QString::fromLatin1(text)), text);
    }
    m_counter = std::make_unique<Counter>(terms);
    QVERIFY(enroll(*m_counter, 1));
    QCOMPARE(codeOf(m_counter->ask("GET", "/enrollments/dev-2")), 404202);
    QCOMPARE(codeOf(m_counter->ask("GET", "/registrations/dev-1")), 404201);
    QCOMPARE(codeOf(Device(*m_counter, 9).ask("PUT", "/register", body(9), {})), 404201);
    const Response bulk =
        m_counter->ask("POST", "/enrollments", bulkBody("create", {record(2), record(1)}));
    QCOMPARE(parseBulkAnswer(bulk.body)->items.size(), 1);
    QCOMPARE(m_counter->count(), 1); // the good one did not stay either

    const QJsonObject ecc{{u"attestation"_s,
        QJsonObject{{u"type"_s, u"tpm"_s},
            {u"tpm"_s,
                QJsonObject{{u"endorsementKey"_s, QString::fromLatin1(eccKey().toBase64())}}}}}};
    QVERIFY(enroll(*m_counter, 3, ecc));
    m_counter = std::make_unique<Counter>();
    QVERIFY(!enroll(*m_counter, 3, ecc)); // as nobody has seen the real service take one
}

void ContractTest::theServiceCanBeFull()
{
    Terms terms;
    terms.mostEnrollments = 2;
    m_counter = std::make_unique<Counter>(terms);
    const Response bulk = m_counter->ask(
        "POST", "/enrollments", bulkBody("create", {record(1), record(2), record(3)}));
    const auto answer = parseBulkAnswer(bulk.body);
    QCOMPARE(answer->items.size(), 1);
    QVERIFY(answer->itemOf(u"dev-3"_s) != nullptr);
    QVERIFY(enroll(*m_counter, 1)); // what is there can still be changed
    QCOMPARE(m_counter->ask("DELETE", "/enrollments/dev-1").status, 204);
    QVERIFY(enroll(*m_counter, 3));
}

QTEST_GUILESS_MAIN(ContractTest)
#include "contract.moc"
