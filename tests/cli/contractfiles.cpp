// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/plainsql.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// The files a station lives by: where they are looked for, and what they may say.
class ContractFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void anUnknownKeyIsNamedWithThoseAllowed_data();
    void anUnknownKeyIsNamedWithThoseAllowed();
    void whatIsProvenIsResumedUnlessAsked();
    void aSerialIsNeverPutIntoATarget();
    void anEmptySerialsFileTestsNothing();
    void aClosedInputTestsNothing();
    void pathsAreRelativeToTheFileThatNamesThem();
    void theUsersFoldersAreThoseOfXdg();
    void trainingIsRefusedInProduction();
    void aPlanWithAnUnknownCheckIsRefused();
    void theFactorysFactsFillTheEnrollment();
    void theStationsOwnTpmIsNoDevice();
    void anOwnTpmThatIsNamedMustAnswer_data();
    void anOwnTpmThatIsNamedMustAnswer();

private:
    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_place;
    QByteArray m_settings;
};

void ContractFilesTest::initTestCase()
{
    m_place = std::make_unique<LinePlace>(1, m_workplace.path(u"line"_s));
    QFile file(m_place->station());
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_settings = file.readAll();
}

void ContractFilesTest::init()
{
    m_place->write(u"station.toml"_s, m_settings);
}

void ContractFilesTest::anUnknownKeyIsNamedWithThoseAllowed_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("station.toml") << u"station.toml"_s << u"url = \"sqlite"_s << u"uri = \"sqlite"_s
                                  << QByteArray("station.toml:9:7: unknown key \"uri\"; allowed "
                                                "here: checkpoint_every, replica, url");
    QTest::newRow("plan.toml") << u"plan.toml"_s << u"attempts = 3"_s << u"attempt = 3"_s
                               << QByteArray("unknown key \"attempt\"; allowed here: attempts, "
                                             "release_by");
}

void ContractFilesTest::anUnknownKeyIsNamedWithThoseAllowed()
{
    QFETCH(const QString, file);
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QFETCH(const QByteArray, says);
    if (file == u"plan.toml")
        m_place->usePlan(before, after);
    else
        m_place->edit(file, before, after);
    const Ran ran = m_place->run({u"SN-0009"_s});
    QVERIFY2(ran.exit == 2, ran.said());
    QCOMPARE(ran.out, QByteArray());
    QVERIFY2(ran.err.contains(file.toUtf8() + ':') && ran.err.contains(says), ran.said());
}

void ContractFilesTest::whatIsProvenIsResumedUnlessAsked()
{
    const Ran first = m_place->run({u"SN-0001"_s});
    QVERIFY2(first.exit == 0, first.said());
    const QJsonObject resumed = m_place->run({u"SN-0001"_s}).json().value(0);
    QCOMPARE(resumed[u"resumed"].toBool(), true);
    QCOMPARE(resumed[u"entry"], first.json()[0][u"entry"]);
    const Ran again = m_place->run({u"SN-0001"_s}, {u"--again"_s});
    QVERIFY2(again.exit == 0, again.said());
    QCOMPARE(again.json()[0][u"resumed"].toBool(true), false);
    QCOMPARE(again.json()[0][u"verdict"].toString(), u"pass"_s);
    QVERIFY(again.json()[0][u"entry"].toInteger() > first.json()[0][u"entry"].toInteger());
    QCOMPARE(m_place->enrolled().size(), 1);
}

