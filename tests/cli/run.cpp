// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// ekstation-cli run, from its files to its exit code.
class RunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void serialsComeAsTheyAreScanned();
    void aStopAbortsWhatRuns();
    void wrongFilesAreNamed_data();
    void wrongFilesAreNamed();
    void aLedgerKeepsItsPurpose();
    void aSecondLineOfTheStationIsRefused();
    void aPromptHasNobodyToAnswerIt();
    void theFactorysSystemHasItsSay();
    void theFactorysSystemIsTold();
    void whatIsHeldGoesWhenItIsReleased();
    void recordsAndShowReadWhatRunWrote();

private:
    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_untouched; ///< no row gets as far as its ledger
};

void RunTest::serialsComeAsTheyAreScanned()
{
    const LinePlace place(1, m_workplace.path(u"scan"_s));
    support::Cli line({u"run"_s, u"--station"_s, place.station(), u"--json"_s});
    line.write("SCAN-1\n");
    const QJsonObject first = QJsonDocument::fromJson(line.line()).object();
    QCOMPARE(first[u"serial"].toString(), u"SCAN-1"_s);
    QCOMPARE(first[u"verdict"].toString(), u"pass"_s);
    line.write("SCAN-1\nno good\n");
    const QJsonObject again = QJsonDocument::fromJson(line.line()).object();
    QCOMPARE(again[u"resumed"].toBool(), true);
    QCOMPARE(again[u"entry"], first[u"entry"]);
    line.closeInput();
    const Ran ran = line.wait();
    QCOMPARE(ran.exit, 0);
    QCOMPARE(ran.json().value(0)[u"total"].toInt(), 2);
    QVERIFY2(ran.err.contains("a serial has no spaces"), ran.said());
}

void RunTest::aStopAbortsWhatRuns()
{
    const LinePlace place(2, m_workplace.path(u"stop"_s));
    ::kill(place.pidOf(1), SIGSTOP);
    place.write(u"serials.txt"_s, "STOP-1\nSTOP-2\nSTOP-3\n");
    place.edit(u"serials.txt"_s, u"STOP-3\n"_s, {});
    support::Cli line({u"run"_s, u"--station"_s, place.station(), u"--serials"_s,
        place.path(u"serials.txt"_s), u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(line.line())[u"serial"].toString(), u"STOP-1"_s);
    line.signal(SIGTERM);
    const Ran ran = line.wait();
    QCOMPARE(ran.exit, 1);
    const QJsonObject stopped = ran.json().value(0);
    QCOMPARE(stopped[u"serial"].toString(), u"STOP-2"_s);
    QCOMPARE(stopped[u"verdict"].toString(), u"aborted"_s);
    QVERIFY(stopped[u"entry"].toInteger() > 0);
    QCOMPARE(ran.json().value(1)[u"aborted"].toInt(), 1);
    ::kill(place.pidOf(1), SIGCONT);
}

void RunTest::wrongFilesAreNamed_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QByteArray>("says");
    const QString toml = u"station.toml"_s;
    const auto row = [](const char *name, const QString &file, const QString &before,
                         const QString &after, const char *says) {
        QTest::newRow(name) << file << before << after << QByteArray(says);
    };
    row("an unknown key", toml, u"url = \"sqlite"_s, u"uri = \"sqlite"_s, "station.toml:9:");
    row("a wrong type", toml, u"schema = 1"_s, u"schema = \"1\""_s, "station.toml:2:");
    row("no TOML", toml, u"[ledger]"_s, u"[ledger"_s, "station.toml:8:");
    row("a newer form", toml, u"schema = 1"_s, u"schema = 2"_s, "station.toml:2:");
    row("no such plan", toml, u"plan = \"training\""_s, u"plan = \"nonsense\""_s, "nonsense");
    row("a plan of another purpose", toml, u"plan = \"training\""_s, u"plan = \"production\""_s,
        "purpose");
    row("a slot twice", toml, u"name = \"2\""_s, u"name = \"1\""_s, "two slots");
    row("no service for the plan", toml, u"[service.main]"_s, u"[service.other]"_s, "service.main");
    row("a service without TLS", toml, u"https://"_s, u"http://"_s, "https://");
    row("no credential", toml, u"file:main.credential"_s, u"file:nowhere"_s, "nowhere");
    row("a key in the settings", toml, u"\"file:main.credential\""_s,
        u"\"HostName=a;SharedAccessKey=c2VjcmV0\""_s, "never stands in this file");
    row("no stand-in for training", toml, u"test = true"_s, u"test = false"_s, "test = true");
    row("reports without TLS", toml, u"[line]"_s,
        u"[report]\nurl = \"http://mes.example/\"\n\n[line]"_s, "https://HOST");
    row("reports to two places", toml, u"[line]"_s,
        u"[report]\nurl = \"https://mes.example/\"\ncommand = [\"/bin/true\"]\n\n[line]"_s,
        "not to both");
    row("reports whose CA is nowhere", toml, u"[line]"_s,
        u"[report]\nurl = \"https://mes.example/\"\nca = \"nowhere.pem\"\n\n[line]"_s,
        "nowhere.pem");
    row("a service called report", toml, u"[service.main]"_s, u"[service.report]"_s,
        "cannot be called");
    row("a serial with a space", u"serials.txt"_s, u"GOOD-1"_s, u"NO GOOD"_s, "serials.txt:1:");
    row("too many columns", u"serials.txt"_s, u"GOOD-1"_s, u"A-1\ta\tb"_s, "serials.txt:1:");
}

