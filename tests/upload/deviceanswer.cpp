// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/deviceanswer.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload;
using Kind = DeviceAnswer::Kind;

namespace {

const QDateTime now = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);

Result<DeviceAnswer> parse(int status, const QByteArray &body, const QByteArray &retryAfter = {})
{
    Answer answer;
    answer.status = status;
    answer.body = body;
    answer.retryAfter = retryAfter;
    return parseDeviceAnswer(answer, now);
}

} // namespace

/// What a provisioning service says to a device, understood or refused.
class DeviceAnswerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();
    void bodiesHoldBothKeys();
};

void DeviceAnswerTest::understands_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<DeviceAnswer>("expected");
    DeviceAnswer answer;
    answer.kind = Kind::Challenge;
    answer.authenticationKey = "blob";
    answer.keyName = u"registration"_s;
    QTest::newRow("challenge")
        << 401
        << QByteArray(
               R"({"message":"Authorization required","authenticationKey":"YmxvYg==","unencryptedAuthenticationKey":null,"keyName":"registration"})")
        << answer;
    answer = {};
    answer.kind = Kind::Assigning;
    answer.operationId = u"5.1.a"_s;
    answer.retryAfter = std::chrono::seconds(3);
    QTest::newRow("assigning") << 202
                               << QByteArray(R"({"operationId":"5.1.a","status":"assigning"})")
                               << answer;
    QTest::newRow("unassigned") << 200
                                << QByteArray(R"({"operationId":"5.1.a","status":"unassigned"})")
                                << answer;
    answer.kind = Kind::Assigned;
    answer.registrationId = u"dev-1"_s;
    answer.hub = u"hub.example"_s;
    answer.deviceId = u"Unit-1"_s;
    answer.substatus = u"initialAssignment"_s;
    answer.authenticationKey = "blob";
    QTest::newRow("assigned")
        << 200
        << QByteArray(
               R"({"operationId":"5.1.a","status":"assigned","registrationState":{"registrationId":"dev-1","assignedHub":"hub.example","deviceId":"Unit-1","status":"assigned","substatus":"initialAssignment","tpm":{"authenticationKey":"YmxvYg=="}}})")
        << answer;
    answer = {};
    answer.kind = Kind::Failed;
    answer.operationId = u"5.1.a"_s;
    answer.errorCode = 400208;
    answer.errorMessage = u"no hub"_s;
    answer.retryAfter = std::chrono::seconds(3);
    QTest::newRow("failed")
        << 200
        << QByteArray(
               R"({"operationId":"5.1.a","status":"failed","registrationState":{"errorCode":400208,"errorMessage":"no hub"}})")
        << answer;
    answer.kind = Kind::Disabled;
    answer.errorCode = 0;
    answer.errorMessage.clear();
    QTest::newRow("disabled") << 200 << QByteArray(R"({"operationId":"5.1.a","status":"disabled"})")
                              << answer;
}

void DeviceAnswerTest::understands()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const DeviceAnswer, expected);
    const auto answer =
        parse(status, body, expected.kind == Kind::Challenge ? QByteArray() : QByteArray("3"));
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().detail));
    QVERIFY(*answer == expected);
}

void DeviceAnswerTest::refuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Fault>("fault");
    QTest::newRow("nothing") << 200 << QByteArray() << Fault::Malformed;
    QTest::newRow("a login page") << 200 << QByteArray("<html>") << Fault::Malformed;
    QTest::newRow("another status")
        << 200 << QByteArray(R"({"status":"done"})") << Fault::Malformed;
    QTest::newRow("assigning without an operation")
        << 202 << QByteArray(R"({"status":"assigning"})") << Fault::Malformed;
    QTest::newRow("assigned to nothing")
        << 200
        << QByteArray(
               R"({"status":"assigned","registrationState":{"deviceId":"a","tpm":{"authenticationKey":"YQ=="}}})")
        << Fault::Malformed;
    QTest::newRow("assigned without a key")
        << 200
        << QByteArray(
               R"({"status":"assigned","registrationState":{"assignedHub":"h","deviceId":"a"}})")
        << Fault::Malformed;
    QTest::newRow("a key that is not base64")
        << 401 << QByteArray(R"({"authenticationKey":"?","keyName":"registration"})")
        << Fault::Unauthorized;
    QTest::newRow("a challenge without a name")
        << 401 << QByteArray(R"({"authenticationKey":"YQ=="})") << Fault::Unauthorized;
    QTest::newRow("a refusal") << 401 << QByteArray(R"({"errorCode":401002,"message":"no"})")
                               << Fault::Unauthorized;
    QTest::newRow("another key") << 400 << QByteArray(R"({"errorCode":400004,"message":"no"})")
                                 << Fault::Refused;
    QTest::newRow("too many") << 429 << QByteArray() << Fault::Throttled;
    QTest::newRow("broken") << 503 << QByteArray() << Fault::Down;
    QTest::newRow("a redirect") << 302 << QByteArray() << Fault::Redirected;
}

void DeviceAnswerTest::refuses()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const Fault, fault);
    const auto answer = parse(status, body);
    QVERIFY(!answer);
    QCOMPARE(answer.error().fault, fault);
    QVERIFY(!answer.error().detail.isEmpty());
}

void DeviceAnswerTest::bodiesHoldBothKeys()
{
    QCOMPARE(registrationBody(u"dev-1"_s, "ek", "srk"),
        R"({"registrationId":"dev-1","tpm":{"endorsementKey":"ZWs=","storageRootKey":"c3Jr"}})");
}

QTEST_GUILESS_MAIN(DeviceAnswerTest)
#include "deviceanswer.moc"
