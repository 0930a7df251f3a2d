// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/unitdesks.h"

/// Orders, units and the gate before the box, as people work with them in the window.
class UnitsTest : public QObject, private UnitDesks {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { stock(); }
    void fromOrderToBox();
    void aScrapTakesTwoPressesAndAReason();
    void aBoardIsReplacedAndTestedAgain();
    void anOrderNeedsAClearLine();
    void aGateThatReadsTheTpm();
    void aLotIsReleased();
    void aDeedIsForTheUnitThatIsNamed();
    void anAnswerThatComesLate();
    void whoFailsTooOftenIsRefused();
    void whatNobodyKnows();
};

void UnitsTest::fromOrderToBox()
{
    const auto room = open();
    DeskRoom &desk = *room;
    openOrder(desk, u"4711"_s);
    QTRY_VERIFY2(text(desk, u"order"_s).startsWith(u"Order 4711: 0 of 2 passed (ACME, gateway)"_s),
        qPrintable(text(desk, u"order"_s)));
    QVERIFY(passes(desk, 0, u"TRAIN-0001"_s));
    QTRY_VERIFY2(
        text(desk, u"lineOrder"_s).contains(u"1 of 2"_s), qPrintable(text(desk, u"lineOrder"_s)));
    take(desk, u"order"_s);
    // Held until its lot is released: nobody packs it.
    pack(desk, u"TRAIN-0001"_s);
    QTRY_COMPARE(plate(desk), u"TRAIN-0001: DO NOT PACK"_s);
    QVERIFY2(text(desk, u"packReasons"_s).contains(u"not released"_s),
        qPrintable(text(desk, u"packReasons"_s)));
    take(desk, u"pack-no"_s);
    look(desk, u"TRAIN-0001"_s);
    QCOMPARE(text(desk, u"disposition"_s), u"TRAIN-0001: Held"_s);
    QVERIFY(!desk.child<QPushButton>(u"return"_s)->isEnabled());
    take(desk, u"unit"_s);
    press(desk, u"release"_s);
    QTRY_COMPARE(text(desk, u"disposition"_s), u"TRAIN-0001: Released"_s);
    QVERIFY(packs(desk, u"TRAIN-0001"_s, [&] { return plate(desk) == u"TRAIN-0001: PACK"_s; }));
    take(desk, u"pack"_s);
    look(desk, u"TRAIN-0001"_s);
    press(desk, u"ship"_s);
    QTRY_COMPARE(text(desk, u"disposition"_s), u"TRAIN-0001: Shipped"_s);
    const QString life = desk.child<QTextBrowser>(u"life"_s)->toPlainText();
    for (const QString &event : {u"shipped"_s, u"released"_s, u"packout"_s, u"PASS"_s})
        QVERIFY2(life.contains(event), qPrintable(life));
    // What stands on a slot belongs to the order that is.
    press(desk, u"orderClose"_s);
    QTRY_VERIFY2(text(desk, u"orderMessage"_s).contains(u"slot 1"_s),
        qPrintable(text(desk, u"orderMessage"_s)));
    desk.room().unplug(0);
    QVERIFY(desk.waits(0, SlotState::Empty));
    press(desk, u"orderClose"_s);
    QTRY_VERIFY2(text(desk, u"orderMessage"_s).contains(u"4711 is closed: 1 passed"_s),
        qPrintable(text(desk, u"orderMessage"_s)));
    QTRY_VERIFY(text(desk, u"order"_s).startsWith(u"No order"_s));
}

void UnitsTest::aScrapTakesTwoPressesAndAReason()
{
    const auto room = open();
    DeskRoom &desk = *room;
    QVERIFY(passes(desk, 0, u"TRAIN-0001"_s));
    look(desk, u"TRAIN-0001"_s);
    press(desk, u"scrap"_s);
    QCOMPARE(desk.child<QPushButton>(u"scrap"_s)->text(), u"Sure? Scrap"_s);
    press(desk, u"scrap"_s);
    QTRY_VERIFY2(text(desk, u"unitMessage"_s).contains(u"who does this"_s)
            || text(desk, u"unitMessage"_s).contains(u"reason"_s),
        qPrintable(text(desk, u"unitMessage"_s)));
    QCOMPARE(text(desk, u"disposition"_s), u"TRAIN-0001: Held"_s); // nothing half done
    desk.child<QComboBox>(u"reason"_s)->setCurrentText(u"cracked"_s);
    write(desk, u"by"_s, u"Nobody Known"_s);
    press(desk, u"scrap"_s);
    press(desk, u"scrap"_s);
    QTRY_VERIFY2(text(desk, u"unitMessage"_s).contains(u"Nobody Known"_s),
        qPrintable(text(desk, u"unitMessage"_s)));
}

