// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/bench.h"

#include "station/simulator.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QJsonDocument>
#include <QTest>
#include <QThread>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace station;

namespace {

constexpr int patienceMs = 60'000;
constexpr int devices = 3;

} // namespace

/// The slots' threads on real TPMs: side by side, stopped one by one, all at once, and by the end.
class BenchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void slotsAreExaminedSideBySide();
    void aSlotIsUsedAgain();
    void oneIsStoppedAndTheOthersGoOn();
    void allAreStopped();
    void aBenchThatGoesWaitsForItsSlots();
    void aStopOfAnEmptySlotChangesNothing();

private:
    /// What each slot ended with so far.
    [[nodiscard]] Verdict verdictOf(int slot) const { return m_ended[slot].verdict; }
    [[nodiscard]] QByteArray said(int slot) const
    {
        return QJsonDocument(toJson(m_ended[slot])).toJson();
    }
    void silence(int device) { ::kill(m_simulator->pidOf(device), SIGSTOP); }
    void begin(int slot)
    {
        m_bench->examine(slot, {.target = m_simulator->targets()[slot]}, *m_plan);
    }

    support::Workplace m_workplace;
    Result<Plan> m_plan = loadPlan(u"training"_s, {});
    std::optional<Simulator> m_simulator;
    std::unique_ptr<Bench> m_bench;
    QMap<int, Examination> m_ended;
};

void BenchTest::initTestCase()
{
    auto simulator = Simulator::start(devices, m_workplace.path(u"devices"_s));
    QVERIFY2(simulator, qPrintable(simulator ? QString() : simulator.error().detail));
    m_simulator.emplace(std::move(*simulator));
}

void BenchTest::init()
{
    m_ended.clear();
    m_bench = std::make_unique<Bench>(devices);
    connect(
        m_bench.get(), &Bench::examined, this, [this](int slot, const Examination &examination) {
            QVERIFY(QThread::currentThread() == thread());
            m_ended[slot] = examination;
        });
}

void BenchTest::cleanup()
{
    for (int device = 0; device < devices; ++device)
        ::kill(m_simulator->pidOf(device), SIGCONT);
    m_bench.reset();
    // What a silent TPM was sent comes first; then it is there for the next test.
    for (const QString &target : m_simulator->targets())
        QTRY_COMPARE_WITH_TIMEOUT(
            support::run(u"tpm2_getcap"_s, {u"-T"_s, target, u"handles-persistent"_s}).exit, 0,
            patienceMs);
}

void BenchTest::slotsAreExaminedSideBySide()
{
    // The last slot passes although the first is silent: nobody waits for anybody.
    silence(0);
    for (int slot = 0; slot < devices; ++slot)
        begin(slot);
    QTRY_COMPARE_WITH_TIMEOUT(m_ended.size(), 2, patienceMs);
    QVERIFY2(verdictOf(1) == Verdict::Pass, said(1));
    QVERIFY2(verdictOf(2) == Verdict::Pass, said(2));
    QVERIFY(m_ended[1].key->publicArea != m_ended[2].key->publicArea);
    ::kill(m_simulator->pidOf(0), SIGCONT);
    QTRY_COMPARE_WITH_TIMEOUT(m_ended.size(), 3, patienceMs);
    QCOMPARE(m_ended[0].target, m_simulator->targets()[0]);
}

void BenchTest::aSlotIsUsedAgain()
{
    for (int i = 0; i < 3; ++i) {
        m_ended.clear();
        begin(0);
        QTRY_COMPARE_WITH_TIMEOUT(m_ended.size(), 1, patienceMs);
        QVERIFY2(verdictOf(0) == Verdict::Pass, said(0));
    }
}

void BenchTest::oneIsStoppedAndTheOthersGoOn()
{
    m_plan->budget.command = m_plan->budget.examination; // silence is waited for
    silence(0);
    silence(1);
    for (int slot = 0; slot < devices; ++slot)
        begin(slot);
    QTRY_VERIFY_WITH_TIMEOUT(m_ended.contains(2), patienceMs);
    m_bench->stop(0);
    QTRY_VERIFY_WITH_TIMEOUT(m_ended.contains(0), patienceMs);
    QCOMPARE(verdictOf(0), Verdict::Aborted);
    QVERIFY(!m_ended.contains(1));
    ::kill(m_simulator->pidOf(1), SIGCONT);
    QTRY_VERIFY_WITH_TIMEOUT(m_ended.contains(1), patienceMs);
    QVERIFY2(verdictOf(1) == Verdict::Pass, said(1));
}

void BenchTest::allAreStopped()
{
    for (int slot = 0; slot < devices; ++slot) {
        silence(slot);
        begin(slot);
    }
    m_bench->stopAll();
    QTRY_COMPARE_WITH_TIMEOUT(m_ended.size(), devices, patienceMs);
    for (int slot = 0; slot < devices; ++slot) {
        QCOMPARE(verdictOf(slot), Verdict::Aborted);
        QCOMPARE(m_ended[slot].trouble->code, u"stopped"_s);
    }
}

void BenchTest::aBenchThatGoesWaitsForItsSlots()
{
    for (int slot = 0; slot < devices; ++slot) {
        silence(slot);
        begin(slot);
    }
    m_bench.reset(); // stopped and waited for, though every TPM is silent
    QCOMPARE(m_ended.size(), 0);
    QTRY_COMPARE(m_ended.size(), devices); // what was found is still told
    for (int slot = 0; slot < devices; ++slot)
        QCOMPARE(verdictOf(slot), Verdict::Aborted);
}

void BenchTest::aStopOfAnEmptySlotChangesNothing()
{
    m_bench->stop(0);
    m_bench->stopAll();
    begin(0);
    QTRY_COMPARE_WITH_TIMEOUT(m_ended.size(), 1, patienceMs);
    QVERIFY2(verdictOf(0) == Verdict::Pass, said(0));
    m_bench->stop(0);
    m_ended.clear();
    begin(0);
    QTRY_COMPARE_WITH_TIMEOUT(m_ended.size(), 1, patienceMs);
    QVERIFY2(verdictOf(0) == Verdict::Pass, said(0));
}

QTEST_GUILESS_MAIN(BenchTest)
#include "bench.moc"
