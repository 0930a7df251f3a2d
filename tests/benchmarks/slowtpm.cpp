// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/measure.h"
#include "tests/benchmarks/relay.h"
#include "tests/support/workplace.h"

using namespace measure;

namespace {

constexpr std::chrono::milliseconds delay{100};
constexpr std::chrono::milliseconds unitTime = 12 * delay; ///< about: the slots begin over it
constexpr int units = 5; ///< a slot, in each run

} // namespace

/// Where the TPM is slow, as chips are, the station may add next to nothing. The floor is what the
/// commands of a unit take by themselves: their number times what a relay adds to each.
class SlowTpmBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void besideItsCommands();

private:
    support::Workplace m_workplace;
};

void SlowTpmBenchmark::besideItsCommands()
{
    const QList<int> sizes{1, 64, 128};
    sayLoad();
    const auto simulator = devices(sizes.last(), m_workplace.path(u"devices"_s));
    const Relay relay(simulator.targets(), m_workplace.folder(), delay);
    QMap<int, QList<double>> wall; // per unit, over its floor; by number of slots
    QMap<int, QList<double>> rate; // over n slots' floor
    int commands = 0;
    for (int run = 0; run < runs; ++run)
        for (const int size : sizes) {
            const auto shift = examine(relay.targets().first(size), units, unitTime);
            commands = shift.examinations.first().commands;
            const double floor = commands * static_cast<double>(delay.count());
            QList<double> each;
            for (const auto &examination : shift.examinations)
                each.append(static_cast<double>(examination.ms) / floor);
            wall[size].append(median(each));
            double whole = 0; // of all slots, in slots that lose nothing
            for (const double slotMs : shift.slotMs)
                whole += units * floor / slotMs;
            rate[size].append(whole / size);
        }
    const double floorMs = commands * static_cast<double>(delay.count());
    for (const int size : sizes)
        qInfo("%3d slots: wall/unit %.0f ms, its %d commands alone %.0f ms: %.3f x; %.2f units/s, "
              "ideal %.2f: %.3f",
            size, median(wall[size]) * floorMs, commands, floorMs, median(wall[size]),
            median(rate[size]) * size * 1e3 / floorMs, size * 1e3 / floorMs, median(rate[size]));
    QVERIFY(commands <= 12);
    QVERIFY(median(wall[1]) <= 1.05);
    QVERIFY(median(rate[64]) >= 0.95);
}

QTEST_GUILESS_MAIN(SlowTpmBenchmark)
#include "slowtpm.moc"
