// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

namespace {

/// A key and its types: text, number, truth, object, list, and 0 for null.
struct Field {
    const char *key;
    const char *types;
};

const QList<Field> examination{{"target", "t"}, {"verdict", "t"}, {"tpm", "o0"}, {"ek", "o0"},
    {"findings", "l"}, {"commands", "n"}, {"ms", "n"}, {"error", "o0"}};
const QList<Field> ofTheLine{{"slot", "t"}, {"serial", "t"}, {"entry", "n0"}, {"attempt", "n"},
    {"resumed", "b"}, {"delivery", "t0"}};
const QList<Field> tpmFields{{"manufacturer", "t"}, {"vendorString", "t"}, {"firmware", "t"},
    {"revision", "t"}, {"kind", "t"}};
const QList<Field> ekFields{{"type", "t"}, {"public", "t"}, {"sha256", "t"},
    {"registrationId", "t"}, {"handle", "t0"}, {"template", "t"}, {"certificates", "l"}};
const QList<Field> certificateFields{
    {"nvIndex", "t"}, {"der", "t"}, {"sha256", "t"}, {"keyMatches", "b"}};
const QList<Field> findingFields{{"check", "t"}, {"outcome", "t"}, {"measured", "t0"},
    {"limit", "t0"}, {"advice", "t0"}, {"ms", "n"}};
const QList<Field> errorFields{{"code", "t"}, {"detail", "t"}};
const QList<Field> sumFields{{"total", "n"}, {"pass", "n"}, {"fail", "n"}, {"error", "n"},
    {"timeout", "n"}, {"aborted", "n"}, {"acknowledged", "n"}, {"confirmed", "n"},
    {"seconds", "n"}};

char typeOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return 't';
    case QJsonValue::Double:
        return 'n';
    case QJsonValue::Bool:
        return 'b';
    case QJsonValue::Object:
        return 'o';
    case QJsonValue::Array:
        return 'l';
    case QJsonValue::Null:
        return '0';
    default:
        return '?';
    }
}

/// What is wrong with an object's keys and types; nothing if all is right.
QByteArray wrongIn(const QJsonValue &value, const QList<Field> &fields)
{
    const QJsonObject object = value.toObject();
    QByteArray wrong;
    QStringList keys;
    for (const Field &field : fields) {
        keys.append(QString::fromLatin1(field.key));
        if (!QByteArray(field.types).contains(typeOf(object.value(QLatin1String(field.key)))))
            wrong += QByteArray(field.key) + " is no " + field.types + "; ";
        else if (object.value(QLatin1String(field.key)).toString(u"x"_s).isEmpty())
            wrong += QByteArray(field.key) + " is an empty text; "; // unread is null
    }
    for (const QString &key : object.keys())
        if (!keys.contains(key))
            wrong += key.toUtf8() + " is not in the contract; ";
    return wrong;
}

QByteArray wrongInExamination(const QJsonObject &seen, const QList<Field> &more = {})
{
    QByteArray wrong = wrongIn(seen, examination + more);
    if (!seen[u"tpm"].isNull())
        wrong += wrongIn(seen[u"tpm"], tpmFields);
    if (!seen[u"ek"].isNull())
        wrong += wrongIn(seen[u"ek"], ekFields);
    for (const auto &certificate : seen[u"ek"][u"certificates"].toArray())
        wrong += wrongIn(certificate, certificateFields);
    for (const auto &finding : seen[u"findings"].toArray())
        wrong += wrongIn(finding, findingFields);
    if (!seen[u"error"].isNull())
        wrong += wrongIn(seen[u"error"], errorFields);
    return wrong;
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

/// RFC 4648 base32 in lower case without padding, as Microsoft's SDK writes a registrationId.
QString base32(const QByteArray &bytes)
{
    QString bits;
    for (const char byte : bytes)
        bits += u"%1"_s.arg(static_cast<quint8>(byte), 8, 2, QLatin1Char('0'));
    QString text;
    for (qsizetype at = 0; at < bits.size(); at += 5)
        text += u"abcdefghijklmnopqrstuvwxyz234567"_s.at(
            bits.mid(at, 5).leftJustified(5, u'0').toInt(nullptr, 2));
    return text;
}

} // namespace

/// The JSON of read, run, demo and serve: each key, its type, and when it is null.
class ContractJsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void readOfAGoodDevice();
    void readOfWhatIsNotThere();
    void runPrintsALineADevice();
    void demoPrintsTheSame();
    void serveSaysWhereItIs();

private:
    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_place;
};

void ContractJsonTest::initTestCase()
{
    m_place = std::make_unique<LinePlace>(1, m_workplace.path(u"line"_s));
}