void RunTest::wrongFilesAreNamed()
{
    QFETCH(QString, file);
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QByteArray, says);
    if (!m_untouched)
        m_untouched = std::make_unique<LinePlace>(2, m_workplace.path(u"wrong"_s));
    const LinePlace &place = *m_untouched;
    place.write(u"serials.txt"_s, "GOOD-1\n");
    QFile good(place.station());
    QVERIFY(good.open(QIODevice::ReadOnly));
    const QByteArray settings = good.readAll();
    place.edit(file, before, after);
    const Ran ran = runCli({u"run"_s, u"--station"_s, place.station(), u"--serials"_s,
        place.path(u"serials.txt"_s), u"--json"_s});
    place.write(u"station.toml"_s, settings);
    QVERIFY2(ran.exit == 2, ran.said());
    QCOMPARE(ran.out, QByteArray());
    QVERIFY2(ran.err.contains(says), ran.said());
    QVERIFY2(!ran.err.contains("c2VjcmV0"), ran.said());
    QVERIFY(!QFile::exists(place.path(u"ledger.db"_s)));
}

void RunTest::aLedgerKeepsItsPurpose()
{
    const LinePlace place(1, m_workplace.path(u"purpose"_s));
    QCOMPARE(place.run({u"SN-0001"_s}).exit, 0);
    place.edit(u"station.toml"_s, u"purpose = \"training\""_s, u"purpose = \"production\""_s);
    place.edit(u"station.toml"_s, u"plan = \"training\""_s, u"plan = \"production\""_s);
    place.edit(u"station.toml"_s, u"test = true"_s, u"test = false"_s);
    const Ran ran = place.run({u"SN-0002"_s});
    QVERIFY2(ran.exit == 2, ran.said());
    QVERIFY2(ran.err.contains("training"), ran.said());
}

void RunTest::aSecondLineOfTheStationIsRefused()
{
    const LinePlace place(1, m_workplace.path(u"second"_s));
    support::Cli first({u"run"_s, u"--station"_s, place.station(), u"--json"_s});
    first.write("FIRST-1\n");
    QVERIFY(!first.line().isEmpty());
    const Ran second = place.run({u"SECOND-1"_s});
    QVERIFY2(second.exit == 3, second.said());
    QVERIFY2(second.err.contains(QByteArray::number(first.pid())), second.said());
    first.closeInput();
    QCOMPARE(first.wait().exit, 0);
}

void RunTest::aPromptHasNobodyToAnswerIt()
{
    const LinePlace place(1, m_workplace.path(u"prompt"_s));
    place.edit(u"station.toml"_s, u"name = \"1\""_s, u"name = \"1\"\nprompt = \"Switch it on\""_s);
    const Ran ran = place.run({u"DEV-1"_s});
    QVERIFY2(ran.exit == 3 && ran.err.contains("Switch it on") && ran.out.isEmpty(), ran.said());
}

void RunTest::theFactorysSystemHasItsSay()
{
    const LinePlace place(1, m_workplace.path(u"admit"_s));
    place.write(u"admit.sh"_s,
        "read line\ncase $line in *GOOD*) echo '{\"allow\":true,\"order\":\"A-7\"}';;"
        " *) echo '{\"allow\":false,\"reason\":\"no such order\"}';; esac\n");
    place.edit(u"station.toml"_s, u"[line]"_s,
        u"[admit]\ncommand = [\"/bin/sh\", \"%1\"]\n\n[line]"_s.arg(place.path(u"admit.sh"_s)));
    const Ran ran = place.run({u"GOOD-1"_s, u"BAD-1"_s});
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(ran.json().size(), 2);
    QCOMPARE(ran.json().value(0)[u"verdict"].toString(), u"pass"_s);
    QVERIFY2(
        ran.err.contains("BAD-1 is not tested") && ran.err.contains("no such order"), ran.said());
    const Ran records =
        runCli({u"records"_s, u"--station"_s, place.station(), u"--json"_s, u"A-7"_s});
    QCOMPARE(records.json().size(), 1);
    QCOMPARE(records.json().value(0)[u"serial"].toString(), u"GOOD-1"_s);
}

