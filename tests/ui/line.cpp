// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/ui/deskroom.h"
#include "ui/press.h"

#include <QAbstractItemModelTester>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

/// The operator's page, with real devices behind it.
class LinePageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void aGoodDevicePassesAndIsDelivered();
    void theVerdictStaysUntilTheDeviceLeaves();
    void aCloneFailsAndNamesTheOther();
    void anOwnedDeviceFails();
    void aSilentDeviceTimesOut();
    void stopEndsWhatRunsAndGoOnGoesOn();
    void aTileStopsItsOwn();
    void commandsAreScanned();
    void aDevicePulledOutIsTheStationsError();
    void aScanWaitsForItsDevice();
    void aUnitThatSaysItsSerialNeedsNoScan();
    void aSlotReadsGoldenDevicesFirst();
    void whatHasPassedIsNotTestedByAccident();
    void aCloseStopsWhatRuns();

private:
    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
    QString m_folder; ///< of this function's station
    int m_count = 0;
};

void LinePageTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
}

void LinePageTest::init()
{
    m_folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(m_folder);
}

void LinePageTest::aGoodDevicePassesAndIsDelivered()
{
    DeskRoom desk(m_folder);
    const QAbstractItemModelTester slotTester(
        &desk.page().slotModel(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QAbstractItemModelTester resultTester(
        &desk.page().resultModel(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(desk.waits(0, SlotState::Empty));
    QVERIFY(desk.plug(0, Kind::Good));
    QCOMPARE(desk.view(0).next, u"Scan its serial"_s);
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QCOMPARE(desk.view(0).serial, u"TRAIN-0001"_s);
    QTRY_COMPARE(desk.said(), u"✓ TRAIN-0001\nPASS"_s);
    QCOMPARE(desk.page().resultModel().rowCount(), 1);
    QCOMPARE(desk.window().recordsMark().words(), u"Records: saved"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.window().cloudMark().words(), u"Cloud: all delivered"_s, 20'000);
    QTRY_VERIFY(desk.page().board().tile(0).accessibleName().contains(u"PASS"_s));
}

void LinePageTest::theVerdictStaysUntilTheDeviceLeaves()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    // Two more looks at the slot change nothing.
    // Probes are emitted on the bench's threads, where a QSignalSpy would count them too.
    int probes = 0;
    QObject here;
    QObject::connect(&desk.desk().wiring().bench(), &station::Bench::probed, &here,
        [&probes](int slot) { probes += slot == 0 ? 1 : 0; });
    QTRY_VERIFY_WITH_TIMEOUT(probes >= 2, 20'000);
    QCOMPARE(desk.state(0), SlotState::Pass);
    desk.room().unplug(0);
    QVERIFY(desk.waits(0, SlotState::Empty));
    QCOMPARE(desk.view(0).serial, QString());
    QCOMPARE(desk.page().resultModel().rowCount(), 1);
}

void LinePageTest::aCloneFailsAndNamesTheOther()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.testGoodAndClone());
    QVERIFY2(desk.view(1).what.contains(u"TRAIN-0001"_s), qPrintable(desk.view(1).what));
    QVERIFY2(desk.view(1).next.contains(u"QA"_s), qPrintable(desk.view(1).next));
    QCOMPARE(desk.state(0), SlotState::Pass);
}

void LinePageTest::anOwnedDeviceFails()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Owned));
    desk.scan(u"TRAIN-0102"_s);
    QVERIFY(desk.waits(0, SlotState::Fail));
    QVERIFY(!desk.view(0).next.isEmpty());
}

void LinePageTest::aSilentDeviceTimesOut()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Silent));
    desk.scan(u"TRAIN-0103"_s);
    QVERIFY(desk.waits(0, SlotState::Running));
    QVERIFY2(desk.waits(0, SlotState::Timeout),
        qPrintable(u"%1 %2"_s.arg(int(desk.state(0))).arg(desk.view(0).what)));
    QVERIFY2(desk.view(0).next.contains(u"off and on"_s), qPrintable(desk.view(0).next));
}

