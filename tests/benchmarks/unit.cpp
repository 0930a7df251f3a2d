// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/measure.h"
#include "tests/support/workplace.h"

#include <QProcess>

using namespace measure;

namespace {

/// What one way of doing the work has cost, per unit.
struct Cost {
    QList<double> wallMs, processorMs;

    void add(double wall, double processor, int units)
    {
        wallMs.append(wall / units);
        processorMs.append(processor / units);
    }
};

} // namespace

/// One unit of work (properties, endorsement key, certificate, challenge) on simulated TPMs, beside
/// a script of tpm2-tools that does the same. TPM time counts for both; the processor time is that
/// of the program or the script, without the simulators'.
class UnitBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void besideTheTools_data();
    void besideTheTools();

private:
    void station(const QStringList &targets, int units, Cost &cost) const;
    void tools(const QStringList &targets, int units, Cost &cost) const;

    support::Workplace m_workplace;
};

void UnitBenchmark::station(const QStringList &targets, int units, Cost &cost) const
{
    const double before = processorMs(RUSAGE_SELF);
    QElapsedTimer timer;
    timer.start();
    const auto shift = examine(targets, units);
    cost.add(static_cast<double>(timer.nsecsElapsed()) / 1e6, processorMs(RUSAGE_SELF) - before,
        static_cast<int>(shift.examinations.size()));
}

void UnitBenchmark::tools(const QStringList &targets, int units, Cost &cost) const
{
    const double before = processorMs(RUSAGE_CHILDREN);
    QElapsedTimer timer;
    timer.start();
    std::vector<std::unique_ptr<QProcess>> scripts;
    for (qsizetype slot = 0; slot < targets.size(); ++slot) {
        const QString folder = m_workplace.path(u"tools%1"_s.arg(slot));
        QDir().mkpath(folder);
        auto script = std::make_unique<QProcess>();
        script->start(u"/bin/sh"_s,
            {QStringLiteral(SOURCE_FOLDER "/tests/benchmarks/unit.sh"), targets[slot], folder,
                QString::number(units)});
        scripts.push_back(std::move(script));
    }
    for (const auto &script : scripts)
        if (!script->waitForFinished(300'000) || script->exitCode() != 0)
            qFatal("%s", script->readAllStandardError().constData());
    cost.add(static_cast<double>(timer.nsecsElapsed()) / 1e6, processorMs(RUSAGE_CHILDREN) - before,
        static_cast<int>(targets.size()) * units);
}

void UnitBenchmark::besideTheTools_data()
{
    QTest::addColumn<int>("slotCount");
    QTest::addColumn<double>("wall"); ///< at least so many times as fast
    QTest::addColumn<double>("processor"); ///< and so many times as cheap; 0: only printed
    QTest::newRow("1 slot") << 1 << 13.0 << 20.0;
    QTest::newRow("8 slots") << 8 << 12.0 << 0.0;
}

void UnitBenchmark::besideTheTools()
{
    QFETCH(int, slotCount);
    QFETCH(double, wall);
    QFETCH(double, processor);
    const auto simulator = devices(slotCount, m_workplace.path(u"devices%1"_s.arg(slotCount)));
    sayLoad();
    Cost ours, theirs, warm;
    station(simulator.targets(), 1, warm);
    for (int run = 0; run < runs; ++run) {
        station(simulator.targets(), 40, ours);
        tools(simulator.targets(), 4, theirs);
    }
    const double fast = median(theirs.wallMs) / median(ours.wallMs);
    const double cheap = median(theirs.processorMs) / median(ours.processorMs);
    qInfo("%d slots: wall/unit %.2f ms, tools %.1f ms: %.1f x (at least %.0f); %.1f units/s, tools "
          "%.1f",
        slotCount, median(ours.wallMs), median(theirs.wallMs), fast, wall,
        1e3 / median(ours.wallMs), 1e3 / median(theirs.wallMs));
    qInfo("%d slots: processor/unit %.2f ms, tools %.1f ms: %.1f x (at least %.0f)", slotCount,
        median(ours.processorMs), median(theirs.processorMs), cheap, processor);
    QVERIFY(fast >= wall);
    QVERIFY(cheap >= processor);
}

QTEST_GUILESS_MAIN(UnitBenchmark)
#include "unit.moc"