void UnitsTest::aBoardIsReplacedAndTestedAgain()
{
    const auto room = open();
    DeskRoom &desk = *room;
    QVERIFY(passes(desk, 0, u"TRAIN-0001"_s));
    look(desk, u"TRAIN-0001"_s);
    desk.child<QComboBox>(u"reason"_s)->setCurrentText(u"no-boot"_s);
    write(desk, u"by"_s, u"Ann Example"_s);
    press(desk, u"repair"_s);
    QTRY_VERIFY2(text(desk, u"unitMessage"_s).contains(u"what was done"_s),
        qPrintable(text(desk, u"unitMessage"_s)));
    write(desk, u"work"_s, u"reflow"_s);
    press(desk, u"repair"_s);
    const auto *timeline = desk.child<QTextBrowser>(u"life"_s);
    QTRY_VERIFY2(timeline->toPlainText().contains(u"no-boot; reflow; Ann Example"_s),
        qPrintable(timeline->toPlainText()));
    for (int presses = 0; presses < 2; ++presses)
        press(desk, u"replace-board"_s);
    QTRY_VERIFY2(text(desk, u"disposition"_s).contains(u"In repair"_s),
        qPrintable(text(desk, u"unitMessage"_s)));
    desk.room().unplug(0);
    QVERIFY(desk.waits(0, SlotState::Empty));
    // Its new board has another TPM: that of the next device on the shelf.
    press(desk, u"tabLine"_s);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    look(desk, u"TRAIN-0001"_s);
    QCOMPARE(text(desk, u"disposition"_s), u"TRAIN-0001: Held"_s);
    const QString life = desk.child<QTextBrowser>(u"life"_s)->toPlainText();
    QVERIFY2(life.contains(u"board replaced"_s) && life.contains(u"no-boot"_s), qPrintable(life));
}

void UnitsTest::anOrderNeedsAClearLine()
{
    const auto room = open();
    DeskRoom &desk = *room;
    QVERIFY(passes(desk, 0, u"TRAIN-0001"_s));
    openOrder(desk, u"4712"_s);
    QTRY_VERIFY2(text(desk, u"orderMessage"_s).contains(u"slot 1"_s),
        qPrintable(text(desk, u"orderMessage"_s)));
    desk.room().unplug(0);
    QVERIFY(desk.waits(0, SlotState::Empty));
    press(desk, u"orderGo"_s);
    QTRY_VERIFY2(text(desk, u"order"_s).startsWith(u"Order 4712"_s),
        qPrintable(text(desk, u"orderMessage"_s)));
}

void UnitsTest::aGateThatReadsTheTpm()
{
    const auto room = open();
    DeskRoom &desk = *room;
    QVERIFY(passes(desk, 0, u"TRAIN-0001"_s));
    look(desk, u"TRAIN-0001"_s);
    press(desk, u"release"_s);
    desk.child<QComboBox>(u"packSlot"_s)->setCurrentIndex(1);
    QVERIFY(packs(desk, u"TRAIN-0001"_s, [&] { return plate(desk) == u"TRAIN-0001: PACK"_s; }));
    // Another unit's TPM stands there.
    desk.room().unplug(0);
    QVERIFY(desk.waits(0, SlotState::Empty));
    QVERIFY(passes(desk, 0, u"TRAIN-0002"_s));
    QVERIFY(packs(desk, u"TRAIN-0001"_s,
        [&] { return text(desk, u"packReasons"_s).contains(u"not the TPM"_s); }));
    QCOMPARE(plate(desk), u"TRAIN-0001: DO NOT PACK"_s);
}

void UnitsTest::aLotIsReleased()
{
    const auto room = open();
    DeskRoom &desk = *room;
    QVERIFY(!desk.child<QPushButton>(u"orderRelease"_s)->isVisibleTo(&desk.window()));
    openOrder(desk, u"4713"_s);
    QTRY_VERIFY(text(desk, u"order"_s).startsWith(u"Order 4713"_s));
    QVERIFY(passes(desk, 0, u"TRAIN-0001"_s));
    QCOMPARE(desk.view(0).next, u"Remove it: it waits for its release"_s);
    press(desk, u"tabUnits"_s);
    press(desk, u"orderRelease"_s);
    QTRY_COMPARE(text(desk, u"orderMessage"_s), u"\u2713 Order 4713: units released: 1."_s);
    look(desk, u"TRAIN-0001"_s);
    QCOMPARE(text(desk, u"disposition"_s), u"TRAIN-0001: Released"_s);
    press(desk, u"orderRelease"_s);
    QTRY_VERIFY2(text(desk, u"orderMessage"_s).contains(u"nothing to release"_s),
        qPrintable(text(desk, u"orderMessage"_s)));
}

