// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/floor.h"

#include <QSignalSpy>

using namespace onfloor;

namespace {

/// A serial that has the slot goes through to its verdict.
void conclude(
    Line &line, int slot, const QString &serial, const Examination &examination = passed())
{
    line.admitted(serial, Device{.serial = serial});
    line.examined(slot, examination);
    line.recorded(slot, Recorded{.serial = serial, .examination = examination});
}

QString at(const Line &line, int slot)
{
    return line.placeAt(slot).state == State::Empty ? QString() : line.placeAt(slot).device.serial;
}

} // namespace

/// Which slot a scan takes where devices are seen to come and go.
class PlacesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDeviceThatArrivedFirstIsMeant();
    void aScanWaitsWhileASlotIsFreeForItsDevice();
    void aVerdictStaysUntilTheDeviceLeaves();
    void theNextScanTakesTheOldestVerdictWhereNoSlotIsFree();
    void aSerialAgainMeansItsOwnSlot();
    void aDevicePulledOutLeavesItsVerdict();
    void aFirstLookTakesNoVerdictAway();
    void nothingIsSeenDuringATest();
    void heldMeansWaiting();
};

void PlacesTest::theDeviceThatArrivedFirstIsMeant()
{
    Floor floor(3);
    floor.line.probed(0, Presence::Absent);
    floor.line.probed(2, Presence::Present);
    floor.line.probed(1, Presence::Present);
    QVERIFY(floor.line.scan(u"A"_s));
    QCOMPARE(at(floor.line, 2), u"A"_s);
    QVERIFY(floor.line.scan(u"B"_s));
    QCOMPARE(at(floor.line, 1), u"B"_s);
}

void PlacesTest::aScanWaitsWhileASlotIsFreeForItsDevice()
{
    Floor floor(2);
    floor.line.probed(0, Presence::Present);
    floor.line.probed(1, Presence::Absent);
    QVERIFY(floor.line.scan(u"A"_s));
    conclude(floor.line, 0, u"A"_s);
    QSignalSpy changed(&floor.line, &Line::queueChanged);
    QVERIFY(floor.line.scan(u"B"_s));
    QCOMPARE(floor.line.waiting(), QStringList{u"B"_s});
    QVERIFY(floor.line.placeAt(0).isShown);
    floor.line.probed(1, Presence::Present);
    QCOMPARE(at(floor.line, 1), u"B"_s);
    QCOMPARE(floor.line.waiting(), QStringList());
    QCOMPARE(changed.size(), 2);
}

void PlacesTest::aVerdictStaysUntilTheDeviceLeaves()
{
    Floor floor(1);
    floor.line.probed(0, Presence::Present);
    QVERIFY(floor.line.scan(u"A"_s));
    conclude(floor.line, 0, u"A"_s);
    floor.line.probed(0, Presence::Present);
    floor.line.probed(0, Presence::Unknown);
    QVERIFY(floor.line.placeAt(0).isShown);
    floor.line.probed(0, Presence::Absent);
    QVERIFY(!floor.line.placeAt(0).isShown);
}

void PlacesTest::theNextScanTakesTheOldestVerdictWhereNoSlotIsFree()
{
    Floor floor(2);
    for (const int slot : {0, 1})
        floor.line.probed(slot, Presence::Present);
    QVERIFY(floor.line.scan(u"A"_s));
    QVERIFY(floor.line.scan(u"B"_s));
    conclude(floor.line, 1, u"B"_s);
    conclude(floor.line, 0, u"A"_s);
    QVERIFY(floor.line.scan(u"C"_s));
    QCOMPARE(at(floor.line, 1), u"C"_s);
}

void PlacesTest::aSerialAgainMeansItsOwnSlot()
{
    Floor floor(3);
    for (const int slot : {0, 1, 2})
        floor.line.probed(slot, Presence::Present);
    QVERIFY(floor.line.scan(u"A"_s));
    QVERIFY(floor.line.scan(u"B"_s));
    conclude(floor.line, 0, u"A"_s);
    conclude(floor.line, 1, u"B"_s);
    QVERIFY(floor.line.scan(u"B"_s));
    QCOMPARE(at(floor.line, 1), u"B"_s);
}

void PlacesTest::aDevicePulledOutLeavesItsVerdict()
{
    Floor floor(1);
    floor.line.probed(0, Presence::Present);
    QVERIFY(floor.line.scan(u"A"_s));
    Examination lost = passed();
    lost.verdict = Verdict::Error;
    lost.trouble = Trouble{u"link"_s, u"closed"_s};
    conclude(floor.line, 0, u"A"_s, lost);
    floor.line.probed(0, Presence::Absent);
    QVERIFY(floor.line.placeAt(0).isShown);
    floor.line.probed(0, Presence::Present);
    QVERIFY(!floor.line.placeAt(0).isShown);
}

void PlacesTest::aFirstLookTakesNoVerdictAway()
{
    Floor floor(1);
    QVERIFY(floor.line.scan(u"A"_s));
    conclude(floor.line, 0, u"A"_s);
    floor.line.probed(0, Presence::Present);
    QVERIFY(floor.line.placeAt(0).isShown);
}

void PlacesTest::nothingIsSeenDuringATest()
{
    Floor floor(1);
    floor.line.probed(0, Presence::Present);
    QVERIFY(floor.line.scan(u"A"_s));
    floor.line.probed(0, Presence::Absent);
    QCOMPARE(at(floor.line, 0), u"A"_s);
    QCOMPARE(floor.line.placeAt(0).presence, Presence::Present);
}

void PlacesTest::heldMeansWaiting()
{
    Floor floor(1);
    floor.line.probed(0, Presence::Present);
    QVERIFY(floor.line.scan(u"A"_s));
    QVERIFY(floor.line.scan(u"B"_s) && floor.line.waiting().size() == 1);
    floor.line.hold();
    QVERIFY(floor.line.isHeld());
    QVERIFY(!floor.line.scan(u"C"_s));
    conclude(floor.line, 0, u"A"_s);
    QCOMPARE(floor.line.waiting(), QStringList{u"B"_s});
    floor.line.resume();
    QCOMPARE(at(floor.line, 0), u"B"_s);
}

QTEST_GUILESS_MAIN(PlacesTest)
#include "places.moc"
