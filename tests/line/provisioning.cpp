// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/simulator.h"
#include "tests/support/standin.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/endorsement.h"
#include "upload/sastoken.h"
#include "upload/standin/authority.h"
#include "upload/standin/registrations.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::Cli;
using support::Ran;
using support::runCli;
using support::StandIn;
using support::Swtpm;

namespace {

void write(const QString &path, const QString &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
        qFatal("%s cannot be written", qPrintable(path));
}

/// A station for these devices and this service, written as a person would.
QString stationFor(const QString &folder, const QStringList &targets, const StandIn &service)
{
    QString text = u"schema = 1\n\n[station]\nid = \"line-1\"\npurpose = \"training\"\n\n"
                   "[ledger]\nurl = \"sqlite:ledger.db\"\n\n[line]\nplan = \"training\"\n"_s;
    for (qsizetype slot = 0; slot < targets.size(); ++slot)
        text += u"\n[[slot]]\nname = \"%1\"\ntarget = \"%2\"\n"_s.arg(slot + 1).arg(targets[slot]);
    text += u"\n[service.main]\nurl = \"%1\"\ncredential = \"file:%2\"\nca = \"%3\"\n"
            "quota_per_minute = 100000\ntest = true\n"_s.arg(
                service.url().toString(), service.credentialFile(), service.caFile());
    const QString path = folder + u"/station.toml"_s;
    write(path, text);
    return path;
}

QByteArray endorsementKeyOf(const QString &target)
{
    const Ran ran = runCli({u"read"_s, u"--device"_s, target, u"--json"_s});
    return QByteArray::fromBase64(
        ran.json().value(0)[u"ek"].toObject()[u"public"].toString().toLatin1());
}

QString idOf(const QByteArray &endorsementKey)
{
    return tpm::parseEndorsementKey(endorsementKey)->registrationId();
}

} // namespace

/// From the scan to the hub, with the commands that a person has.
class ProvisioningTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void eightDevicesGoFromTheScanToTheirHub();
    void aClearedDeviceComesBackWithoutANewEnrollment();
    void anotherDevicesKeyIsRefused();
    void aBadLineIsNoReasonToGiveUp();
    void whatIsWrongIsNamed_data();
    void whatIsWrongIsNamed();

private:
    support::Workplace m_workplace;
    std::unique_ptr<StandIn> m_service;
};

void ProvisioningTest::initTestCase()
{
    m_service = std::make_unique<StandIn>(m_workplace.path(u"service"_s), QStringList());
}

void ProvisioningTest::eightDevicesGoFromTheScanToTheirHub()
{
    const auto devices = station::Simulator::start(8, m_workplace.path(u"devices"_s));
    QVERIFY(devices);
    const QStringList targets = devices->targets();
    const QString station = stationFor(m_workplace.folder(), targets, *m_service);
    QStringList serials;
    for (int device = 1; device <= 8; ++device)
        serials.append(u"UNIT-%1"_s.arg(device));
    const Ran line = runCli(
        {u"run"_s, u"--station"_s, station, u"--json"_s}, serials.join(u'\n').toUtf8() + '\n');
    QVERIFY2(line.exit == 0, line.said());
    QCOMPARE(line.json().last()[u"confirmed"].toInt(), 8);
    QMap<QString, QString> serialOf; // by the SHA-256 of the EK
    for (const QJsonObject &ended : line.json())
        if (ended.contains(u"serial"_s))
            serialOf[ended[u"ek"].toObject()[u"sha256"].toString()] = ended[u"serial"].toString();
    QCOMPARE(serialOf.size(), 8);

    std::vector<std::unique_ptr<Cli>> registrations; // side by side, as devices do it
    for (const QString &target : targets)
        registrations.push_back(std::make_unique<Cli>(
            m_service->registration(target) + QStringList{u"--show-token"_s}));
    const auto books = upload::standin::Books::open(m_service->database());
    QVERIFY(books);
    for (const auto &registration : registrations) {
        const Ran ran = registration->wait();
        QVERIFY2(ran.exit == 0, ran.said());
        const QJsonObject said = ran.json().value(0);
        QCOMPARE(said[u"status"].toString(), u"assigned"_s);
        QCOMPARE(said[u"substatus"].toString(), u"initialAssignment"_s);
        QCOMPARE(said[u"deviceId"].toString(), serialOf.take(said[u"ekSha256"].toString()));
        QStringList steps;
        for (const QJsonValue &step : said[u"steps"].toArray())
            steps.append(step.toObject()[u"step"].toString());
        QCOMPARE(steps,
            QStringList({u"keys"_s, u"challenge"_s, u"activation"_s, u"token"_s, u"assignment"_s,
                u"hub-key"_s}));
        // The hub would believe the device: its token is signed with the key that the hub keeps.
        const auto token = upload::parseToken(said[u"token"].toString().toLatin1());
        const auto key = upload::standin::Registrations(**books).keyOf(
            said[u"hub"].toString(), said[u"deviceId"].toString());
        QVERIFY(token && key && *key);
        QVERIFY(token->isSignedWith(**key));
        QVERIFY(
            token->covers(said[u"hub"].toString() + u"/devices/"_s + said[u"deviceId"].toString()));
    }
    QVERIFY(serialOf.isEmpty());
    for (const QString &target : targets) {
        const Ran kept = support::run(u"tpm2_getcap"_s, {u"-T"_s, target, u"handles-persistent"_s});
        QVERIFY2(kept.out.contains("0x81000100"), kept.said());
        QVERIFY2(kept.out.contains("0x81000001") && kept.out.contains("0x81010001"), kept.said());
        const Ran left = support::run(u"tpm2_getcap"_s, {u"-T"_s, target, u"handles-transient"_s});
        QVERIFY2(left.exit == 0 && left.out.isEmpty(), left.said());
    }
}

