// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/intake.h"

#include "station/receipt.h"
#include "tests/support/consignment.h"
#include "upload/enrollment.h"
#include "upload/handover/cell.h"
#include "upload/handover/manifest.h"
#include "upload/handover/policy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload::handover;
using support::Consignment;
using Fate = Offer::Fate;

/// Files that others wrote, good and bad.
class IntakeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cellsComeBack_data();
    void cellsComeBack();
    void rowsOfCsv_data();
    void rowsOfCsv();
    void everyForm();
    void recordsOfTheService();
    void filesThatAreNone_data();
    void filesThatAreNone();
    void wrongReceipts_data();
    void wrongReceipts();
    void wrongPolicies_data();
    void wrongPolicies();
    void wrongManifests_data();
    void wrongManifests();

private:
    [[nodiscard]] static QByteArray keyText(int number)
    {
        return Consignment::keyOf(number).toBase64();
    }
    [[nodiscard]] static QByteArray recordOf(int number)
    {
        return upload::toBody(
            {.registrationId = u"dev-%1"_s.arg(number), .endorsementKey = keyText(number)});
    }
};

void IntakeTest::cellsComeBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    const auto row = [](const char *name, const char *text, const char *cell) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(cell);
    };
    row("nothing", "", "");
    row("a word", "SN-1", "SN-1");
    row("noughts before it", "000123", "'000123");
    row("scientific", "12E4", "'12E4");
    row("a formula", "=1+1", "'=1+1");
    row("plus", "+49", "'+49");
    row("minus", "-x", "'-x");
    row("at", "@SUM(1)", "'@SUM(1)");
    row("an apostrophe", "'tis", "''tis");
    row("a month", "MAR1", "'MAR1");
    row("a German month", "Mai-12", "'Mai-12");
    row("a truth", "TRUE", "'TRUE");
    row("a date", "2026-01-02", "'2026-01-02");
    row("a fraction", "1/2", "'1/2");
    row("hex", "12ab", "12ab");
    row("hex that is a number", "123e4567", "'123e4567");
}

void IntakeTest::cellsComeBack()
{
    QFETCH(QString, text);
    QFETCH(QString, cell);
    QCOMPARE(guarded(text), cell);
    QCOMPARE(unguarded(cell), text);
    QVERIFY(spoiltBySpreadsheet(cell).isEmpty());
}

void IntakeTest::rowsOfCsv_data()
{
    QTest::addColumn<QByteArray>("cells");
    QTest::addColumn<int>("fate");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &cells, Fate fate, const char *says) {
        QTest::newRow(name) << cells << static_cast<int>(fate) << QString::fromUtf8(says);
    };
    const QByteArray key = keyText(1);
    row("good", "dev-1,," + key + ",SN-1", Fate::Accepted, "");
    row("a guarded number", "'00012,'00012," + key + ",'00012", Fate::Accepted, "");
    row("no id", ",," + key + ",", Fate::Repaired, "the one that SDKs derive");
    row("the key in hex", "dev-1,," + Consignment::keyOf(1).toHex() + ",", Fate::Repaired,
        "another form");
    row("the key without its size", "dev-1,," + Consignment::keyOf(1).mid(2).toBase64() + ",",
        Fate::Repaired, "another form");
    row("no key", "dev-1,,,", Fate::Refused, "no endorsement key");
    row("half a key", "dev-1,," + key.left(200) + ",", Fate::Refused, "cannot be used");
    row("nonsense", "dev-1,,hello,", Fate::Refused, "cannot be used");
    row("rounded", "1.23457E+11,," + key + ",", Fate::Refused,
        "registrationId: a spreadsheet has rounded it to 1.23457E+11");
    row("rounded by a German", "\"1,23457E+11\",," + key + ",", Fate::Refused, "has rounded it");
    row("lost noughts", "dev-1,12," + key + ",", Fate::Refused, "deviceId: a bare number (12)");
    row("a serial that lost them", "dev-1,," + key + ",7", Fate::Refused,
        "serialNumber: a bare number (7)");
    row("a formula", "=A1,," + key + ",", Fate::Refused, "a spreadsheet's formula");
    row("a formula's error", "#NAME?,," + key + ",", Fate::Refused, "took it for a formula");
    row("no id that DPS takes", "dev 1,," + key + ",", Fate::Refused, "is no registrationId");
    row("no device id", "dev-1,a b," + key + ",", Fate::Refused, "is no deviceId");
}

