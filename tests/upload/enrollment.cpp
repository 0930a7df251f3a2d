// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/enrollment.h"

#include "tests/support/cloudkeys.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload;

class EnrollmentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void freezesAPayload();
    void comesBackFromItsJson();
    void tellsWhatBecameOfTheRegistration_data();
    void tellsWhatBecameOfTheRegistration();
    void wrapsABulkByteForByte();
    void refusesBadRecords_data();
    void refusesBadRecords();
    void toleratesUnknownFieldsAndNulls();
    void judgesABulkPerEnrollment();
    void refusesBadBulkAnswers_data();
    void refusesBadBulkAnswers();
    void refusesBadPages();
    void readsServiceErrors_data();
    void readsServiceErrors();
    void judgesIds_data();
    void judgesIds();
    void judgesKeys();
};

void EnrollmentTest::freezesAPayload()
{
    const auto payload = makePayload(u"main"_s,
        {.registrationId = u"Dev-1"_s, .endorsementKey = "AToA", .deviceId = u"SN-0001"_s});
    QCOMPARE(payload.destination, u"main"_s);
    QCOMPARE(payload.key, u"dev-1"_s);
    QCOMPARE(payload.body,
        R"({"attestation":{"tpm":{"endorsementKey":"AToA"},"type":"tpm"},"deviceId":"SN-0001",)"
        R"("provisioningStatus":"enabled","registrationId":"Dev-1"})");
}

void EnrollmentTest::comesBackFromItsJson()
{
    const Enrollment enrollment{u"dev-1"_s, support::endorsementKey(1), u"SN/1"_s, false, {}};
    QVERIFY(parseEnrollment(toBody(enrollment)) == enrollment);
    const Enrollment bare{u"dev-2"_s, support::endorsementKey(2), {}, true, {}};
    QVERIFY(parseEnrollment(toBody(bare)) == bare);
    QVERIFY(!toBody(bare).contains("deviceId"));
}

void EnrollmentTest::tellsWhatBecameOfTheRegistration_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<QString>("status"); // empty: it tells of none
    QTest::newRow("assigned") << QByteArray(
        R"({"registrationId":"a","status":"assigned","assignedHub":"h"})")
                              << u"assigned"_s;
    QTest::newRow("failed") << QByteArray(R"({"registrationId":"a","status":"failed"})")
                            << u"failed"_s;
    QTest::newRow("nothing") << QByteArray("null") << QString();
    QTest::newRow("a list") << QByteArray("[]") << QString();
    QTest::newRow("no id") << QByteArray(R"({"status":"assigned"})") << QString();
    QTest::newRow("a status in numbers")
        << QByteArray(R"({"registrationId":"a","status":1})") << QString();
    QTest::newRow("control characters")
        << QByteArray(R"({"registrationId":"a","status":"\u001b[31m"})") << u"[31m"_s;
}

/// By itself it has to be one; within an enrollment it is never a reason to refuse that.
void EnrollmentTest::tellsWhatBecameOfTheRegistration()
{
    QFETCH(const QByteArray, state);
    QFETCH(const QString, status);
    const auto alone = parseRegistrationState(state);
    QCOMPARE(alone.has_value(), !status.isEmpty());
    QVERIFY(alone || alone.error().fault == Fault::Malformed);
    QByteArray body = toBody({u"dev-1"_s, support::endorsementKey(1), {}, true, {}});
    body.insert(1, "\"registrationState\":" + state + ',');
    const auto enrollment = parseEnrollment(body);
    QVERIFY(enrollment);
    QCOMPARE(enrollment->registration.status, status);
    if (alone) {
        QVERIFY(enrollment->registration == *alone);
        QVERIFY(!alone->status.contains(u'\x1b'));
    }
}

void EnrollmentTest::wrapsABulkByteForByte()
{
    QCOMPARE(bulkBody("create", {R"({ "a" : 1 })", R"({"b":2})"}),
        R"({"mode":"create","enrollments":[{ "a" : 1 },{"b":2}]})");
}