void LinePageTest::stopEndsWhatRunsAndGoOnGoesOn()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Slow));
    desk.scan(u"TRAIN-0104"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.view(0).step > 0, 20'000);
    desk.scan(u"TRAIN-0005"_s);
    QTRY_COMPARE(desk.desk().wiring().line().waiting(), QStringList{u"TRAIN-0005"_s});
    desk.press(u"stop"_s);
    QCOMPARE(desk.state(0), SlotState::Stopping);
    QVERIFY(desk.waits(0, SlotState::Aborted));
    QCOMPARE(desk.child<QPushButton>(u"stop"_s)->text(), u"Go on"_s);
    desk.scan(u"TRAIN-0104"_s);
    QTRY_VERIFY2(desk.said().contains(u"Press Go on"_s), qPrintable(desk.said()));
    desk.press(u"stop"_s);
    QCOMPARE(desk.child<QPushButton>(u"stop"_s)->text(), u"Stop"_s);
    QCOMPARE(desk.desk().wiring().line().waiting(), QStringList{u"TRAIN-0005"_s});
    desk.scan(u"TRAIN-0104"_s);
    // A slow device: sanitized, and beside other tests, it has taken more than a minute.
    QTRY_COMPARE_WITH_TIMEOUT(desk.state(0), SlotState::Pass, 180'000);
    QCOMPARE(desk.view(0).serial, u"TRAIN-0104"_s);
}

/// The others go on. A tile without room has its stop where it is pressed.
void LinePageTest::aTileStopsItsOwn()
{
    DeskRoom desk(m_folder);
    auto *stop = desk.child<QPushButton>(u"stop-1"_s);
    QVERIFY(desk.plug(0, Kind::Slow));
    for (const QSize &size : {QSize(1280, 800), QSize(800, 480)}) {
        desk.window().resize(size);
        QVERIFY(!stop->isVisible());
        desk.scan(u"TRAIN-0104"_s);
        QTRY_VERIFY_WITH_TIMEOUT(desk.view(0).step > 0, 20'000);
        if (size.width() == 800)
            QTest::mouseClick(stop->parentWidget(), Qt::LeftButton);
        QTRY_VERIFY(stop->isVisible());
        QVERIFY(stop->width() >= ui::glove && stop->height() >= ui::glove);
        desk.window().grab().save(
            QStringLiteral(BINARY_FOLDER "/../pictures/stop-%1.png").arg(size.width()));
        stop->setFocus(); // by Tab
        desk.press(u"stop-1"_s);
        QCOMPARE(desk.state(0), SlotState::Stopping);
        QVERIFY(desk.waits(0, SlotState::Aborted));
        QTRY_VERIFY(!stop->isVisible());
        QVERIFY(!qobject_cast<QPushButton *>(QApplication::focusWidget()));
        QVERIFY(!desk.desk().wiring().line().isHeld());
    }
}

void LinePageTest::commandsAreScanned()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Slow));
    desk.scan(u"*EK:STOP:1*"_s);
    QVERIFY2(desk.said().contains(u"Nothing is tested there"_s), qPrintable(desk.said()));
    desk.scan(u"TRAIN-0104"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.view(0).step > 0, 20'000);
    desk.scan(u"*EK:STOP:9*"_s);
    QVERIFY2(desk.said().contains(u"does not know"_s), qPrintable(desk.said()));
    desk.scan(u"*EK:STOP:1*"_s);
    QVERIFY2(desk.said().contains(u"Stop slot 1"_s), qPrintable(desk.said()));
    QVERIFY(desk.waits(0, SlotState::Aborted));
    QVERIFY(!desk.desk().wiring().line().isHeld()); // the others go on
    desk.scan(u"*EK:STOP*"_s);
    QCOMPARE(desk.child<QPushButton>(u"stop"_s)->text(), u"Go on"_s);
    desk.scan(u"*EK:FORMAT*"_s);
    QVERIFY2(desk.said().contains(u"does not know"_s), qPrintable(desk.said()));
    desk.scan(u"*EK:GO*"_s);
    QCOMPARE(desk.child<QPushButton>(u"stop"_s)->text(), u"Stop"_s);
    QCOMPARE(desk.desk().wiring().line().waiting(), QStringList());
}

void LinePageTest::aDevicePulledOutIsTheStationsError()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Slow));
    desk.scan(u"TRAIN-0104"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.view(0).step > 0, 20'000);
    desk.press(u"unplug-1"_s);
    QVERIFY(desk.waits(0, SlotState::Error));
    // It stays to be read, although the device has left; the next one takes it away.
    // Probes are emitted on the bench's threads, where a QSignalSpy would count them too.
    int probes = 0;
    QObject here;
    QObject::connect(&desk.desk().wiring().bench(), &station::Bench::probed, &here,
        [&probes](int slot) { probes += slot == 0 ? 1 : 0; });
    QTRY_VERIFY_WITH_TIMEOUT(probes >= 2, 20'000);
    QCOMPARE(desk.state(0), SlotState::Error);
    QVERIFY(desk.plug(0, Kind::Good));
}

void LinePageTest::aScanWaitsForItsDevice()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.waits(0, SlotState::Empty));
    int probes = 0;
    QObject here;
    QObject::connect(
        &desk.desk().wiring().bench(), &station::Bench::probed, &here, [&probes] { ++probes; });
    QTRY_VERIFY_WITH_TIMEOUT(probes >= 4, 20'000);
    desk.scan(u"TRAIN-0001"_s);
    QTRY_COMPARE(desk.desk().wiring().line().waiting(), QStringList{u"TRAIN-0001"_s});
    QTRY_VERIFY2(desk.said().contains(u"Connect it"_s), qPrintable(desk.said()));
    QVERIFY(desk.room().plug(Kind::Good));
    QVERIFY(desk.waits(0, SlotState::Pass));
}