void IntakeTest::rowsOfCsv()
{
    QFETCH(QByteArray, cells);
    QFETCH(int, fate);
    QFETCH(QString, says);
    const auto intake = readIntake(
        "registrationId,deviceId,endorsementKey,serialNumber\n" + cells + "\n", u"in.csv"_s);
    QVERIFY2(intake, intake ? "" : qPrintable(intake.error().detail));
    QCOMPARE(intake->offers.size(), 1);
    const Offer offer = intake->offers.first();
    QCOMPARE(offer.row, 2);
    QVERIFY2(
        static_cast<int>(offer.fate) == fate && offer.why.contains(says), qPrintable(offer.why));
    if (offer.fate != Fate::Refused)
        QCOMPARE(offer.enrollment[u"attestation"][u"tpm"][u"endorsementKey"].toString(),
            QString::fromLatin1(keyText(1)));
}

void IntakeTest::everyForm()
{
    const QByteArray one = recordOf(1);
    const QByteArray two = recordOf(2);
    for (const auto &[form, bytes] :
        {std::pair{u"jsonl"_s, one + "\n\n" + two}, {u"list"_s, '[' + one + ',' + two + ']'},
            {u"bulk"_s, upload::bulkBody("create", {one, two})}}) {
        const auto intake = readIntake(bytes, u"in"_s);
        QVERIFY2(intake, qPrintable(form));
        QCOMPARE(intake->form, form);
        QCOMPARE(intake->offers.size(), 2);
        QCOMPARE(intake->offers[0].fate, Fate::Accepted);
        QCOMPARE(intake->offers[1].registrationId, u"dev-2"_s);
        QCOMPARE(intake->offers[1].row, form == u"jsonl" ? 3 : 2);
        QVERIFY(!intake->purpose);
    }
    // Twice the same key, twice the same id.
    const auto twice = readIntake(
        one + '\n' + one + '\n' + QByteArray(two).replace("dev-2", "DEV-1") + '\n', u"in"_s);
    QCOMPARE(twice->offers[1].why, u"row 1 has the same endorsement key"_s);
    QCOMPARE(twice->offers[2].why, u"row 1 has the same registrationId"_s);
}

void IntakeTest::recordsOfTheService()
{
    QJsonObject record = QJsonDocument::fromJson(recordOf(1)).object();
    record[u"etag"_s] = u"\"1\""_s;
    record[u"createdDateTimeUtc"_s] = u"2026-01-01T00:00:00Z"_s;
    record[u"provisioningStatus"_s] = u"disabled"_s;
    record[u"initialTwin"_s] = QJsonObject{{u"tags"_s, QJsonObject{{u"line"_s, 1}}}};
    QJsonObject foreign = record;
    foreign[u"attestation"_s] = QJsonObject{{u"type"_s, u"x509"_s}};
    const auto intake = readIntake(QJsonDocument(QJsonArray{record, foreign, 7}).toJson(), u"in"_s);
    const QJsonObject taken = intake->offers.first().enrollment;
    QVERIFY(!taken.contains(u"etag") && !taken.contains(u"createdDateTimeUtc"));
    QCOMPARE(taken[u"initialTwin"][u"tags"][u"line"].toInt(), 1);
    QCOMPARE(taken[u"provisioningStatus"].toString(), u"disabled"_s);
    QCOMPARE(intake->offers[1].why, u"its attestation is x509, and not a TPM"_s);
    QCOMPARE(intake->offers[2].fate, Fate::Refused);
}

void IntakeTest::filesThatAreNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QByteArray() << u"in: there is nothing in it"_s;
    QTest::newRow("blanks") << QByteArray(" \n") << u"in: there is nothing in it"_s;
    QTest::newRow("a letter") << QByteArray("Dear all,\nkeys follow")
                              << u"in: neither JSON nor CSV"_s;
    QTest::newRow("binary") << QByteArray("\x50\x4b\x03\x04\xff\xfe", 6) << u"in: "_s;
    QTest::newRow("half an array") << QByteArray("[{\"a\":1},") << u"in: no JSON (offset"_s;
    QTest::newRow("half a line") << recordOf(1) + "\n{\"registrationId\""
                                 << u"in: 2: no JSON object"_s;
    QTest::newRow("an open quote") << QByteArray("endorsementKey\n\"abc") << u"in: 2: a quote"_s;
}

void IntakeTest::filesThatAreNone()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const auto intake = readIntake(bytes, u"in"_s);
    QVERIFY(!intake);
    QCOMPARE(intake.error().fault, station::Fault::Syntax);
    QVERIFY2(intake.error().detail.startsWith(says), qPrintable(intake.error().detail));
}

void IntakeTest::wrongReceipts_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *before, const char *after, const char *says) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QString::fromUtf8(says);
    };
    row("good", "", "", "");
    row("a newer form", "receipt-1", "receipt-2", "r:1: this is no head");
    row("another purpose", "production", "golden", "r:1: this is no head");
    row("no time", "2026-01-02T03:04:05Z", "today", "r:1: this is no head");
    row("fewer rows", "\"rows\":2", "\"rows\":3", "r:1: it says 3 rows, and 2 follow");
    row("no reason", "\"why\"", "null", "r:3: registrationId");
    row("another outcome", "\"confirmed\"", "\"maybe\"", "r:2: registrationId");
    row("a field more", "\"reason\":null", "\"reason\":null,\"x\":1", "r:2: registrationId");
    row("blanks", "{\"ek", "{ \"ek", "r:2: registrationId");
}

