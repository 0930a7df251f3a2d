// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/device.h"

#include <QUuid>

using namespace Qt::StringLiterals;
using namespace device;
using namespace upload;
using namespace upload::standin;

/// The device API, answer by answer: status, body and headers, as device clients depend on them.
class RegistrationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void challengesWhoShowsTheEnrolledKey();
    void takesTheTokenWith202();
    void saysAssigningUntilItIs();
    void assigns();
    void saysDisabled();
    void saysFailed_data();
    void saysFailed();
    void refusesRequests_data();
    void refusesRequests();
    void looksUpTheStatus();

private:
    std::unique_ptr<Counter> m_counter;
    Terms m_terms;
};

void RegistrationTest::init()
{
    m_terms = {};
    m_terms.assignment = std::chrono::seconds(5);
    m_counter = std::make_unique<Counter>(m_terms);
    QVERIFY(enroll(*m_counter, 1));
}

void RegistrationTest::challengesWhoShowsTheEnrolledKey()
{
    const Response response = Device(*m_counter, 1).challenge();
    QCOMPARE(response.status, 401);
    QCOMPARE(response.header("Content-Type"), "application/json; charset=utf-8");
    const QJsonObject said = json(response);
    // The C SDK takes the absence of "status" for the challenge; it also needs the keyName.
    QCOMPARE(said.keys(),
        QStringList({u"authenticationKey"_s, u"keyName"_s, u"message"_s,
            u"unencryptedAuthenticationKey"_s}));
    QCOMPARE(said[u"keyName"].toString(), u"registration"_s);
    QVERIFY(said[u"unencryptedAuthenticationKey"].isNull());
    const QByteArray blob =
        QByteArray::fromBase64(said[u"authenticationKey"].toString().toLatin1());
    QCOMPARE(blob.left(2).toHex(), "0034"); // a TPM2B_ID_OBJECT for a credential of 16 bytes
    QVERIFY2(blob.size() >= 766, QByteArray::number(blob.size()));
}

void RegistrationTest::takesTheTokenWith202()
{
    Device device(*m_counter, 1);
    QCOMPARE(device.challenge().status, 401);
    const Response response = device.redeem(token(1));
    QCOMPARE(response.status, 202);
    QCOMPARE(response.header("Retry-After"), "3");
    QVERIFY(!QUuid::fromString(response.header("x-ms-request-id")).isNull());
    QVERIFY(response.header("Strict-Transport-Security").startsWith("max-age="));
    const QJsonObject said = json(response);
    static const QRegularExpression form(u"^5\\.[0-9a-f]{16}\\.[0-9a-f-]{36}$"_s);
    QVERIFY(form.match(said[u"operationId"].toString()).hasMatch());
    QCOMPARE(response.header("Location"),
        pathOf(1) + "/operations/" + said[u"operationId"].toString().toUtf8());
    QCOMPARE(said[u"status"].toString(), u"assigning"_s);
}

void RegistrationTest::saysAssigningUntilItIs()
{
    Device device(*m_counter, 1);
    QCOMPARE(device.challenge().status, 401);
    const Response accepted = device.redeem(token(1));
    m_counter->wait(std::chrono::seconds(4));
    const Response early = device.poll(accepted);
    QCOMPARE(early.status, 202);
    QCOMPARE(early.header("Retry-After"), "3");
    // IIS reads "assigning" only together with a registrationState that names the id.
    const QJsonObject state = json(early)[u"registrationState"].toObject();
    QCOMPARE(state[u"registrationId"].toString(), u"dev-1"_s);
    QCOMPARE(state[u"status"].toString(), u"assigning"_s);
    QVERIFY(!state.contains(u"assignedHub"_s) && !state.contains(u"tpm"_s));
    m_counter->wait(std::chrono::seconds(1));
    QCOMPARE(device.poll(accepted).status, 200);
}

