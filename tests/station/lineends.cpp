// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/floor.h"

using namespace onfloor;

/// How an examination, and a line, comes to its end.
class LineEndsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyAPassIsProposedWithAnEnrollment();
    void anEnrollmentThatCannotBeMadeIsTheStationsError();
    void theLedgersWordIsTheLast();
    void aLedgerThatCannotRecordStopsTheLine();
    void aStopInEachState();
    void anEmptyLineThatStopsIsIdle();
    void aDeviceThatIsKeptTakesItsSlot();
    void answersThatNobodyAskedForChangeNothing();
};

void LineEndsTest::onlyAPassIsProposedWithAnEnrollment()
{
    for (const Verdict verdict :
        {Verdict::Fail, Verdict::Error, Verdict::Timeout, Verdict::Aborted}) {
        Floor floor;
        QVERIFY(floor.line.scan(u"A"_s));
        floor.admit(u"A"_s);
        Examination examination = passed();
        examination.verdict = verdict;
        floor.line.examined(0, examination);
        QCOMPARE(floor.proposed[0].examination, examination);
        QCOMPARE(floor.proposed[0].enrollment, std::nullopt);
    }
}

void LineEndsTest::anEnrollmentThatCannotBeMadeIsTheStationsError()
{
    Floor floor;
    QVERIFY(floor.line.scan(u"NO-FILL"_s));
    floor.admit(u"NO-FILL"_s);
    floor.line.examined(0, passed());
    const Proposal &proposal = floor.proposed[0];
    QCOMPARE(proposal.examination.verdict, Verdict::Error);
    QCOMPARE(proposal.examination.trouble, (Trouble{u"enrollment"_s, u"cannot be filled in"_s}));
    QCOMPARE(proposal.enrollment, std::nullopt);
}

void LineEndsTest::theLedgersWordIsTheLast()
{
    Floor floor;
    QVERIFY(floor.line.scan(u"A"_s));
    floor.admit(u"A"_s);
    floor.line.examined(0, passed());
    Recorded clone{.serial = u"A"_s, .slot = u"1"_s, .examination = passed(), .seq = 7};
    clone.examination.verdict = Verdict::Fail;
    floor.line.recorded(0, clone);
    QCOMPARE(floor.said().mid(3), QStringList({u"conclude 0 A fail"_s, u"idle"_s}));
}

void LineEndsTest::aLedgerThatCannotRecordStopsTheLine()
{
    Floor floor;
    for (const QString &serial : {u"A"_s, u"B"_s, u"C"_s})
        QVERIFY(floor.line.scan(serial));
    floor.admit(u"A"_s);
    floor.admit(u"B"_s);
    floor.line.examined(0, passed());
    floor.said();
    floor.line.recorded(0, std::unexpected(Error{Fault::Full, u"the disk is full"_s}));
    QCOMPARE(floor.said(), QStringList({u"halt A: the disk is full"_s, u"stop"_s}));
    // No verdict without a record: a pass that nobody wrote down is the station's error.
    QCOMPARE(floor.unrecorded.serial, u"A"_s);
    QCOMPARE(floor.unrecorded.slot, u"1"_s);
    QCOMPARE(floor.unrecorded.seq, 0);
    QCOMPARE(floor.unrecorded.examination.verdict, Verdict::Error);
    QCOMPARE(floor.unrecorded.examination.trouble, (Trouble{u"ledger"_s, u"the disk is full"_s}));
    const auto refused = floor.line.scan(u"D"_s);
    QVERIFY(!refused && refused.error().detail.contains(u"stopped"));
    // What runs beside it still ends, and is offered to the ledger.
    Examination aborted;
    aborted.verdict = Verdict::Aborted;
    floor.line.examined(1, aborted);
    floor.record(1);
    QCOMPARE(floor.said(), QStringList({u"record 1 B"_s, u"conclude 1 B aborted"_s, u"idle"_s}));
}

