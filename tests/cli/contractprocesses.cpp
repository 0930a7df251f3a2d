// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"
#include "tpm/lock.h"

#include <QDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::processesWith;
using support::Ran;
using support::runCli;

namespace {

constexpr int patienceMs = 60'000;

} // namespace

/// One owner per target, and no process left behind.
class ContractProcessesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aBusyTargetIsToldAtOnce();
    void aRelayIsReapedAfterEachExamination();
    void aSilentRelayIsEndedWithItsBudget();
    void aKilledProgramLeavesNoRelay();
    void aKilledDemoLeavesNoSimulator();
    void aFinishedDemoLeavesNoProcess();

private:
    [[nodiscard]] QString target() const { return m_place->training().jobs()[0].target; }
    /// A relay that also runs under a name that nobody else has.
    [[nodiscard]] QString relay(const QString &name, const QString &work) const
    {
        m_place->write(name, work.toUtf8());
        return u"cmd:sh "_s + m_place->path(name);
    }
    /// A demo's simulators, which take a name of their own.
    [[nodiscard]] QList<qint64> simulatorsOf(const QString &folder) const
    {
        return processesWith(
            "swtpm socket --tpm2 --tpmstate dir=" + (folder + u"/devices/"_s).toUtf8());
    }

    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_place;
};

void ContractProcessesTest::initTestCase()
{
    m_place = std::make_unique<LinePlace>(1, m_workplace.path(u"line"_s));
}

void ContractProcessesTest::aBusyTargetIsToldAtOnce()
{
    const auto owner = tpm::Lock::take(*tpm::parseTarget(target()));
    QVERIFY(owner.has_value());
    const Ran ran = m_place->run({u"BUSY-1"_s});
    QVERIFY2(ran.exit == 3, ran.said());
    const QJsonObject seen = ran.json().value(0);
    QCOMPARE(seen[u"verdict"].toString(), u"error"_s);
    QCOMPARE(seen[u"error"][u"code"].toString(), u"busy"_s);
    QVERIFY(seen[u"error"][u"detail"].toString().contains(u"in use by another slot or program"));
    QCOMPARE(seen[u"commands"].toInt(-1), 0);
    QVERIFY2(seen[u"ms"].toInt() < 5000, ran.said()); // not waited for: the budget is longer
}

void ContractProcessesTest::aRelayIsReapedAfterEachExamination()
{
    const QString way = relay(u"relay.sh"_s, u"tpm2_send -T '%1'; :\n"_s.arg(target()));
    const Ran ran = runCli({u"read"_s, u"--device"_s, way, u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QTRY_COMPARE(processesWith(m_place->path(u"relay.sh"_s).toUtf8()), QList<qint64>());
    QTRY_COMPARE(processesWith("tpm2_send -T " + target().toUtf8()), QList<qint64>());
}

void ContractProcessesTest::aSilentRelayIsEndedWithItsBudget()
{
    m_place->usePlan(u"command_ms = 5000"_s, u"command_ms = 300"_s);
    m_place->edit(u"station.toml"_s, u"plan.toml"_s, u"training"_s);
    const QString way = relay(u"silent.sh"_s, u"trap '' TERM HUP\ntail -f /dev/null; :\n"_s);
    const Ran ran = runCli(
        {u"read"_s, u"--device"_s, way, u"--plan"_s, m_place->path(u"plan.toml"_s), u"--json"_s});
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(ran.json().value(0)[u"verdict"].toString(), u"timeout"_s);
    QTRY_COMPARE(processesWith(m_place->path(u"silent.sh"_s).toUtf8()), QList<qint64>());
}

void ContractProcessesTest::aKilledProgramLeavesNoRelay()
{
    const QByteArray name = m_place->path(u"orphan.sh"_s).toUtf8();
    const QString way =
        relay(u"orphan.sh"_s, u"exec tail -f /dev/null '%1'\n"_s.arg(QString::fromUtf8(name)));
    support::Cli read({u"read"_s, u"--device"_s, way});
    QTRY_VERIFY_WITH_TIMEOUT(!processesWith("tail -f /dev/null " + name).isEmpty(), patienceMs);
    read.signal(SIGKILL);
    QCOMPARE(read.wait().exit, -1);
    QTRY_COMPARE(processesWith(name), QList<qint64>());
}

void ContractProcessesTest::aKilledDemoLeavesNoSimulator()
{
    const QString folder = m_workplace.path(u"killed"_s);
    support::Cli demo({u"demo"_s, u"--devices"_s, u"2"_s, u"--keep"_s, folder, u"--json"_s});
    QTRY_COMPARE_WITH_TIMEOUT(simulatorsOf(folder).size(), 2, patienceMs);
    demo.signal(SIGKILL);
    QCOMPARE(demo.wait().exit, -1);
    QTRY_COMPARE(processesWith(folder.toUtf8()), QList<qint64>());
}

void ContractProcessesTest::aFinishedDemoLeavesNoProcess()
{
    const QString folder = m_workplace.path(u"stopped"_s);
    support::Cli demo({u"demo"_s, u"--devices"_s, u"2"_s, u"--keep"_s, folder, u"--json"_s});
    const QByteArray first = demo.line();
    QVERIFY(first.contains("\"serial\""));
    const Ran ran = demo.wait();
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(processesWith(folder.toUtf8()), QList<qint64>());
    QVERIFY(QFile::exists(folder + u"/ledger.db"_s));
}

QTEST_GUILESS_MAIN(ContractProcessesTest)
#include "contractprocesses.moc"