void RegistrationTest::assigns()
{
    QVERIFY(enroll(*m_counter, 2, {{u"deviceId"_s, u"Unit-2"_s}}));
    Device device(*m_counter, 2);
    QCOMPARE(device.challenge().status, 401);
    const Response accepted = device.redeem(token(2));
    m_counter->wait(std::chrono::seconds(5));
    const Response response = device.poll(accepted);
    QCOMPARE(response.status, 200);
    QVERIFY(response.header("Retry-After").isEmpty());
    QCOMPARE(json(response)[u"status"].toString(), u"assigned"_s);
    const QJsonObject state = json(response)[u"registrationState"].toObject();
    QCOMPARE(state[u"assignedHub"].toString(), u"hub.ekstation.test"_s);
    QCOMPARE(state[u"deviceId"].toString(), u"Unit-2"_s);
    QCOMPARE(state[u"status"].toString(), u"assigned"_s);
    QCOMPARE(state[u"substatus"].toString(), u"initialAssignment"_s);
    QCOMPARE(state[u"createdDateTimeUtc"].toString(), u"2023-11-14T22:13:20.0000000Z"_s);
    QCOMPARE(state[u"lastUpdatedDateTimeUtc"].toString(), u"2023-11-14T22:13:20.0000000Z"_s);
    const QByteArray etag = QByteArray::fromBase64(state[u"etag"].toString().toLatin1());
    QVERIFY(etag.startsWith('"') && etag.endsWith('"'));
    const QByteArray blob = QByteArray::fromBase64(
        state[u"tpm"].toObject()[u"authenticationKey"].toString().toLatin1());
    QVERIFY(blob.size() >= 766);
    const auto key = Registrations(*m_counter->books).keyOf(u"hub.ekstation.test"_s, u"Unit-2"_s);
    QVERIFY(key && *key && (**key).bytes().size() == 32);
    // The service API shows the same state, without the key.
    const Response got = m_counter->ask("GET", "/enrollments/dev-2");
    const QJsonObject shown = json(got)[u"registrationState"].toObject();
    QCOMPARE(shown[u"assignedHub"].toString(), u"hub.ekstation.test"_s);
    QVERIFY(!shown.contains(u"tpm"_s));
}

void RegistrationTest::saysDisabled()
{
    QVERIFY(enroll(*m_counter, 1, {{u"provisioningStatus"_s, u"disabled"_s}}));
    Device device(*m_counter, 1);
    QCOMPARE(device.challenge().status, 401);
    const Response accepted = device.redeem(token(1));
    QCOMPARE(accepted.status, 202);
    m_counter->wait(std::chrono::seconds(5));
    const Response response = device.poll(accepted);
    QCOMPARE(response.status, 200);
    QCOMPARE(json(response)[u"status"].toString(), u"disabled"_s);
    QVERIFY(!json(response)[u"registrationState"].toObject().contains(u"tpm"_s));
}

void RegistrationTest::saysFailed_data()
{
    QTest::addColumn<QJsonObject>("enrollment");
    QTest::addColumn<int>("code");
    QTest::newRow("a function that does not run")
        << QJsonObject{{u"allocationPolicy"_s, u"custom"_s}} << 400207;
    QTest::newRow("a hub that is not linked")
        << QJsonObject{{u"iotHubs"_s, QJsonArray{u"elsewhere.example"_s}}} << 400208;
    QTest::newRow("a hub that does not let the service in")
        << QJsonObject{{u"iotHubs"_s, QJsonArray{u"locked.example"_s}}} << 400209;
}