void EnrollmentTest::refusesBadRecords_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("word");
    QTest::newRow("nothing") << QByteArray() << u"empty"_s;
    QTest::newRow("a web page") << QByteArray("<!DOCTYPE html><html>") << u"web page"_s;
    QTest::newRow("garbage") << QByteArray("\xff\x00\x17", 3) << u"not JSON"_s;
    QTest::newRow("truncated") << QByteArray(R"({"registrationId":"a","att)") << u"not JSON"_s;
    QTest::newRow("an array") << QByteArray("[]") << u"not a JSON object"_s;
    QTest::newRow("no id") << QByteArray(
        R"({"attestation":{"type":"tpm","tpm":{"endorsementKey":"AA=="}}})")
                           << u"registrationId"_s;
    QTest::newRow("id is a number")
        << QByteArray(R"({"registrationId":7,"attestation":{"type":"tpm"}})")
        << u"registrationId"_s;
    QTest::newRow("endless id") << QByteArray(R"({"registrationId":")" + QByteArray(200, 'a')
        + R"("})") << u"registrationId"_s;
    QTest::newRow("no attestation") << QByteArray(R"({"registrationId":"a"})") << u"attestation"_s;
    QTest::newRow("key is a list") << QByteArray(
        R"({"registrationId":"a","attestation":{"type":"tpm","tpm":{"endorsementKey":[]}}})")
                                   << u"attestation"_s;
    QTest::newRow("odd status") << QByteArray(
        R"({"registrationId":"a","provisioningStatus":"maybe","attestation":{"type":"tpm","tpm":{"endorsementKey":"AA=="}}})")
                                << u"field"_s;
    QTest::newRow("deep") << QByteArray(5000, '[') << u"not JSON"_s;
}

void EnrollmentTest::refusesBadRecords()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, word);
    const auto enrollment = parseEnrollment(body);
    QVERIFY(!enrollment);
    QCOMPARE(enrollment.error().fault, Fault::Malformed);
    QVERIFY2(enrollment.error().detail.contains(word), qPrintable(enrollment.error().detail));
}

void EnrollmentTest::toleratesUnknownFieldsAndNulls()
{
    const auto enrollment = parseEnrollment(
        R"({"registrationId":"a","deviceId":null,"iotHubs":["x"],"etag":"\"17\"","registrationState":null,)"
        R"("attestation":{"type":"tpm","tpm":{"endorsementKey":"AA==","storageRootKey":null},"x509":null}})");
    QVERIFY(enrollment);
    QCOMPARE(enrollment->etag, u"\"17\""_s);
    QVERIFY(enrollment->enabled);
}

void EnrollmentTest::judgesABulkPerEnrollment()
{
    const auto answer = parseBulkAnswer(
        R"({"isSuccessful":false,"errors":[{"registrationId":"A","errorCode":200,"errorStatus":"Succeeded"},)"
        R"({"registrationId":"b","errorCode":409201,"errorStatus":"Enrollment\nalready exists"},)"
        R"({"registrationId":"c","errorCode":"400004"}]})");
    QVERIFY(answer);
    QVERIFY(!answer->successful);
    QVERIFY(answer->itemOf(u"a"_s)->isSuccess());
    QVERIFY(!answer->itemOf(u"b"_s)->isSuccess());
    QCOMPARE(answer->itemOf(u"b"_s)->errorStatus, u"Enrollment already exists"_s);
    QCOMPARE(answer->itemOf(u"c"_s)->errorCode, 400004);
    QVERIFY(!answer->itemOf(u"d"_s));
    QVERIFY(parseBulkAnswer(R"({"isSuccessful":true,"errors":null})"));
    QVERIFY(parseBulkAnswer(R"({"isSuccessful":true})"));
}

void EnrollmentTest::refusesBadBulkAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a web page") << QByteArray("  <html>");
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("success in words") << QByteArray(R"({"isSuccessful":"yes","errors":[]})");
    QTest::newRow("errors in words") << QByteArray(R"({"isSuccessful":false,"errors":"none"})");
    QTest::newRow("an entry for nobody")
        << QByteArray(R"({"isSuccessful":false,"errors":[{"errorCode":400}]})");
    QTest::newRow("an entry without code")
        << QByteArray(R"({"isSuccessful":false,"errors":[{"registrationId":"a"}]})");
    QTest::newRow("an entry that is a number")
        << QByteArray(R"({"isSuccessful":false,"errors":[7]})");
    QByteArray many = R"({"isSuccessful":false,"errors":[7)";
    for (int i = 0; i < 1000; ++i) {
        many += ",7";
    }
    QTest::newRow("too many entries") << many + "]}";
}