void LinePageTest::aUnitThatSaysItsSerialNeedsNoScan()
{
    const QString label = m_folder + u"/label"_s;
    DeskRoom desk(m_folder, {1280, 800}, {}, {}, [&label](app::Settings &settings) {
        for (auto &slot : settings.slotList)
            slot.serial.command = QStringList{u"cat"_s, label};
    });
    QVERIFY(desk.waits(0, SlotState::Empty));
    // It cannot be read: the operator is told, and scans.
    QVERIFY(desk.plug(0, Kind::Good));
    QTRY_VERIFY2(desk.said().contains(u"scan it"_s), qPrintable(desk.said()));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QFile file(label);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("TRAIN-0002\n");
    file.close();
    QVERIFY(desk.room().plug(Kind::Good));
    QVERIFY(desk.waits(1, SlotState::Pass));
    QCOMPARE(desk.view(1).serial, u"TRAIN-0002"_s);
    // What has passed and stays is not asked again.
    QCOMPARE(desk.state(0), SlotState::Pass);
}

void LinePageTest::aSlotReadsGoldenDevicesFirst()
{
    DeskRoom desk(m_folder, {1280, 800}, {}, {}, [](app::Settings &settings) {
        settings.golden = {.pass = {u"TRAIN-0001"_s}, .fail = {u"TRAIN-0102"_s}};
    });
    QVERIFY(desk.waits(0, SlotState::Empty));
    QVERIFY2(
        desk.view(0).next.contains(u"TRAIN-0001, TRAIN-0102"_s), qPrintable(desk.view(0).next));
    desk.scan(u"TRAIN-0002"_s);
    QVERIFY2(desk.said().contains(u"golden"_s), qPrintable(desk.said()));
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QVERIFY2(desk.view(0).next.contains(u"reads as it must"_s), qPrintable(desk.view(0).next));
    desk.room().unplug(0);
    QVERIFY(desk.waits(0, SlotState::Empty));
    QVERIFY2(desk.view(0).next.contains(u"TRAIN-0102"_s), qPrintable(desk.view(0).next));
    QVERIFY(desk.plug(0, Kind::Owned));
    desk.scan(u"TRAIN-0102"_s);
    QVERIFY(desk.waits(0, SlotState::Fail));
    desk.room().unplug(0);
    QTRY_COMPARE_WITH_TIMEOUT(desk.view(0).next, u"Connect a device"_s, 20'000);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0002"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    // The golden devices are proven, and no customer is told of them.
    QTRY_COMPARE_WITH_TIMEOUT(desk.window().cloudMark().words(), u"Cloud: all delivered"_s, 20'000);
    auto reader = station::LedgerReader::open(
        ledgerPlace(desk.desk().wiring().settings(), station::LedgerPlace::Role::Courier));
    QVERIFY(reader);
    const auto bindings = reader->bindings();
    QVERIFY(bindings);
    QCOMPARE(bindings->size(), 1);
    QCOMPARE(bindings->first().serial, u"TRAIN-0002"_s);
}

void LinePageTest::whatHasPassedIsNotTestedByAccident()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    desk.scan(u"TRAIN-0001"_s);
    QTRY_VERIFY2(desk.said().contains(u"Has passed already"_s), qPrintable(desk.said()));
    QCOMPARE(desk.page().resultModel().rowCount(), 1);
    QTRY_VERIFY(desk.child<QPushButton>(u"again"_s)->isVisible());
    desk.press(u"again"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.page().resultModel().rowCount(), 2, 20'000);
    QVERIFY(desk.waits(0, SlotState::Pass));
}

void LinePageTest::aCloseStopsWhatRuns()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Slow));
    desk.scan(u"TRAIN-0104"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.view(0).step > 0, 20'000);
    desk.window().close();
    QVERIFY(desk.window().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window().isVisible(), 20'000);
    QCOMPARE(desk.state(0), SlotState::Aborted);
}

QTEST_MAIN(LinePageTest)
#include "line.moc"
