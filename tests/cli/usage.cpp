// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Ran;
using support::runCli;

/// What somebody gets who types something wrong, or asks for help.
class UsageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCommandHasHelpWithAnExample_data();
    void everyCommandHasHelpWithAnExample();
    void wrongUseExitsWith2_data();
    void wrongUseExitsWith2();
    void aWrongPlanNamesFileLineAndKey();

private:
    support::Workplace m_workplace;
};

void UsageTest::everyCommandHasHelpWithAnExample_data()
{
    QTest::addColumn<QString>("command");
    for (const char *command : {"read", "run", "demo", "records", "show", "upload", "serve",
             "register", "plan check", "doctor", "ek", "roots import", "roots list", "ekset export",
             "ekset import", "export", "verify", "import", "receive", "credentials add",
             "credentials test", "credentials list", "credentials remove", "unit ship",
             "unit replace-board", "unit scrap", "unit repair", "unit return", "unit retest",
             "unit history", "person add", "person change", "person erase", "person list", "gate",
             "order release", "reconcile", "ledger clock", "ledger backup", "ledger restore"})
        QTest::newRow(command) << QString::fromLatin1(command);
}

void UsageTest::everyCommandHasHelpWithAnExample()
{
    QFETCH(QString, command);
    const Ran all = runCli({u"--help"_s});
    QCOMPARE(all.exit, 0);
    QVERIFY(all.out.contains("\n  " + command.toLatin1() + " "));
    const Ran one = runCli(command.split(u' ') + QStringList{u"--help"_s});
    QCOMPARE(one.exit, 0);
    QVERIFY2(one.out.startsWith("Usage: ekstation-cli " + command.toLatin1()), one.said());
    QVERIFY2(one.out.contains("Example:\n  ekstation-cli " + command.toLatin1()), one.said());
    QCOMPARE(one.err, QByteArray());
}

void UsageTest::wrongUseExitsWith2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QString &line, const char *says) {
        QTest::newRow(name) << line.split(u' ', Qt::SkipEmptyParts) << QByteArray(says);
    };
    row("no such command", u"enrol"_s, "no command \"enrol\"");
    row("read without a device", u"read"_s, "--device TARGET");
    row("read with a word too many", u"read --device device:/dev/null now"_s, "nothing else");
    row("read with an unknown plan", u"read --device device:/dev/null --plan nonsense"_s,
        "nonsense");
    row("an unknown option", u"read --devise x"_s, "devise");
    row("run without settings", u"run"_s, "--station FILE");
    row("run with settings that are not there", u"run --station nowhere.toml"_s, "nowhere.toml");
    row("no devices", u"demo --devices 0"_s, "1 to 256");
    row("no number of devices", u"demo --devices many"_s, "1 to 256");
    row("too many devices", u"demo --devices 257"_s, "1 to 256");
    row("no port", u"serve --listen 127.0.0.1"_s, "ADDRESS:PORT");
    row("no address", u"serve --listen nobody:1"_s, "ADDRESS:PORT");
    row("no number", u"serve --throttle often"_s, "--throttle");
    row("less than nothing", u"serve --latency -1"_s, "--latency");
    row("no scope", u"serve --id-scope a/b"_s, "0ne00000000");
    row("no hub", u"serve --hub https://hub"_s, "--hub");
    row("an unknown right", u"serve --policy reader=Everything"_s, "EnrollmentRead");
    row("a policy's name with a slash", u"serve --policy ../a=EnrollmentRead"_s, "--policy");
    row("an unknown assumption", u"serve --assume bulk=yes"_s, "bulk-atomic");
    row("register without a device", u"register --service https://a --id-scope b"_s, "--device");
    row("register with a word too many", u"register a"_s, "--device");
    row("upload without settings", u"upload"_s, "--station FILE");
    row("doctor without settings", u"doctor"_s, "--station FILE");
    row("plan check without a file", u"plan check"_s, "FILE");
    row("show without an entry", u"show"_s, "ID");
}

void UsageTest::wrongUseExitsWith2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Ran ran = runCli(arguments);
    QCOMPARE(ran.exit, 2);
    QCOMPARE(ran.out, QByteArray());
    QVERIFY2(ran.err.startsWith("ekstation-cli: "), ran.said());
    QVERIFY2(ran.err.contains(says), ran.said());
}

void UsageTest::aWrongPlanNamesFileLineAndKey()
{
    QFile file(m_workplace.path(u"plan.toml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("schema = 1\nname = \"mine\"\nversion = \"1\"\nserail = 3\n");
    file.close();
    const Ran ran = runCli({u"plan"_s, u"check"_s, file.fileName()});
    QCOMPARE(ran.exit, 1);
    QVERIFY2(ran.err.contains("plan.toml:4:") && ran.err.contains("serail"), ran.said());
}

QTEST_GUILESS_MAIN(UsageTest)
#include "usage.moc"