/// One unit on the page, another half typed: nothing happens to either.
void UnitsTest::aDeedIsForTheUnitThatIsNamed()
{
    const auto room = open();
    DeskRoom &desk = *room;
    QVERIFY(passes(desk, 0, u"TRAIN-0001"_s));
    look(desk, u"TRAIN-0001"_s);
    QVERIFY(desk.child<QPushButton>(u"scrap"_s)->isEnabled());
    write(desk, u"unitSerial"_s, u"TRAIN-0002"_s);
    QCOMPARE(text(desk, u"disposition"_s), QString());
    for (const QString &deed : {u"release"_s, u"ship"_s, u"replace-board"_s, u"scrap"_s})
        QVERIFY(!desk.child<QPushButton>(deed)->isEnabled());
    // An answer about the first one changes nothing of that.
    desk.window().unitPage().showLife(station::UnitLife{.serial = u"TRAIN-0001"_s});
    QCOMPARE(text(desk, u"disposition"_s), QString());
}

void UnitsTest::anAnswerThatComesLate()
{
    const auto room = open();
    DeskRoom &desk = *room;
    pack(desk, u"TRAIN-0404"_s);
    QTRY_COMPARE(plate(desk), u"TRAIN-0404: DO NOT PACK"_s);
    station::Recorded earlier{.serial = u"TRAIN-0001"_s};
    earlier.examination.verdict = station::Verdict::Pass;
    desk.window().packPage().showJudged(earlier.serial, earlier);
    QCOMPARE(plate(desk), u"TRAIN-0404: DO NOT PACK"_s);
}

void UnitsTest::whoFailsTooOftenIsRefused()
{
    const auto room = open();
    DeskRoom &desk = *room;
    QVERIFY(passes(desk, 0, u"TRAIN-0001"_s));
    QVERIFY(desk.plug(1, Kind::Clone));
    desk.scan(u"TRAIN-0101"_s);
    QVERIFY(desk.waits(1, SlotState::Fail));
    desk.room().unplug(0); // else the next scan takes that slot
    QVERIFY(desk.waits(0, SlotState::Empty));
    desk.scan(u"TRAIN-0101"_s);
    QTRY_VERIFY2(
        text(desk, u"said"_s).contains(u"the plan allows 1"_s), qPrintable(text(desk, u"said"_s)));
    look(desk, u"TRAIN-0101"_s);
    write(desk, u"by"_s, u"Ann Example"_s);
    press(desk, u"retest"_s);
    QTRY_VERIFY2(
        text(desk, u"unitMessage"_s).contains(u"role"_s), qPrintable(text(desk, u"unitMessage"_s)));
    write(desk, u"by"_s, u"Bob Example"_s);
    press(desk, u"retest"_s);
    auto *life = desk.child<QTextBrowser>(u"life"_s);
    QTRY_VERIFY2(life->toPlainText().contains(u"retest allowed"_s),
        qPrintable(text(desk, u"unitMessage"_s)));
    take(desk, u"retest"_s);
    press(desk, u"tabLine"_s);
    desk.scan(u"TRAIN-0101"_s);
    QTRY_VERIFY2(
        text(desk, u"said"_s).contains(u"being tested"_s), qPrintable(text(desk, u"said"_s)));
    QVERIFY(desk.waits(1, SlotState::Fail));
}

void UnitsTest::whatNobodyKnows()
{
    const auto room = open();
    DeskRoom &desk = *room;
    look(desk, u"SN-404"_s);
    QCOMPARE(text(desk, u"disposition"_s), u"SN-404: Never examined"_s);
    for (const QString &deed : {u"release"_s, u"ship"_s, u"scrap"_s, u"return"_s})
        QVERIFY(!desk.child<QPushButton>(deed)->isEnabled());
    pack(desk, u"SN-404"_s);
    QTRY_COMPARE(plate(desk), u"SN-404: DO NOT PACK"_s);
    pack(desk, QString(300, u'A'));
    QTRY_VERIFY2(
        text(desk, u"packReasons"_s).contains(u"300"_s), qPrintable(text(desk, u"packReasons"_s)));
}

QTEST_MAIN(UnitsTest)
#include "units.moc"
