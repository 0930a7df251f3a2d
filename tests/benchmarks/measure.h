// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/bench.h"
#include "station/plan.h"
#include "station/simulator.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sys/resource.h>

/// What the benchmarks share.
namespace measure {

using namespace Qt::StringLiterals;

constexpr int runs = 5; ///< each figure is the median of so many, the sides taking turns

inline double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

/// Processor time of this process, or of its children that have ended; in milliseconds.
inline double processorMs(int who)
{
    rusage usage{};
    getrusage(static_cast<__rusage_who>(who), &usage);
    const auto ms = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

/// What else the machine does: figures from a busy one say little.
inline void sayLoad()
{
    std::array<double, 1> load{};
    if (getloadavg(load.data(), 1) == 1)
        qInfo("load average %.1f on %d processors", load[0], QThread::idealThreadCount());
}

/// One manufactured device, and copies of it: the same key, but processes of their own. Nothing
/// here asks whether a key is unique.
inline station::Simulator devices(int count, const QString &folder)
{
    const auto original = station::Simulator::start(1, folder);
    if (!original)
        qFatal("%s", qPrintable(original.error().detail));
    QStringList states;
    for (int device = 1; device <= count; ++device) {
        states.append(folder + u"/copy%1"_s.arg(device));
        QDir().mkpath(states.last());
        QFile::copy(folder + u"/device1/tpm2-00.permall"_s, states.last() + u"/tpm2-00.permall"_s);
    }
    auto copies = station::Simulator::wake(states);
    if (!copies)
        qFatal("%s", qPrintable(copies.error().detail));
    return std::move(*copies);
}

/// The checks that every examination needs: properties, key, certificate and challenge.
inline station::Plan unitPlan()
{
    auto plan = station::loadPlan(u"training"_s, {});
    if (!plan)
        qFatal("%s", qPrintable(plan.error().detail));
    const QStringList few{u"presence"_s, u"kind"_s, u"key"_s, u"certificate"_s, u"challenge"_s};
    plan->checks.removeIf(
        [&few](const station::CheckRule &rule) { return !few.contains(rule.name); });
    return *plan;
}

/// What a line did.
struct Shift {
    QList<station::Examination> examinations;
    QList<double> slotMs; ///< from a slot's first unit to the end of its last
};

/// Examinations, one slot a target, until each slot has had its units; they must all pass. The
/// slots begin one after another over `spread`, as people fill them.
inline Shift examine(const QStringList &targets, int units, std::chrono::milliseconds spread = {})
{
    const station::Plan plan = unitPlan();
    const int slotCount = static_cast<int>(targets.size());
    station::Bench bench(slotCount);
    QList<int> left(slotCount, units);
    Shift shift;
    QList<QElapsedTimer> since(slotCount);
    shift.slotMs.resize(slotCount);
    QEventLoop loop; // at once where QTest waits in steps of ten milliseconds
    const auto next = [&](int slot) {
        if (left[slot]-- > 0)
            bench.examine(slot, {.target = targets[slot]}, plan);
    };
    QObject::connect(&bench, &station::Bench::examined, &bench,
        [&](int slot, const station::Examination &examination) {
            if (examination.verdict != station::Verdict::Pass)
                qFatal("no pass: %s", qPrintable(examination.target));
            shift.examinations.append(examination);
            shift.slotMs[slot] = static_cast<double>(since[slot].elapsed());
            next(slot);
            if (shift.examinations.size() == qsizetype{slotCount} * units)
                loop.quit();
        });
    for (int slot = 0; slot < slotCount; ++slot)
        QTimer::singleShot(spread * slot / slotCount, Qt::PreciseTimer, &bench, [&, slot] {
            since[slot].start();
            next(slot);
        });
    QTimer::singleShot(300'000, &loop, [] { qFatal("the bench does not end"); });
    loop.exec();
    return shift;
}

} // namespace measure