void RunTest::theFactorysSystemIsTold()
{
    const LinePlace place(1, m_workplace.path(u"told"_s));
    const auto listens = [&place] { return QFile::exists(place.path(u"open"_s)); };
    place.write(u"tell.sh"_s, "cd \"$1\"; test -e open || exit 75; cat >> told\n");
    place.edit(u"station.toml"_s, u"[line]"_s,
        u"[report]\ncommand = [\"/bin/sh\", \"%1\", \"%2\"]\n\n[line]"_s.arg(
            place.path(u"tell.sh"_s), place.path(u"."_s)));
    QVERIFY(!listens());
    const Ran away = place.run({u"TOLD-1"_s});
    QVERIFY2(away.exit == 0, away.said()); // what is not told yet is no trouble of the device
    QVERIFY2(away.err.contains("not everything is delivered"), away.said());
    place.write(u"open"_s, {});
    QVERIFY2(place.run({u"TOLD-1"_s}, {u"--again"_s}).exit == 0, "again");
    QFile told(place.path(u"told"_s));
    QVERIFY(told.open(QIODevice::ReadOnly));
    const auto reports = told.readAll().trimmed().split('\n');
    QCOMPARE(reports.size(), 2);
    for (int number = 0; number < 2; ++number) {
        const auto report = QJsonDocument::fromJson(reports[number]);
        QCOMPARE(report[u"entry"].toString(), u"training/%1"_s.arg(number + 1));
        QCOMPARE(report[u"exam"][u"serial"].toString(), u"TOLD-1"_s);
        QCOMPARE(report[u"exam"][u"verdict"].toString(), u"pass"_s);
    }
    const Ran upload = runCli({u"upload"_s, u"--station"_s, place.station(), u"--json"_s});
    QMap<QString, int> confirmed;
    for (const QJsonObject &one : upload.json())
        confirmed[one[u"service"].toString()] = one[u"confirmed"].toInt();
    QCOMPARE(confirmed, (QMap<QString, int>{{u"main"_s, 1}, {u"report"_s, 2}}));
}

void RunTest::whatIsHeldGoesWhenItIsReleased()
{
    const LinePlace place(2, m_workplace.path(u"held"_s));
    place.usePlan(u"when = \"pass\""_s, u"when = \"ship\""_s);
    const Ran ran = place.run({u"SHIP-1"_s, u"SHIP-2"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().value(0)[u"delivery"].toString(), u"held"_s);
    QVERIFY(place.enrolled().isEmpty());
    const QStringList at{u"--station"_s, place.station()};
    const Ran shipped = runCli(QStringList{u"unit"_s, u"ship"_s, u"SHIP-2"_s, u"--json"_s} + at);
    QVERIFY2(shipped.exit == 0, shipped.said());
    QCOMPARE(shipped.json().value(0)[u"deliveries"].toInt(), 1);
    QCOMPARE(runCli(QStringList{u"upload"_s} + at).exit, 0);
    QCOMPARE(place.enrolled().size(), 1);
    const Ran again = runCli(QStringList{u"unit"_s, u"ship"_s, u"SHIP-2"_s, u"SHIP-1"_s} + at);
    QVERIFY2(again.exit == 1 && again.err.contains("unit SHIP-2 is shipped"), again.said());
    const Ran nobody = runCli(QStringList{u"order"_s, u"release"_s, u"4711"_s} + at);
    QVERIFY2(nobody.exit == 1 && nobody.err.contains("nothing of order 4711"), nobody.said());
    QCOMPARE(runCli(QStringList{u"upload"_s} + at).exit, 0);
    QCOMPARE(place.enrolled().size(), 2);
    QCOMPARE(runCli({u"unit"_s, u"ship"_s, u"SHIP-1"_s}).exit, 2);
}

void RunTest::recordsAndShowReadWhatRunWrote()
{
    const LinePlace place(1, m_workplace.path(u"records"_s));
    const QJsonObject ran = place.run({u"SN-0001"_s}).json().value(0);
    const QStringList at{u"--station"_s, place.station(), u"--json"_s};
    const QJsonObject record = runCli(QStringList{u"records"_s} + at).json().value(0);
    QCOMPARE(record[u"serial"], ran[u"serial"]);
    QCOMPARE(record[u"ekSha256"], ran[u"ek"][u"sha256"]);
    QCOMPARE(record[u"delivery"].toString(), u"confirmed"_s);
    for (const QString &name : {u"SN-0001"_s, u"1"_s, u"training/1"_s}) {
        const Ran shown = runCli(QStringList{u"show"_s, name} + at);
        QVERIFY2(shown.exit == 0, shown.said());
        const QJsonObject entry = shown.json().value(0);
        QCOMPARE(entry[u"body"][u"ek"], ran[u"ek"]);
        QCOMPARE(entry[u"binding"][u"state"].toString(), u"active"_s);
        QCOMPARE(entry[u"deliveries"][0][u"state"].toString(), u"confirmed"_s);
    }
    QCOMPARE(runCli(QStringList{u"show"_s, u"SN-0009"_s} + at).exit, 2);
    QCOMPARE(runCli({u"records"_s, u"--ledger"_s, u"sqlite:nowhere.db"_s}).exit, 2);
}

QTEST_GUILESS_MAIN(RunTest)
#include "run.moc"
