// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/floor.h"

using namespace onfloor;

/// The line as a state machine: it is told, it asks, and nothing else moves it.
class LineStatesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneDeviceGoesThrough();
    void serialsWaitForAFreeSlotInTheirOrder();
    void aTargetOfItsOwnReplacesTheSlots();
    void answersComeInAnyOrder();
    void whatMayNotBeQueued_data();
    void whatMayNotBeQueued();
    void aSerialMayComeAgainOnceItIsThrough();
    void whoIsNotAdmittedFreesTheSlot();
    void aPromptIsFollowedFirst();
    void aPromptEndsWithTheLine_data();
    void aPromptEndsWithTheLine();
};

void LineStatesTest::oneDeviceGoesThrough()
{
    Floor floor;
    QVERIFY(floor.line.idle());
    QVERIFY(floor.line.scan(u"A"_s));
    QCOMPARE(floor.said(), QStringList{u"admit A"_s});
    QCOMPARE(floor.line.stateOf(0), State::Admitting);
    floor.line.admitted(u"A"_s, Device{.serial = u"A"_s, .order = u"4711"_s});
    QCOMPARE(floor.said(), QStringList{u"examine 0 A t1"_s});
    QCOMPARE(floor.line.stateOf(0), State::Examining);
    floor.line.examined(0, passed());
    QCOMPARE(floor.said(), QStringList{u"record 0 A"_s});
    QCOMPARE(floor.line.stateOf(0), State::Recording);
    QVERIFY(!floor.line.idle());
    const Proposal &proposal = floor.proposed[0];
    QCOMPARE(proposal.device.order, u"4711"_s);
    QCOMPARE(proposal.slot, u"1"_s);
    QCOMPARE(proposal.planName + proposal.planVersion + proposal.planSha256, u"mine1ab"_s);
    QCOMPARE(proposal.examination, passed());
    QCOMPARE(proposal.enrollment, (Payload{u"main"_s, u"a"_s, "body"}));
    QCOMPARE(proposal.when, Moment::Lot);
    floor.record(0);
    QCOMPARE(floor.said(), QStringList({u"conclude 0 A pass"_s, u"idle"_s}));
    QCOMPARE(floor.line.stateOf(0), State::Empty);
    QVERIFY(floor.line.idle());
}

void LineStatesTest::serialsWaitForAFreeSlotInTheirOrder()
{
    Floor floor;
    for (const QString &serial : {u"A"_s, u"B"_s, u"C"_s, u"D"_s})
        QVERIFY(floor.line.scan(serial));
    QCOMPARE(floor.said(), QStringList({u"admit A"_s, u"admit B"_s}));
    floor.admit(u"B"_s);
    floor.line.examined(1, passed());
    floor.record(1);
    QCOMPARE(floor.said(),
        QStringList({u"examine 1 B t2"_s, u"record 1 B"_s, u"conclude 1 B pass"_s, u"admit C"_s}));
    floor.admit(u"C"_s);
    QCOMPARE(floor.said(), QStringList{u"examine 1 C t2"_s});
}

void LineStatesTest::aTargetOfItsOwnReplacesTheSlots()
{
    Floor floor;
    QVERIFY(floor.line.scan(u"A"_s, u"elsewhere"_s));
    QVERIFY(floor.line.scan(u"B"_s));
    floor.admit(u"A"_s);
    floor.admit(u"B"_s);
    QCOMPARE(floor.said().mid(2), QStringList({u"examine 0 A elsewhere"_s, u"examine 1 B t2"_s}));
}

void LineStatesTest::answersComeInAnyOrder()
{
    Floor floor(3);
    for (const QString &serial : {u"A"_s, u"B"_s, u"C"_s})
        QVERIFY(floor.line.scan(serial));
    floor.admit(u"C"_s);
    floor.line.examined(2, passed());
    floor.admit(u"A"_s);
    floor.record(2);
    floor.admit(u"B"_s);
    floor.line.examined(1, passed());
    floor.line.examined(0, passed());
    floor.record(0);
    floor.record(1);
    QCOMPARE(floor.said().mid(3),
        QStringList({u"examine 2 C t3"_s, u"record 2 C"_s, u"examine 0 A t1"_s,
            u"conclude 2 C pass"_s, u"examine 1 B t2"_s, u"record 1 B"_s, u"record 0 A"_s,
            u"conclude 0 A pass"_s, u"conclude 1 B pass"_s, u"idle"_s}));
}

