// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/simulator.h"

#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace station;

namespace {

/// Moves on; a test without devices shows nothing.
Simulator started(int count, const QString &folder)
{
    auto simulator = Simulator::start(count, folder);
    if (!simulator)
        qFatal("%s", qPrintable(simulator.error().detail));
    return std::move(*simulator);
}

QJsonObject read(const QString &target)
{
    const auto ran = support::runCli({u"read"_s, u"--device"_s, target, u"--json"_s});
    if (ran.exit != 0)
        qFatal("%s", ran.said().constData());
    return ran.json().value(0);
}

} // namespace

/// Simulated devices: real swtpm processes that answer, differ, and end.
class SimulatorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void devicesAnswerAndDiffer();
    void theyDieWithTheirOwner();
    void aCopiedStateIsAClone();
    void theFolderMustBeWritable();
    void aFolderTooDeepForASocketIsNamed();

private:
    support::Workplace m_workplace;
};

void SimulatorTest::devicesAnswerAndDiffer()
{
    const Simulator simulator = started(2, m_workplace.path(u"two"_s));
    QCOMPARE(simulator.targets().size(), 2);
    const QJsonObject one = read(simulator.targets()[0]);
    const QJsonObject two = read(simulator.targets()[1]);
    QVERIFY(one[u"ek"][u"sha256"] != two[u"ek"][u"sha256"]);
    for (const QJsonObject &device : {one, two}) {
        QCOMPARE(device[u"ek"][u"handle"].toString(), u"0x81010001"_s);
        QCOMPARE(device[u"ek"][u"certificates"][0][u"keyMatches"].toBool(), true);
    }
}

void SimulatorTest::theyDieWithTheirOwner()
{
    const QString folder = m_workplace.path(u"mortal"_s);
    pid_t pid = 0;
    {
        const Simulator simulator = started(1, folder);
        pid = simulator.pidOf(0);
        QCOMPARE(::kill(pid, 0), 0);
        QVERIFY(!support::processesWith(folder.toUtf8()).isEmpty());
    }
    QCOMPARE(::kill(pid, 0), -1); // reaped, not only dead
    QCOMPARE(support::processesWith(folder.toUtf8()), QList<qint64>());
}

void SimulatorTest::aCopiedStateIsAClone()
{
    const QString folder = m_workplace.path(u"clone"_s);
    const Simulator simulator = started(1, folder);
    const QString copy = m_workplace.path(u"copy"_s);
    QVERIFY(QDir().mkpath(copy));
    for (const QString &name : QDir(folder + u"/device1"_s).entryList(QDir::Files))
        if (!name.endsWith(u".lock"))
            QVERIFY(QFile::copy(folder + u"/device1/"_s + name, copy + u'/' + name));
    const QString socketPath = m_workplace.path(u"copy.sock"_s);
    const auto child = tpm::Child::start(
        u"swtpm socket --tpm2 --tpmstate dir=%1 --server type=unixio,path=%2 "
        "--flags not-need-init,startup-clear 2>/dev/null"_s.arg(copy, socketPath));
    QVERIFY(child.has_value());
    QTRY_VERIFY(QFile::exists(socketPath));
    QCOMPARE(read(u"swtpm:path="_s + socketPath)[u"ek"], read(simulator.targets()[0])[u"ek"]);
}

void SimulatorTest::theFolderMustBeWritable()
{
    QFile file(m_workplace.path(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto simulator = Simulator::start(1, file.fileName());
    QVERIFY(!simulator);
    QCOMPARE(simulator.error().fault, Fault::Missing);
    QVERIFY(simulator.error().detail.contains(file.fileName()));
}

void SimulatorTest::aFolderTooDeepForASocketIsNamed()
{
    const QString folder = m_workplace.path(QString(90, u'd'));
    const auto simulator = Simulator::start(1, folder);
    QVERIFY(!simulator);
    QVERIFY(simulator.error().detail.contains(u"too long"));
    QCOMPARE(support::processesWith(folder.toUtf8()), QList<qint64>());
}

QTEST_GUILESS_MAIN(SimulatorTest)
#include "simulator.moc"