void IntakeTest::wrongReceipts()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, says);
    const station::Receipt good{.bundle = QString(64, u'a'),
        .stationId = u"line1-a"_s,
        .made = u"2026-01-02T03:04:05Z"_s,
        .rows = {{u"dev-1"_s, QString(64, u'b'), true, {}},
            {u"dev-2"_s, QString(64, u'c'), false, u"why"_s}}};
    QByteArray text = good.text();
    if (!before.isEmpty())
        text.replace(text.indexOf(before), before.size(), after);
    const auto receipt = station::parseReceipt(text, u"r"_s);
    QCOMPARE(receipt.has_value(), says.isEmpty());
    if (receipt)
        QCOMPARE(*receipt, good);
    else
        QVERIFY2(receipt.error().detail.startsWith(says), qPrintable(receipt.error().detail));
}

void IntakeTest::wrongPolicies_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *toml, const char *says) {
        QTest::newRow(name) << QByteArray(toml) << QString::fromUtf8(says);
    };
    row("nothing", "", "schema");
    row("no signers", "schema = 1", "signers");
    row("a newer schema", "schema = 2\nsigners = \"a\"", ":1:");
    row("an unknown key", "schema = 1\nsigners = \"a\"\nsinger = 1", "p.toml:3:1");
    row("a chain to nowhere", "schema = 1\nsigners = \"a\"\nchain = true", "p.toml:3:");
    row("firmware in words",
        "schema = 1\nsigners = \"a\"\n[[firmware]]\nvendor = \"IFX\"\nversions = [\"new\"]",
        "p.toml:5:");
    row("less than none", "schema = 1\nsigners = \"a\"\nleast = -1", "p.toml:3:");
}

void IntakeTest::wrongPolicies()
{
    QFETCH(QByteArray, toml);
    QFETCH(QString, says);
    const auto policy = parsePolicy(toml, u"p.toml"_s);
    QVERIFY(!policy);
    QVERIFY2(policy.error().detail.contains(says), qPrintable(policy.error().detail));
}

void IntakeTest::wrongManifests_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *before, const char *after, const char *says) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QString::fromUtf8(says);
    };
    row("good", "", "", "");
    row("no JSON", "{", "", "no JSON (offset");
    row("a newer form", "bundle-1", "bundle-2", "form is not");
    row("a way out", "records.jsonl", "../../etc/passwd", "checkable.files[0].name is not");
    row("from the root", "records.jsonl", "/etc/passwd", "checkable.files[0].name is not");
    row("a short hash", "\"sha256\": \"61", "\"sha256\": \"", "checkable.files[0].sha256 is not");
    row("less than nothing", "\"bytes\": 10", "\"bytes\": -10", "checkable.files[0].bytes is not");
    row("half a byte", "\"bytes\": 10", "\"bytes\": 10.5", "checkable.files[0].bytes is not");
    row("a chain backwards", "\"last\": 9", "\"last\": 1", "checkable.chains[0].last is not");
    row("a field more", "\"enrollments\"", "\"x\": 1, \"enrollments\"", "checkable.x is not");
    row("another purpose", "\"purpose\": \"production\"", "\"purpose\": \"golden\"",
        "checkable.purpose is not");
    row("no station", "\"station\": \"line1-b\"", "\"station\": 7", "asserted.station is not");
}

void IntakeTest::wrongManifests()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, says);
    const Manifest good{.files = {{u"records.jsonl"_s, 10, QByteArray(32, 'a')}},
        .chains = {{u"line1-a"_s, 2, 9, QByteArray(32, 'b'), QByteArray(32, 'c'), 1}},
        .plans = {{u"production"_s, u"1.1.0"_s, QString(64, u'd'), {}}},
        .enrollments = 1,
        .stationId = u"line1-b"_s,
        .made = u"2026-01-02T03:04:05Z"_s,
        .software = u"0.1.0"_s};
    QByteArray text = textOf(good);
    if (!before.isEmpty()) {
        QVERIFY(text.contains(before));
        text.replace(text.indexOf(before), before.size(), after);
    }
    const auto manifest = parseManifest(text);
    QCOMPARE(manifest.has_value(), says.isEmpty());
    if (manifest)
        QCOMPARE(*manifest, good);
    else
        QVERIFY2(manifest.error().detail.contains(says), qPrintable(manifest.error().detail));
}

QTEST_GUILESS_MAIN(IntakeTest)
#include "intake.moc"