void EnrollmentTest::refusesBadBulkAnswers()
{
    QFETCH(const QByteArray, body);
    const auto answer = parseBulkAnswer(body);
    QVERIFY(!answer);
    QCOMPARE(answer.error().fault, Fault::Malformed);
}

void EnrollmentTest::refusesBadPages()
{
    QVERIFY(!parseEnrollments("{}"));
    QVERIFY(!parseEnrollments("[1]"));
    QVERIFY(!parseEnrollments("[{}]"));
    QVERIFY(parseEnrollments("[]"));
    const Enrollment enrollment{u"dev-1"_s, "AA==", {}, true, {}};
    QVERIFY(parseEnrollments('[' + toBody(enrollment) + ']') == QList{enrollment});
}

void EnrollmentTest::readsServiceErrors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("the service") << QByteArray(R"({"errorCode":401002,"message":"no"})") << 401002;
    QTest::newRow("a gateway") << QByteArray(R"({"code":"429001","message":"slow down"})")
                               << 429001;
    QTest::newRow("a web page") << QByteArray("<html>") << 0;
    QTest::newRow("an array") << QByteArray("[401002]") << 0;
    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("no number") << QByteArray(R"({"errorCode":{},"message":"no"})") << 0;
}

void EnrollmentTest::readsServiceErrors()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, code);
    const auto error = parseServiceError(body);
    QCOMPARE(error ? error->code : 0, code);
}

void EnrollmentTest::judgesIds_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("registration");
    QTest::addColumn<bool>("device");
    QTest::newRow("plain") << u"sn-0001"_s << true << true;
    QTest::newRow("capitals") << u"SN_1.a:b"_s << true << true;
    QTest::newRow("dash at the end") << u"sn-"_s << true << true;
    QTest::newRow("dot at the end") << u"sn."_s << false << true;
    QTest::newRow("dash in front") << u"-sn"_s << false << true;
    QTest::newRow("empty") << u""_s << false << false;
    QTest::newRow("slash") << u"a/b"_s << false << false;
    QTest::newRow("space") << u"a b"_s << false << false;
    QTest::newRow("umlaut") << u"gerät"_s << false << false;
    QTest::newRow("dollar") << u"a$b"_s << false << true;
    QTest::newRow("as long as may be") << QString(128, u'a') << true << true;
    QTest::newRow("too long") << QString(129, u'a') << false << false;
}

void EnrollmentTest::judgesIds()
{
    QFETCH(const QString, id);
    QFETCH(const bool, registration);
    QFETCH(const bool, device);
    QCOMPARE(isRegistrationId(id), registration);
    QCOMPARE(isDeviceId(id), device);
}

void EnrollmentTest::judgesKeys()
{
    const QByteArray key = QByteArray::fromBase64(support::endorsementKey(1));
    QCOMPARE(key.size(), 316);
    QVERIFY(support::endorsementKey(1).startsWith(
        "AToAAQALAAMAsgAgg3GXZ0SEs/gakMyNRqXXJP1S124GUgtk8qHaGzMU"));
    QVERIFY(isEndorsementKey(key));
    QVERIFY(!isEndorsementKey({}));
    QVERIFY(!isEndorsementKey(key.first(315)));
    QVERIFY(!isEndorsementKey(key.sliced(2)));
    QByteArray ecc = key;
    ecc[3] = 0x23;
    QVERIFY(!isEndorsementKey(ecc));
    QByteArray signing = key;
    signing[7] = 0x05;
    QVERIFY(!isEndorsementKey(signing));
    QVERIFY(isSameKey(support::endorsementKey(1), support::endorsementKey(1)));
    QVERIFY(!isSameKey(support::endorsementKey(1), support::endorsementKey(2)));
    QVERIFY(!isSameKey("", ""));
    QVERIFY(!isSameKey("!", "!"));
}

QTEST_GUILESS_MAIN(EnrollmentTest)
#include "enrollment.moc"