void LineStatesTest::whatMayNotBeQueued_data()
{
    QTest::addColumn<QString>("serial");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << u""_s << u"pattern"_s;
    QTest::newRow("lower case") << u"sn-1"_s << u"\"sn-1\" does not match the plan's pattern"_s;
    QTest::newRow("too long") << QString(10'000, u'A') << u"pattern"_s;
    QTest::newRow("with a line's end") << u"A-9\n"_s << u"pattern"_s;
    QTest::newRow("under test") << u"A"_s << u"A is under test"_s;
    QTest::newRow("queued") << u"C"_s << u"C is queued already"_s;
}

void LineStatesTest::whatMayNotBeQueued()
{
    QFETCH(const QString, serial);
    QFETCH(const QString, says);
    Floor floor;
    for (const QString &other : {u"A"_s, u"B"_s, u"C"_s})
        QVERIFY(floor.line.scan(other));
    floor.said();
    for (const auto &refused : {floor.line.check(serial), floor.line.scan(serial)}) {
        QVERIFY(!refused);
        QCOMPARE(refused.error().fault, Fault::Refused);
        QVERIFY2(refused.error().detail.contains(says), qPrintable(refused.error().detail));
        QVERIFY(refused.error().detail.size() < 500);
    }
    QCOMPARE(floor.said(), QStringList());
}

void LineStatesTest::aSerialMayComeAgainOnceItIsThrough()
{
    Floor floor;
    QVERIFY(floor.line.scan(u"A"_s));
    floor.admit(u"A"_s);
    floor.line.examined(0, passed());
    QVERIFY(!floor.line.check(u"A"_s));
    floor.record(0);
    QVERIFY(floor.line.scan(u"A"_s));
}

void LineStatesTest::whoIsNotAdmittedFreesTheSlot()
{
    Floor floor(1);
    QVERIFY(floor.line.scan(u"A"_s) && floor.line.scan(u"B"_s));
    floor.line.admitted(u"A"_s, std::unexpected(Error{Fault::Refused, u"no such order"_s}));
    floor.line.admitted(u"B"_s, std::unexpected(Error{Fault::Down, u"no answer"_s}));
    QCOMPARE(floor.said(),
        QStringList({u"admit A"_s, u"refuse A: no such order"_s, u"admit B"_s,
            u"refuse B: no answer"_s, u"idle"_s}));
}

void LineStatesTest::aPromptIsFollowedFirst()
{
    Floor floor(2, {}, u"Switch it on"_s);
    QVERIFY(floor.line.scan(u"A"_s) && floor.line.scan(u"B"_s));
    QVERIFY(!floor.line.confirm(0)); // nobody has asked yet
    floor.admit(u"A"_s);
    floor.admit(u"B"_s);
    QCOMPARE(floor.said(),
        QStringList({u"admit A"_s, u"admit B"_s, u"examine 1 B t2"_s})); // the other goes on
    QCOMPARE(floor.line.stateOf(0), State::Asking);
    QVERIFY(!floor.line.check(u"A"_s)); // it is there already
    QVERIFY(!floor.line.idle() && !floor.line.confirm(1));
    QVERIFY(floor.line.confirm(0));
    QCOMPARE(floor.said(), QStringList{u"examine 0 A t1"_s});
    QVERIFY(!floor.line.confirm(0)); // pressed twice
    QCOMPARE(floor.said(), QStringList());
}

void LineStatesTest::aPromptEndsWithTheLine_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"hold", "stop", "cancel"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void LineStatesTest::aPromptEndsWithTheLine()
{
    QFETCH(const QString, how);
    Floor floor(1, {}, u"Switch it on"_s);
    QVERIFY(floor.line.scan(u"A"_s));
    floor.admit(u"A"_s);
    floor.said();
    if (how == u"cancel")
        floor.line.cancel(0);
    else if (how == u"hold")
        floor.line.hold();
    else
        floor.line.stop();
    const QStringList said = floor.said();
    QVERIFY2(said.contains(u"refuse A: the line has stopped"_s), qPrintable(said.join(u'|')));
    QCOMPARE(floor.line.stateOf(0), State::Empty);
    QVERIFY(floor.line.idle() && !floor.line.confirm(0));
}

QTEST_GUILESS_MAIN(LineStatesTest)
#include "line.moc"