void ContractJsonTest::readOfAGoodDevice()
{
    const QString target = m_place->training().jobs()[0].target;
    const Ran ran = runCli({u"read"_s, u"--device"_s, target, u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.err, QByteArray());
    QCOMPARE(ran.out.count('\n'), 1);
    const QJsonObject seen = ran.json().value(0);
    QCOMPARE(wrongInExamination(seen), QByteArray());
    QCOMPARE(seen[u"target"].toString(), target);
    QVERIFY(seen[u"error"].isNull());
    QCOMPARE(seen[u"tpm"][u"kind"].toString(), u"virtual"_s);

    const QJsonObject ek = seen[u"ek"].toObject();
    const QByteArray area = QByteArray::fromBase64(ek[u"public"].toString().toLatin1());
    QCOMPARE(area, support::readPublic(target));
    QCOMPARE(ek[u"sha256"].toString().toLatin1(), sha256(area).toHex());
    QCOMPARE(ek[u"registrationId"].toString(), base32(sha256(area)));
    QCOMPARE(ek[u"type"].toString(), u"rsa"_s);
    QCOMPARE(ek[u"handle"].toString(), u"0x81010001"_s);
    QCOMPARE(ek[u"template"].toString(), u"tcg-l1"_s);
    QVERIFY(!ek[u"certificates"].toArray().isEmpty());
    for (const auto &certificate : ek[u"certificates"].toArray()) {
        const QByteArray der = QByteArray::fromBase64(certificate[u"der"].toString().toLatin1());
        QCOMPARE(certificate[u"sha256"].toString().toLatin1(), sha256(der).toHex());
        QVERIFY(certificate[u"nvIndex"].toString().startsWith(u"0x01c0"));
    }
    QStringList outcomes;
    for (const auto &finding : seen[u"findings"].toArray())
        outcomes.append(finding[u"outcome"].toString());
    // Model and advisories are recorded, so is what has no roots and no supplier's list to be
    // compared with, and the simulator is software.
    QCOMPARE(outcomes.size(), 21);
    QCOMPARE(outcomes.count(u"record"_s), 4);
    QCOMPARE(outcomes.count(u"warn"_s), 1);
    QCOMPARE(outcomes.count(u"pass"_s), 16);
}

void ContractJsonTest::readOfWhatIsNotThere()
{
    const Ran ran =
        runCli({u"read"_s, u"--device"_s, u"swtpm:path=/nowhere/tpm.sock"_s, u"--json"_s});
    QCOMPARE(ran.exit, 3);
    const QJsonObject seen = ran.json().value(0);
    QCOMPARE(wrongInExamination(seen), QByteArray());
    QVERIFY(seen[u"tpm"].isNull() && seen[u"ek"].isNull() && seen[u"error"].isObject());
    QVERIFY(seen[u"findings"].toArray().isEmpty());
    QCOMPARE(seen[u"commands"].toInt(), 0);
}

void ContractJsonTest::runPrintsALineADevice()
{
    const Ran first = m_place->run({u"SN-0001"_s});
    QVERIFY2(first.exit == 0, first.said());
    QCOMPARE(first.json().size(), 2);
    const QJsonObject passed = first.json()[0];
    QCOMPARE(wrongInExamination(passed, ofTheLine), QByteArray());
    QCOMPARE(passed[u"slot"].toString(), u"1"_s);
    QCOMPARE(passed[u"entry"].toInteger(), 1);
    QCOMPARE(passed[u"attempt"].toInt(), 1);
    QCOMPARE(passed[u"resumed"].toBool(true), false);
    QCOMPARE(passed[u"delivery"].toString(), u"pending"_s);
    const QJsonObject sum = first.json()[1];
    QCOMPARE(wrongIn(sum, sumFields), QByteArray());
    QCOMPARE(sum[u"total"].toInt() + sum[u"pass"].toInt() + sum[u"acknowledged"].toInt()
            + sum[u"confirmed"].toInt(),
        4);

    const QJsonObject resumed = m_place->run({u"SN-0001"_s}).json().value(0);
    QCOMPARE(wrongInExamination(resumed, ofTheLine), QByteArray());
    QCOMPARE(resumed[u"resumed"].toBool(), true);
    QCOMPARE(resumed[u"delivery"].toString(), u"confirmed"_s);
    QCOMPARE(resumed[u"ek"], passed[u"ek"]);
    QCOMPARE(resumed[u"findings"], passed[u"findings"]);

    const QJsonObject lost =
        m_place->run({u"SN-0002\tswtpm:path=/nowhere/tpm.sock"_s}).json().value(0);
    QCOMPARE(wrongInExamination(lost, ofTheLine), QByteArray());
    QVERIFY(lost[u"delivery"].isNull());
    QVERIFY(lost[u"entry"].isDouble()); // an error is recorded too
}

void ContractJsonTest::demoPrintsTheSame()
{
    const Ran ran = runCli({u"demo"_s, u"--devices"_s, u"2"_s, u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().size(), 3);
    for (int device = 0; device < 2; ++device)
        QCOMPARE(wrongInExamination(ran.json()[device], ofTheLine), QByteArray());
    QCOMPARE(wrongIn(ran.json()[2], sumFields), QByteArray());
    QCOMPARE(ran.json()[2][u"confirmed"].toInt(), 2);
}

void ContractJsonTest::serveSaysWhereItIs()
{
    const QString credential = m_workplace.path(u"a.credential"_s);
    const QString ca = m_workplace.path(u"a.pem"_s);
    support::Cli serve({u"serve"_s, u"--data"_s, m_workplace.path(u"data"_s),
        u"--connection-string-out"_s, credential, u"--ca-out"_s, ca});
    const QJsonObject said = QJsonDocument::fromJson(serve.line()).object();
    QCOMPARE(wrongIn(said, {{"url", "t"}, {"idScope", "t"}}), QByteArray());
    const QUrl url(said[u"url"].toString());
    QCOMPARE(url.scheme(), u"https"_s);
    QVERIFY(url.port() > 0);
    QTRY_VERIFY(QFile::exists(credential) && QFile::exists(ca));
    QFile file(credential);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.startsWith("HostName=localhost;SharedAccessKeyName=")); // no port, as SDKs want it
    QVERIFY(text.contains(";SharedAccessKey="));
    for (const QString &written : {credential, ca})
        QCOMPARE(QFileInfo(written).permissions() & (QFile::ReadGroup | QFile::ReadOther),
            QFile::Permissions());
    serve.signal(SIGTERM);
    const Ran ran = serve.wait();
    QCOMPARE(ran.exit, 0);
    QCOMPARE(ran.out, QByteArray());
}

QTEST_GUILESS_MAIN(ContractJsonTest)
#include "contractjson.moc"