void ProvisioningTest::aClearedDeviceComesBackWithoutANewEnrollment()
{
    const Swtpm device;
    const QByteArray key = endorsementKeyOf(device.text());
    m_service->enroll(idOf(key), key);
    const QStringList command = m_service->registration(device.text());
    const Ran first = runCli(command);
    QVERIFY2(first.exit == 0, first.said());
    const QStringList srk{u"-c"_s, u"0x81000001"_s};
    const QByteArray storageKey = device.tool(u"tpm2_readpublic"_s, srk).out;
    QVERIFY(!storageKey.isEmpty());

    QCOMPARE(device.tool(u"tpm2_clear"_s, {}).exit, 0);
    QVERIFY(!device.handles("persistent").contains("0x81000100"));
    const Ran second = runCli(command);
    QVERIFY2(second.exit == 0, second.said());
    QCOMPARE(second.json().value(0)[u"ekSha256"], first.json().value(0)[u"ekSha256"]);
    QCOMPARE(second.json().value(0)[u"deviceId"], first.json().value(0)[u"deviceId"]);
    QVERIFY(device.tool(u"tpm2_readpublic"_s, srk).out != storageKey);
    QVERIFY(device.handles("persistent").contains("0x81000100"));
    QVERIFY(device.leftovers().isEmpty());
    // A secret is shown only to who asks for it.
    QVERIFY(!first.said().contains("SharedAccessSignature"));
    QVERIFY(!first.json().value(0).contains(u"token"_s));
}

void ProvisioningTest::anotherDevicesKeyIsRefused()
{
    const Swtpm mine;
    const Swtpm other;
    const QString id = u"unit-of-another"_s;
    m_service->enroll(id, endorsementKeyOf(other.text()));
    const Ran ran =
        runCli(m_service->registration(mine.text()) + QStringList{u"--registration-id"_s, id});
    QVERIFY2(ran.exit == 1, ran.said());
    const QJsonObject error = ran.json().value(0)[u"error"].toObject();
    QCOMPARE(error[u"code"].toString(), u"refused"_s);
    QVERIFY2(error[u"detail"].toString().contains(u"400004"_s), ran.said());
    QVERIFY2(ran.err.contains("another endorsement key is enrolled"), ran.said());
    QVERIFY(!mine.handles("persistent").contains("0x81000100"));
}

void ProvisioningTest::aBadLineIsNoReasonToGiveUp()
{
    const StandIn service(m_workplace.path(u"bad"_s),
        {u"--throttle"_s, u"4"_s, u"--fail-every"_s, u"5"_s, u"--drop-after"_s, u"3"_s});
    const Swtpm device;
    const QByteArray key = endorsementKeyOf(device.text());
    service.enroll(u"patient"_s, key); // the first of the service's requests
    const Ran ran = runCli(
        service.registration(device.text()) + QStringList{u"--registration-id"_s, u"patient"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QVERIFY2(ran.err.contains("429001") && ran.err.contains("again in"), ran.said());
}

void ProvisioningTest::whatIsWrongIsNamed_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QString &option, const QString &value, int exit,
                         const char *says) {
        QTest::newRow(name) << option << value << exit << QByteArray(says);
    };
    row("no such device", u"--device"_s, u"swtpm:path=/nowhere/tpm.sock"_s, 3, "/nowhere/tpm.sock");
    row("no target", u"--device"_s, u"tpm"_s, 3, "tpm");
    row("no https", u"--service"_s, u"http://localhost:1"_s, 2, "https://");
    row("a path in the URL", u"--service"_s, u"https://localhost:1/scope"_s, 2, "https://");
    row("another CA", u"--ca"_s, u"@other"_s, 3, "certificate");
    row("no CA file", u"--ca"_s, u"/nowhere/ca.pem"_s, 2, "/nowhere/ca.pem");
    row("another scope", u"--id-scope"_s, u"0ne0000000B"_s, 1, "ID scope");
    row("a scope with a slash", u"--id-scope"_s, u"a/b"_s, 2, "ID scope");
    row("an id with a space", u"--registration-id"_s, u"a b"_s, 2, "registration id");
    row("no enrollment", u"--registration-id"_s, u"nobody"_s, 1, "no such enrollment");
}

void ProvisioningTest::whatIsWrongIsNamed()
{
    QFETCH(const QString, option);
    QFETCH(QString, value);
    QFETCH(const int, exit);
    QFETCH(const QByteArray, says);
    const Swtpm device;
    if (value == u"@other") {
        const auto other = upload::standin::openAuthority(m_workplace.path(u"other"_s));
        QVERIFY(other.has_value());
        value = other->caFile;
    }
    QStringList command = m_service->registration(device.text());
    if (const qsizetype at = command.indexOf(option); at >= 0)
        command[at + 1] = value;
    else
        command << option << value;
    const Ran ran = runCli(command);
    QVERIFY2(ran.exit == exit, ran.said());
    QVERIFY2(ran.err.contains(says), ran.said());
    QVERIFY(device.leftovers().isEmpty());
}

QTEST_GUILESS_MAIN(ProvisioningTest)
#include "provisioning.moc"