void RegistrationTest::saysFailed()
{
    QFETCH(const QJsonObject, enrollment);
    QFETCH(const int, code);
    m_terms.mischief.lockedHubs = {u"locked.example"_s};
    m_terms.hubs += m_terms.mischief.lockedHubs;
    m_counter = std::make_unique<Counter>(m_terms);
    QVERIFY(enroll(*m_counter, 1, enrollment));
    Device device(*m_counter, 1);
    QCOMPARE(device.challenge().status, 401);
    const Response accepted = device.redeem(token(1));
    m_counter->wait(std::chrono::seconds(5));
    const Response response = device.poll(accepted);
    QCOMPARE(response.status, 200);
    QCOMPARE(json(response)[u"status"].toString(), u"failed"_s);
    const QJsonObject state = json(response)[u"registrationState"].toObject();
    QCOMPARE(state[u"errorCode"].toInt(), code);
    QVERIFY(!state[u"errorMessage"].toString().isEmpty()); // IIS needs both
}

void RegistrationTest::refusesRequests_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    const QByteArray put = "PUT";
    const QByteArray here = pathOf(1) + "/register";
    QTest::newRow("not JSON") << put << here << QByteArray("{") << 400001;
    QTest::newRow("no object") << put << here << QByteArray("[]") << 400001;
    QTest::newRow("nothing") << put << here << QByteArray() << 400001;
    QTest::newRow("another id") << put << here << body(2) << 400001;
    QTest::newRow("no keys") << put << here << QByteArray(R"({"registrationId":"dev-1"})")
                             << 400004;
    QTest::newRow("another TPM") << put << here << body(1, 7) << 400004;
    QTest::newRow("no SRK") << put << here
                            << registrationBody(u"dev-1"_s,
                                   QByteArray::fromBase64(support::endorsementKey(1)), {})
                            << 400001;
    QTest::newRow("an SRK that is none")
        << put << here
        << registrationBody(u"dev-1"_s, QByteArray::fromBase64(support::endorsementKey(1)), "srk")
        << 400001;
    QTest::newRow("no enrollment") << put << pathOf(9) + "/register" << body(9) << 401002;
    QTest::newRow("another scope")
        << put << QByteArray("/0ne0000000B/registrations/dev-1/register") << body(1) << 401002;
    QTest::newRow("register by GET") << QByteArray("GET") << here << QByteArray() << 405001;
    QTest::newRow("operations by PUT")
        << put << pathOf(1) + "/operations/1" << QByteArray("{}") << 405001;
    QTest::newRow("status by GET") << QByteArray("GET") << pathOf(1) << QByteArray() << 405001;
    QTest::newRow("no such thing") << put << pathOf(1) + "/enlist" << body(1) << 404001;
    QTest::newRow("too deep") << QByteArray("GET") << pathOf(1) + "/operations/1/2" << QByteArray()
                              << 404001;
}

void RegistrationTest::refusesRequests()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const int, code);
    const Response response =
        m_counter->ask(verb, path, body, {{"authorization", {}}}, "2021-06-01");
    QCOMPARE(codeOf(response), code);
    QCOMPARE(response.status, code / 1000);
    QCOMPARE(response.header("x-ms-error-code"), QByteArray::number(code));
    QVERIFY(!json(response).contains(u"authenticationKey"_s));
    QCOMPARE(m_counter->ask(verb, path, body, {{"authorization", {}}}, "").status, 400);
}

void RegistrationTest::looksUpTheStatus()
{
    Device device(*m_counter, 1);
    QCOMPARE(codeOf(device.ask("POST", "", "{}", token(1))), 401002);
    QCOMPARE(device.challenge().status, 401);
    QCOMPARE(device.redeem(token(1)).status, 202);
    QCOMPARE(json(device.ask("POST", "", "{}", token(1)))[u"status"].toString(), u"assigning"_s);
    m_counter->wait(std::chrono::seconds(5));
    const Response response = device.ask("POST", "", "{}", token(1));
    QCOMPARE(response.status, 200);
    QCOMPARE(json(response)[u"status"].toString(), u"assigned"_s);
    QVERIFY(!json(response).contains(u"tpm"_s));
}

QTEST_GUILESS_MAIN(RegistrationTest)
#include "registration.moc"