void LineEndsTest::aStopInEachState()
{
    Floor floor(3);
    for (const QString &serial : {u"A"_s, u"B"_s, u"C"_s, u"D"_s})
        QVERIFY(floor.line.scan(serial));
    floor.admit(u"B"_s);
    floor.admit(u"C"_s);
    floor.line.examined(2, passed());
    floor.said();
    floor.line.stop();
    QCOMPARE(floor.said(), QStringList{u"stop"_s});
    QVERIFY(!floor.line.idle());
    floor.admit(u"A"_s); // was being admitted: is not examined any more
    QCOMPARE(floor.said(), QStringList{u"refuse A: the line has stopped"_s});
    Examination aborted;
    aborted.verdict = Verdict::Aborted;
    floor.line.examined(1, aborted); // was being examined: ends as aborted, and is recorded
    floor.record(1);
    QCOMPARE(floor.said(), QStringList({u"record 1 B"_s, u"conclude 1 B aborted"_s}));
    floor.record(2); // was being recorded: keeps its verdict
    QCOMPARE(floor.said(), QStringList({u"conclude 2 C pass"_s, u"idle"_s}));
    QVERIFY(!floor.line.check(u"D"_s)); // waited: never began
}

void LineEndsTest::anEmptyLineThatStopsIsIdle()
{
    Floor floor;
    floor.line.stop();
    QCOMPARE(floor.said(), QStringList({u"stop"_s, u"idle"_s}));
    QVERIFY(!floor.line.scan(u"A"_s));
}

void LineEndsTest::aDeviceThatIsKeptTakesItsSlot()
{
    Floor floor(1);
    QObject::connect(
        &floor.line, &Line::concluded, &floor.line, [&](int slot, const Recorded &recorded) {
            if (recorded.serial == u"A")
                floor.line.keep(slot);
        });
    QObject::connect(&floor.line, &Line::tried, &floor.line, [&](int slot, const Finding &finding) {
        floor.heard.append(u"tried %1 %2"_s.arg(slot).arg(finding.measured));
    });
    QVERIFY(floor.line.scan(u"A"_s) && floor.line.scan(u"B"_s));
    floor.admit(u"A"_s);
    floor.line.examined(0, passed());
    floor.said();
    floor.record(0);
    QCOMPARE(floor.said(), QStringList{u"conclude 0 A pass"_s}); // B waits, and nothing is idle
    QCOMPARE(floor.line.stateOf(0), State::Trying);
    QVERIFY(!floor.line.scan(u"A"_s));
    floor.line.probed(0, Presence::Absent); // nobody probes it, but if somebody did
    floor.line.keep(0); // too late to ask, and nothing changes
    QCOMPARE(floor.line.stateOf(0), State::Trying);
    floor.line.letGo(0, Finding{.measured = u"well"_s});
    QCOMPARE(floor.said(), QStringList({u"tried 0 well"_s, u"admit B"_s}));
    floor.line.letGo(0, Finding()); // it is B's now
    floor.line.keep(0); // only while it is concluded
    QCOMPARE(floor.line.stateOf(0), State::Admitting);
    QCOMPARE(floor.said(), QStringList());
}

void LineEndsTest::answersThatNobodyAskedForChangeNothing()
{
    Floor floor;
    floor.admit(u"A"_s);
    floor.line.examined(0, passed());
    floor.line.recorded(0, Recorded{.serial = u"A"_s});
    QCOMPARE(floor.said(), QStringList());
    QVERIFY(floor.line.scan(u"A"_s));
    floor.line.examined(0, passed()); // before it was admitted
    floor.line.recorded(0, Recorded{.serial = u"A"_s});
    QCOMPARE(floor.line.stateOf(0), State::Admitting);
    floor.admit(u"A"_s);
    floor.admit(u"A"_s); // twice
    QCOMPARE(floor.said(), QStringList({u"admit A"_s, u"examine 0 A t1"_s}));
}

QTEST_GUILESS_MAIN(LineEndsTest)
#include "lineends.moc"
