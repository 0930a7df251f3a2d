// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tally.h"

#include <QTest>

using namespace Qt::StringLiterals;
using station::Verdict;
using ui::Tally;

namespace {

constexpr qint64 minute = 60'000'000LL, start = 1'790'000'000'000'000LL;

} // namespace

/// The figures of a shift.
class TallyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNoYield();
    void firstPassesAndRetests();
    void anHourMovesOn();
    void aPauseBeginsAShift();
    void aClockThatIsSetBackBeginsNone();
};

void TallyTest::nothingIsNoYield()
{
    const Tally tally;
    QCOMPARE(tally.sinceUs(), 0);
    QVERIFY(!tally.firstPassYield());
    QCOMPARE(tally.lastHour(start), 0);
}

void TallyTest::firstPassesAndRetests()
{
    Tally tally;
    tally.add({u"A"_s, Verdict::Pass, 1, start});
    tally.add({u"B"_s, Verdict::Fail, 1, start + 1 * minute});
    tally.add({u"B"_s, Verdict::Pass, 2, start + 2 * minute}); // passes, but not at first
    tally.add({u"C"_s, Verdict::Error, 1, start + 3 * minute}); // the station: no word about C
    tally.add({u"C"_s, Verdict::Pass, 1, start + 4 * minute});
    tally.add({u"A"_s, Verdict::Pass, 1, start + 5 * minute}); // somebody wanted it again
    tally.add({u"D"_s, Verdict::Timeout, 1, start + 6 * minute});
    tally.add({u"E"_s, Verdict::Aborted, 1, start + 7 * minute});
    tally.add({u"F"_s, Verdict::Pass, 3, start + 8 * minute}); // failed in another shift
    QCOMPARE(tally.sinceUs(), start);
    QCOMPARE(tally.passed(), 5);
    QCOMPARE(tally.failed(), 1);
    QCOMPARE(tally.others(), 3);
    QCOMPARE(tally.retests(), 3);
    QCOMPARE(*tally.firstPassYield(), 0.5); // A and C of A, B, C and D
    QCOMPARE(tally.lastHour(start + 8 * minute), 9);
}

void TallyTest::anHourMovesOn()
{
    Tally tally;
    for (int at = 0; at < 120; ++at)
        tally.add({u"SN-%1"_s.arg(at), Verdict::Pass, 1, start + at * minute});
    QCOMPARE(tally.passed(), 120);
    QCOMPARE(tally.lastHour(start + 119 * minute), 60);
    QCOMPARE(tally.lastHour(start + 149 * minute), 30); // nobody tests, and time goes on
    QCOMPARE(tally.lastHour(start + 400 * minute), 0);
}

void TallyTest::aPauseBeginsAShift()
{
    Tally tally;
    tally.add({u"A"_s, Verdict::Fail, 1, start});
    tally.add({u"B"_s, Verdict::Pass, 1, start + 119 * minute}); // lunch
    QCOMPARE(tally.failed(), 1);
    const qint64 morning = start + 119 * minute + Tally::pauseUs + 1;
    tally.add({u"A"_s, Verdict::Pass, 2, morning});
    QCOMPARE(tally.sinceUs(), morning);
    QCOMPARE(tally.passed(), 1);
    QCOMPARE(tally.failed(), 0);
    QCOMPARE(tally.retests(), 1);
    // Where nobody ever pauses, a shift has an end all the same.
    for (int quarter = 1; quarter <= 50; ++quarter)
        tally.add({u"SN-%1"_s.arg(quarter), Verdict::Pass, 1, morning + quarter * 15 * minute});
    QVERIFY(tally.sinceUs() > morning);
}

void TallyTest::aClockThatIsSetBackBeginsNone()
{
    Tally tally;
    tally.add({u"A"_s, Verdict::Pass, 1, start});
    tally.add({u"B"_s, Verdict::Pass, 1, start - 600 * minute});
    QCOMPARE(tally.passed(), 2);
    QCOMPARE(tally.sinceUs(), start);
}

QTEST_GUILESS_MAIN(TallyTest)
#include "tally.moc"
