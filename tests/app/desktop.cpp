// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/classroom.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::Cli;
using support::Ran;

namespace {

const QString desktop = QStringLiteral(BINARY_FOLDER "/ekstation");

/// A station that needs no device and no service.
QByteArray bareStation()
{
    return "schema = 1\n[station]\nid = \"bare\"\npurpose = \"training\"\n[ledger]\n"
           "url = \"sqlite:ledger.db\"\n[line]\nplan = \"training\"\n[[slot]]\nname = \"1\"\n"
           "target = \"swtpm:path=nowhere.sock\"\n[service.main]\nurl = \"https://localhost:1\"\n"
           "credential = \"file:main.credential\"\ntest = true\n[deliver]\nautomatic = false\n";
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s", qPrintable(file.errorString()));
}

} // namespace

/// ekstation as a program: how it starts, and how it ends.
class DesktopTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itSaysWhatItIsWithoutADisplay();
    void wrongUseIsSaid();
    void brokenSettingsAreNamed();
    void recordsOfANewerVersionAreLeftAlone();
    void aSecondWindowRaisesTheFirst();
    void withoutItsDisplayItEndsAndLeavesNothing();

private:
    support::Workplace m_workplace;
};

void DesktopTest::itSaysWhatItIsWithoutADisplay()
{
    qunsetenv("QT_QPA_PLATFORM");
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
    const Ran help = support::run(desktop, {u"--help"_s});
    const Ran version = support::run(desktop, {u"--version"_s});
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QVERIFY2(help.exit == 0, help.said());
    for (const char *part : {"--training", "--station", "--folder", "ekstation --training"})
        QVERIFY2(help.out.contains(part), help.said());
    QCOMPARE(version.exit, 0);
    QCOMPARE(version.out, QByteArray("ekstation " EKSTATION_VERSION "\n"));
}

void DesktopTest::wrongUseIsSaid()
{
    const Ran both = support::run(desktop, {u"--training"_s, u"--station"_s, u"a.toml"_s});
    QCOMPARE(both.exit, 2);
    QVERIFY2(both.err.contains("--help"), both.said());
    QCOMPARE(support::run(desktop, {u"file"_s}).exit, 2);
}

void DesktopTest::brokenSettingsAreNamed()
{
    const QString file = m_workplace.path(u"broken.toml"_s);
    write(file, "schema = 1\n[station]\nid = \"a\"\nporpoise = \"training\"\n");
    Cli window({u"--station"_s, file}, desktop);
    const QByteArray said = window.errorLine();
    QVERIFY2(said.contains("broken.toml:4") && said.contains("porpoise"), said.constData());
    window.signal(SIGTERM);
    QCOMPARE(window.wait().exit, 3);
}

void DesktopTest::recordsOfANewerVersionAreLeftAlone()
{
    const QString folder = m_workplace.path(u"newer"_s);
    QDir().mkpath(folder);
    write(folder + u"/station.toml"_s, bareStation());
    {
        Cli first({u"--station"_s, folder + u"/station.toml"_s}, desktop);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder + u"/ledger.db"_s), 20'000);
        first.signal(SIGTERM);
        QCOMPARE(first.wait().exit, 0);
    }
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"newer"_s);
        database.setDatabaseName(folder + u"/ledger.db"_s);
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(u"UPDATE meta SET schema = 9999"_s));
        database.close();
    }
    QSqlDatabase::removeDatabase(u"newer"_s);
    QFile ledger(folder + u"/ledger.db"_s);
    QVERIFY(ledger.open(QIODevice::ReadOnly));
    const QByteArray before = ledger.readAll();
    Cli second({u"--station"_s, folder + u"/station.toml"_s}, desktop);
    const QByteArray said = second.errorLine();
    QVERIFY2(said.contains("9999") || said.contains("newer"), said.constData());
    second.signal(SIGTERM);
    QCOMPARE(second.wait().exit, 3);
    QVERIFY(ledger.seek(0));
    QCOMPARE(ledger.readAll(), before);
}

void DesktopTest::aSecondWindowRaisesTheFirst()
{
    const QString folder = m_workplace.path(u"single"_s);
    QDir().mkpath(folder);
    write(folder + u"/station.toml"_s, bareStation());
    const QStringList arguments{u"--station"_s, folder + u"/station.toml"_s};
    Cli first(arguments, desktop);
    const QDir locks(m_workplace.path(u"run/ekstation"_s));
    QTRY_VERIFY_WITH_TIMEOUT(
        !locks.entryList({u"*.window"_s}, QDir::System | QDir::Files).isEmpty(), 20'000);
    const Ran second = support::run(desktop, arguments);
    QVERIFY2(second.exit == 0 && second.err.isEmpty(), second.said());
    // The line without a window is another program, and is refused.
    const Ran line =
        support::runCli(QStringList{u"run"_s, u"--serials"_s, u"/dev/null"_s} + arguments);
    QVERIFY2(line.exit == 3 && line.err.contains(QByteArray::number(first.pid())), line.said());
    first.signal(SIGTERM);
    QCOMPARE(first.wait().exit, 0);
}

void DesktopTest::withoutItsDisplayItEndsAndLeavesNothing()
{
    const QString folder = m_workplace.path(u"display"_s);
    const auto prepared = app::Classroom::prepare(folder);
    QVERIFY2(prepared, prepared ? "" : qPrintable(prepared.error().detail));
    Cli display(
        {u"-displayfd"_s, u"1"_s, u"-nolisten"_s, u"tcp"_s, u"-screen"_s, u"0"_s, u"1280x800x24"_s},
        u"Xvfb"_s);
    const QByteArray number = display.line();
    QVERIFY(!number.isEmpty());
    qputenv("DISPLAY", ":" + number);
    qputenv("QT_QPA_PLATFORM", "xcb");
    Cli window({u"--training"_s, u"--folder"_s, folder}, desktop);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QTRY_VERIFY_WITH_TIMEOUT(
        !support::processesWith("--tpmstate dir=" + folder.toUtf8()).isEmpty(), 60'000);
    display.signal(SIGKILL);
    const Ran ran = window.wait();
    QVERIFY2(ran.exit != 0, ran.said());
    QTRY_VERIFY_WITH_TIMEOUT(support::processesWith(folder.toUtf8()).isEmpty(), 10'000);
    const Ran records =
        support::runCli({u"records"_s, u"--station"_s, folder + u"/station.toml"_s, u"--json"_s});
    QVERIFY2(records.exit == 0, records.said());
}

QTEST_GUILESS_MAIN(DesktopTest)
#include "desktop.moc"