void ContractFilesTest::aSerialIsNeverPutIntoATarget()
{
    const QString file = m_workplace.path(u"arguments"_s);
    m_place->write(u"reach.sh"_s,
        u"printf '%%s|' \"$@\" > '%1'\nexec tpm2_send -T '%2'\n"_s
            .arg(file, m_place->training().jobs()[0].target)
            .replace(u"%%"_s, u"%"_s)
            .toUtf8());
    const QString target = u"cmd:sh %1 {serial} %1 $serial"_s.arg(m_place->path(u"reach.sh"_s));
    const Ran ran = m_place->run({u"SN-0001\t"_s + target}, {u"--again"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json()[0][u"target"].toString(), target);
    QFile arguments(file);
    QVERIFY(arguments.open(QIODevice::ReadOnly));
    const QByteArray seen = arguments.readAll();
    QVERIFY2(seen.startsWith("{serial}|") && !seen.contains("SN-0001"), seen);
}

void ContractFilesTest::anEmptySerialsFileTestsNothing()
{
    m_place->write(u"none.txt"_s, {});
    const Ran ran = runCli({u"run"_s, u"--station"_s, m_place->station(), u"--serials"_s,
        m_place->path(u"none.txt"_s), u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().size(), 1);
    QCOMPARE(ran.json()[0][u"total"].toInt(-1), 0);
}

void ContractFilesTest::aClosedInputTestsNothing()
{
    for (const char *input : {"<&-", "</dev/null"}) {
        const Ran ran = support::run(u"/bin/sh"_s,
            {u"-c"_s,
                u"exec \"$0\" run --station \"$1\" --serials - --json %1"_s.arg(
                    QLatin1String(input)),
                QStringLiteral(BINARY_FOLDER "/ekstation-cli"), m_place->station()});
        QVERIFY2(ran.exit == 0, ran.said());
        QCOMPARE(ran.json().size(), 1);
        QCOMPARE(ran.json()[0][u"total"].toInt(-1), 0);
    }
}

void ContractFilesTest::pathsAreRelativeToTheFileThatNamesThem()
{
    // The program runs elsewhere; ledger and credential stand beside station.toml.
    QVERIFY(QDir::currentPath() != QFileInfo(m_place->station()).path());
    QCOMPARE(m_place->run({u"SN-0001"_s}).exit, 0);
    QVERIFY(QFile::exists(m_place->path(u"ledger.db"_s)));
    QVERIFY(!QFile::exists(u"ledger.db"_s));
}

void ContractFilesTest::theUsersFoldersAreThoseOfXdg()
{
    QVERIFY(QDir().mkpath(m_workplace.path(u"config/ekstation"_s)));
    QVERIFY(QFile::link(m_place->station(), m_workplace.path(u"config/ekstation/station.toml"_s)));
    const Ran records = runCli({u"records"_s, u"--json"_s});
    // The link's folder, not the file's, is where its relative paths start: no ledger is there.
    QVERIFY2(records.exit == 2 && records.err.contains("config/ekstation"), records.said());
    QVERIFY(!QDir(m_workplace.path(u"run/ekstation"_s)).entryList({u"target-*.lock"_s}).isEmpty());
    support::Cli serve({u"serve"_s});
    QVERIFY(!serve.line().isEmpty());
    QVERIFY(QFile::exists(m_workplace.path(u"data/ekstation/stand-in/ca.pem"_s)));
}

void ContractFilesTest::trainingIsRefusedInProduction()
{
    m_place->edit(u"station.toml"_s, u"purpose = \"training\""_s, u"purpose = \"production\""_s);
    const Ran ran = m_place->run({u"SN-0001"_s});
    QVERIFY2(ran.exit == 2, ran.said());
    QVERIFY2(ran.err.contains("plan \"training\" has purpose training, the station has production"),
        ran.said());
}

void ContractFilesTest::aPlanWithAnUnknownCheckIsRefused()
{
    m_place->usePlan(u"name = \"kind\""_s, u"name = \"smell\""_s);
    const QString plan = m_place->path(u"plan.toml"_s);
    for (const QStringList &command : {QStringList{u"read"_s, u"--device"_s,
                                           m_place->training().jobs()[0].target, u"--plan"_s, plan},
             QStringList{u"plan"_s, u"check"_s, plan}}) {
        const Ran ran = runCli(command);
        QVERIFY2(ran.exit == (command[0] == u"read" ? 2 : 1), ran.said());
        QVERIFY2(ran.err.contains("plan.toml:") && ran.err.contains("\"smell\"")
                && ran.err.contains("presence, selftest, model, kind"),
            ran.said());
        QCOMPARE(ran.out, QByteArray());
    }
}

void ContractFilesTest::theFactorysFactsFillTheEnrollment()
{
    const LinePlace place(1, m_workplace.path(u"facts"_s));
    place.usePlan(u"device_id = \"{serial}\""_s, u"device_id = \"{product}-{deviceId}\""_s);
    // A fact that nobody told is the station's error, not an empty name.
    place.edit(u"station.toml"_s, u"[line]"_s,
        u"[admit]\ncommand = [\"/bin/echo\", '{\"allow\":true,\"product\":\"box\"}']\n\n"
        "[line]"_s);
    const Ran missing = place.run({u"SN-0001"_s});
    QVERIFY2(missing.exit == 3, missing.said());
    QCOMPARE(missing.json()[0][u"error"][u"code"].toString(), u"enrollment"_s);
    QVERIFY2(
        missing.json()[0][u"error"][u"detail"].toString().contains(u"{deviceId}"), missing.said());
    place.edit(u"station.toml"_s, u"\"box\""_s, u"\"box\",\"deviceId\":\"77\""_s);
    const Ran ran = place.run({u"SN-0001"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    const auto payloads =
        support::rowsOf(place.path(u"ledger.db"_s), u"SELECT payload FROM delivery"_s);
    QCOMPARE(payloads.size(), 1);
    QCOMPARE(
        QJsonDocument::fromJson(payloads[0][0].toByteArray())[u"deviceId"].toString(), u"box-77"_s);
}

void ContractFilesTest::theStationsOwnTpmIsNoDevice()
{
    const LinePlace place(2, m_workplace.path(u"own"_s));
    const QStringList targets = place.training().simulator().targets();
    const auto persistent = [&] {
        return support::run(u"tpm2_getcap"_s, {u"-T"_s, targets[0], u"handles-persistent"_s}).out;
    };
    place.edit(u"station.toml"_s, u"[ledger]"_s, u"tpm = \"%1\"\n\n[ledger]"_s.arg(targets[0]));
    const QStringList serials{u"OWN-1\t"_s + targets[0], u"UNIT-2\t"_s + targets[1]};
    const QByteArray before = persistent();
    const Ran ran = place.run(serials);
    QVERIFY2(ran.exit == 3, ran.said());
    for (const QJsonObject &ended : ran.json()) {
        if (ended[u"serial"] == u"OWN-1"_s) {
            QCOMPARE(ended[u"verdict"].toString(), u"error"_s);
            QCOMPARE(ended[u"error"][u"code"].toString(), u"own-tpm"_s);
        } else if (ended.contains(u"serial"_s)) {
            QCOMPARE(ended[u"verdict"].toString(), u"pass"_s);
        }
    }
    QCOMPARE(persistent(), before);
    QStringList forPeople = place.runArguments(serials.first(1));
    forPeople.removeAll(u"--json"_s);
    const Ran told = runCli(forPeople);
    QVERIFY2(told.out.contains("This slot leads to the station's own TPM"), told.said());
    // Whoever only looks may look at it, and a plan that writes nothing does no harm.
    const Ran read =
        runCli({u"read"_s, u"--device"_s, targets[0], u"--plan"_s, u"training"_s, u"--json"_s});
    QVERIFY2(read.exit == 0, read.said());
    place.usePlan(u"drop_identity = true"_s, u"drop_identity = false"_s);
    place.edit(u"plan.toml"_s, u"\nek = true"_s, u"\nek = false"_s);
    place.edit(u"plan.toml"_s, u"\nsrk = true"_s, u"\nsrk = false"_s);
    const Ran harmless = place.run(serials.first(1));
    QVERIFY2(harmless.exit == 0, harmless.said());
    QCOMPARE(persistent(), before);
}

void ContractFilesTest::anOwnTpmThatIsNamedMustAnswer_data()
{
    QTest::addColumn<QString>("tpm");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no target") << u"cmd:"_s << QByteArray("station.toml:");
    QTest::newRow("nothing there")
        << u"swtpm:path=/nowhere/tpm"_s << QByteArray("the station's own TPM (tpm in [station])");
}

void ContractFilesTest::anOwnTpmThatIsNamedMustAnswer()
{
    QFETCH(const QString, tpm);
    QFETCH(const QByteArray, says);
    m_place->edit(u"station.toml"_s, u"[ledger]"_s, u"tpm = \"%1\"\n\n[ledger]"_s.arg(tpm));
    const Ran ran = m_place->run({u"SN-0001"_s});
    QVERIFY2(ran.exit == 2, ran.said());
    QVERIFY2(ran.err.contains(says), ran.said());
}

QTEST_GUILESS_MAIN(ContractFilesTest)
#include "contractfiles.moc"
