// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/deskroom.h"

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

/// What the line page tells beside its slots: of the service, and of the shift.
class FiguresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void withoutTheCloudTheLineGoesOn();
    void theShiftGoesOnAfterARestart();

private:
    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
    QString m_folder;
    int m_count = 0;
};

void FiguresTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
}

void FiguresTest::init()
{
    m_folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(m_folder);
}

void FiguresTest::withoutTheCloudTheLineGoesOn()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.press(u"cloudSwitch"_s);
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QTRY_COMPARE_WITH_TIMEOUT(
        desk.window().cloudMark().words(), u"Cloud: offline, 1 waiting"_s, 60'000);
    QCOMPARE(desk.window().cloudMark().health(), ui::Mark::Health::Care);
    QCOMPARE(desk.window().recordsMark().health(), ui::Mark::Health::Good);
    const auto &bar = desk.page().awayBar();
    QTRY_VERIFY(bar.isVisible());
    QCOMPARE(bar.words(),
        u"⚠ Cloud: 1 waiting, oldest 0 min. Testing goes on; they are sent by themselves."_s);
    desk.press(u"cloudSwitch"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.window().cloudMark().words(), u"Cloud: all delivered"_s, 60'000);
    QCOMPARE(desk.window().cloudMark().health(), ui::Mark::Health::Good);
    QVERIFY(!bar.isVisible());
}

void FiguresTest::theShiftGoesOnAfterARestart()
{
    const auto figure = [](DeskRoom &desk, const QString &name) {
        return desk.child<QLabel>(u"tally"_s + name)->text();
    };
    QString since;
    {
        DeskRoom desk(m_folder);
        QCOMPARE(figure(desk, u"Passed"_s), u"0"_s);
        QCOMPARE(figure(desk, u"Yield"_s), u"–"_s);
        QVERIFY(desk.testGoodAndClone());
        QCOMPARE(figure(desk, u"Passed"_s), u"1"_s);
        QCOMPARE(figure(desk, u"Failed"_s), u"1"_s);
        QCOMPARE(figure(desk, u"Yield"_s), u"50.0 %"_s);
        QCOMPARE(figure(desk, u"Hour"_s), u"2"_s);
        since = figure(desk, u"Title"_s);
        QVERIFY2(since.startsWith(u"Since "_s), qPrintable(since));
    }
    DeskRoom desk(m_folder);
    QTRY_COMPARE(figure(desk, u"Passed"_s), u"1"_s);
    auto &results = desk.page().resultModel();
    const auto serialAt = [&results](int row) {
        return results.index(row).data(ui::ResultModel::SerialRole).toString();
    };
    QCOMPARE(results.rowCount(), 2);
    QCOMPARE(serialAt(0), u"TRAIN-0101"_s); // the newest first
    QCOMPARE(serialAt(1), u"TRAIN-0001"_s);
    QCOMPARE(figure(desk, u"Title"_s), since);
    QVERIFY(desk.plug(0, Kind::Clone));
    desk.scan(u"TRAIN-0101"_s);
    QVERIFY(desk.waits(0, SlotState::Fail));
    QCOMPARE(figure(desk, u"Failed"_s), u"2"_s);
    QCOMPARE(figure(desk, u"Retests"_s), u"1"_s);
}

QTEST_MAIN(FiguresTest)
#include "figures.moc"
