// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/deskroom.h"

#include <QComboBox>
#include <QImage>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

namespace {

/// Of the screens that lines have, in the points of the window: where everything is shown at 200 %,
/// there are half as many.
QList<QSize> sizes()
{
    if (qApp->devicePixelRatio() > 1)
        return {{640, 400}, {960, 540}};
    return {{1280, 800}, {1920, 1080}, {800, 480}};
}

QString folder()
{
    return qApp->devicePixelRatio() > 1 ? QStringLiteral(BINARY_FOLDER "/../pictures/200")
                                        : QStringLiteral(BINARY_FOLDER "/../pictures");
}

QColor colourAt(const QImage &image, const QPoint &point)
{
    return image.pixelColor(point * image.devicePixelRatio());
}

/// The part of a tile's surface that no text or shape covers.
QColor surfaceOf(const QImage &image, const QRect &tile)
{
    return colourAt(image, {tile.left() + tile.width() / 2, tile.top() + 7});
}

} // namespace

/// Writes pictures of each state in each size, and wants of them what an operator needs.
class PicturesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aShift();
    void anotherDay();
    void inKorean();
    void inEveryTheme_data();
    void inEveryTheme();
    void manySlots_data();
    void manySlots();

private:
    void take(DeskRoom &desk, const QString &name, const QList<SlotState> &states);
    QImage grab(QWidget &window, const QString &name, const QSize &size);

    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
};

void PicturesTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
    QVERIFY(QDir().mkpath(folder()));
}

QImage PicturesTest::grab(QWidget &window, const QString &name, const QSize &size)
{
    window.resize(size);
    // Qt tells widgets of the application's font only while exec() runs, which no test does.
    QEvent changed(QEvent::ApplicationFontChange);
    for (auto *widget : QApplication::allWidgets())
        QCoreApplication::sendEvent(widget, &changed);
    QCoreApplication::processEvents();
    const QImage image = window.grab().toImage();
    image.save(u"%1/%2-%3x%4.png"_s.arg(folder(), name).arg(size.width()).arg(size.height()));
    return image;
}

void PicturesTest::take(DeskRoom &desk, const QString &name, const QList<SlotState> &states)
{
    for (const QSize &size : sizes()) {
        // Tiles follow their slots turn by turn.
        for (int slot = 0; slot < states.size(); ++slot)
            QTRY_COMPARE(desk.page().board().tile(slot).view().state, states[slot]);
        const QImage image = grab(desk.window(), name, size);
        QCOMPARE(image.deviceIndependentSize(), QSizeF(size));
        auto &board = desk.page().board();
        QRect covered;
        for (int slot = 0; slot < states.size(); ++slot) {
            auto &tile = board.tile(slot);
            QCOMPARE(tile.view().state, states[slot]);
            // What stands on it is in its accessible name; what is painted has the state's colour.
            QVERIFY(!tile.accessibleName().isEmpty());
            const QRect area(tile.mapTo(&desk.window(), QPoint()), tile.size());
            QVERIFY(QRect(QPoint(), size).contains(area));
            QVERIFY2(area.width() >= size.width() / 7 && area.height() >= size.height() / 8,
                qPrintable(u"%1 %2x%3"_s.arg(name).arg(area.width()).arg(area.height())));
            QVERIFY(!covered.intersects(area) || slot > 1);
            covered = covered.united(area);
            QCOMPARE(surfaceOf(image, area), ui::look::colours(states[slot]).surface);
        }
        // The stripes of training.
        QVERIFY(colourAt(image, {2, 2}) != colourAt(image, {18, 2})
            || colourAt(image, {2, 2}) != colourAt(image, {10, 2}));
        const auto *stop = desk.child<QPushButton>(u"stop"_s);
        QVERIFY(stop->height() >= 52 && stop->width() >= 160);
        QVERIFY(desk.page().scanField().height() >= 48);
    }
}

void PicturesTest::aShift()
{
    const QString station = m_workplace.path(u"shift"_s);
    m_shelf->copyTo(station);
    DeskRoom desk(station);
    QVERIFY(desk.waits(0, SlotState::Empty));
    QVERIFY(desk.plug(0, Kind::Good));
    take(
        desk, u"ready"_s, {SlotState::Ready, SlotState::Empty, SlotState::Empty, SlotState::Empty});
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QVERIFY(desk.plug(1, Kind::Clone));
    desk.scan(u"TRAIN-0101"_s);
    QVERIFY(desk.waits(1, SlotState::Fail));
    QVERIFY(desk.plug(2, Kind::Silent));
    desk.scan(u"TRAIN-0103"_s);
    QVERIFY(desk.waits(2, SlotState::Timeout));
    QVERIFY(desk.plug(3, Kind::Slow));
    QTRY_COMPARE_WITH_TIMEOUT(desk.window().cloudMark().words(), u"Cloud: all delivered"_s, 20'000);
    desk.scan(u"TRAIN-0104"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.view(3).step > 0, 20'000);
    take(desk, u"line"_s,
        {SlotState::Pass, SlotState::Fail, SlotState::Timeout, SlotState::Running});
    QVERIFY(desk.waits(3, SlotState::Pass));
    const auto testAgain = [&desk] {
        desk.scan(u"TRAIN-0104"_s);
        if (!QTest::qWaitFor([&] { return desk.child<QPushButton>(u"again"_s)->isVisible(); }))
            return false;
        desk.press(u"again"_s);
        return desk.waits(3, SlotState::Running);
    };
    QVERIFY(testAgain());
    desk.press(u"stop"_s);
    QVERIFY(desk.waits(3, SlotState::Aborted));
    desk.scan(u"two words"_s);
    take(desk, u"stopped"_s,
        {SlotState::Pass, SlotState::Fail, SlotState::Timeout, SlotState::Aborted});
    desk.press(u"stop"_s);
    QVERIFY(testAgain());
    desk.press(u"unplug-4"_s);
    QVERIFY(desk.waits(3, SlotState::Error));
    desk.press(u"cloudSwitch"_s);
    desk.press(u"unplug-1"_s);
    QVERIFY(desk.waits(0, SlotState::Empty));
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0002"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QTRY_VERIFY_WITH_TIMEOUT(desk.window().cloudMark().words().contains(u"offline"_s), 60'000);
    desk.scan(u"TRAIN-0002"_s);
    QTRY_VERIFY(desk.child<QPushButton>(u"again"_s)->isVisible());
    take(desk, u"offline"_s,
        {SlotState::Pass, SlotState::Fail, SlotState::Timeout, SlotState::Error});
    desk.press(u"tabRecords"_s);
    QTRY_VERIFY(desk.child<QTextBrowser>(u"detail"_s)->toPlainText().contains(u"TRAIN"_s));
    for (const QSize &size : sizes())
        grab(desk.window(), u"records"_s, size);
    desk.press(u"tabSettings"_s);
    for (const QSize &size : sizes())
        grab(desk.window(), u"settings"_s, size);
}

void PicturesTest::anotherDay()
{
    const QString station = m_workplace.path(u"another"_s);
    m_shelf->copyTo(station);
    DeskRoom desk(station);
    desk.page().showNote(u"The station was interrupted while it tested TRAIN-0104. Test again."_s);
    QVERIFY(desk.waits(0, SlotState::Empty));
    take(desk, u"interrupted"_s,
        {SlotState::Empty, SlotState::Empty, SlotState::Empty, SlotState::Empty});
}

void PicturesTest::inKorean()
{
    const QString station = m_workplace.path(u"korean"_s);
    m_shelf->copyTo(station);
    DeskRoom desk(station);
    QVERIFY(desk.testGoodAndClone());
    desk.press(u"tabSettings"_s);
    desk.child<QComboBox>(u"desktop.language"_s)->setCurrentText(u"한국어"_s);
    desk.press(u"save"_s);
    QTRY_COMPARE(desk.child<QPushButton>(u"tabLine"_s)->text(), u"라인"_s);
    desk.press(u"tabLine"_s);
    take(desk, u"korean"_s, {SlotState::Pass, SlotState::Fail, SlotState::Empty, SlotState::Empty});
    desk.press(u"tabSettings"_s);
    for (const QSize &size : sizes())
        grab(desk.window(), u"korean-settings"_s, size);
}

void PicturesTest::inEveryTheme_data()
{
    QTest::addColumn<QString>("theme");
    QTest::newRow("dark") << u"dark"_s;
    QTest::newRow("contrast") << u"contrast"_s;
}

void PicturesTest::inEveryTheme()
{
    QFETCH(QString, theme);
    const QString station = m_workplace.path(theme);
    m_shelf->copyTo(station);
    DeskRoom desk(station);
    QVERIFY(desk.testGoodAndClone());
    desk.press(u"tabSettings"_s);
    auto *look = desk.child<QComboBox>(u"desktop.theme"_s);
    look->setCurrentIndex(look->findData(theme));
    desk.press(u"save"_s);
    desk.press(u"tabLine"_s);
    desk.page().showNote(u"The station was interrupted while it tested TRAIN-0104. Test again."_s);
    desk.page().awayBar().showAway(12, std::chrono::minutes(3));
    QVERIFY(desk.plug(2, Kind::Slow));
    desk.scan(u"two words"_s);
    take(desk, theme, {SlotState::Pass, SlotState::Fail, SlotState::Ready, SlotState::Empty});
    for (const QString &page : {u"Records"_s, u"Settings"_s, u"Service"_s, u"Units"_s, u"Pack"_s}) {
        desk.press(u"tab"_s + page);
        if (page == u"Records")
            QTRY_VERIFY(desk.child<QTextBrowser>(u"detail"_s)->toPlainText().contains(u"TRAIN"_s));
        for (const QSize &size : sizes())
            grab(desk.window(), theme + u'-' + page.toLower(), size);
    }
}

void PicturesTest::manySlots_data()
{
    QTest::addColumn<int>("places");
    for (const int places : {1, 2, 8, 16, 64})
        QTest::addRow("%d slots", places) << places;
}

/// A production line of this many slots, its states as the line's signals bring them.
void PicturesTest::manySlots()
{
    QFETCH(int, places);
    ui::look::wear(ui::look::Theme::Light); // as the pictures of README.md are
    QList<station::Slot> slotList;
    for (int slot = 1; slot <= places; ++slot)
        slotList.append({QString::number(slot), u"device:/dev/null"_s});
    auto plan = station::loadPlan(u"production"_s, {});
    QVERIFY(plan);
    station::Line line(slotList, *plan, [](const auto &, const auto &, const auto &) {
        return station::Result<std::optional<station::Payload>>(std::nullopt);
    });
    station::Bench bench(1);
    station::Reader reader({.url = u"sqlite:none.db"_s, .folder = m_workplace.folder()});
    ui::Window window(
        ui::WindowParts{.line = line, .bench = bench, .reader = reader, .station = u"line1-a"_s});
    window.show();
    for (int slot = 0; slot < places; ++slot) {
        const QString serial = u"SN-2026-%1"_s.arg(1000 + slot);
        QVERIFY(line.scan(serial));
        line.admitted(serial, station::Device{.serial = serial});
        Q_EMIT bench.progressed(slot, {.step = 1 + slot % 5, .steps = 5, .check = u"challenge"_s});
        if (slot % 6 == 5)
            continue;
        const auto verdict = static_cast<station::Verdict>(slot % 6 == 0 ? 0 : slot % 6 - 1);
        station::Recorded recorded{
            .serial = serial, .slot = QString::number(slot + 1), .seq = slot + 1};
        recorded.atUs = 1'790'000'000'000'000 + slot * 1'000'000LL;
        recorded.attempt = 1 + slot % 2;
        recorded.examination.verdict = verdict;
        line.examined(slot, recorded.examination);
        line.recorded(slot, recorded);
    }
    // The board shows some at a time.
    QTRY_COMPARE(window.linePage().board().tile(places - 1).view().serial,
        window.linePage().slotModel().at(places - 1).serial);
    for (const QSize &size : sizes()) {
        grab(window, u"slots%1"_s.arg(places), size);
        auto &board = window.linePage().board();
        for (int slot = 0; slot < places; ++slot) {
            const QRect area = board.tile(slot).geometry();
            QVERIFY(board.rect().contains(area));
            QVERIFY2(area.width() >= (size.width() < 700 ? 50 : 60) && area.height() >= 30,
                qPrintable(u"%1x%2"_s.arg(area.width()).arg(area.height())));
            for (int other = 0; other < slot; ++other)
                QVERIFY(!board.tile(other).geometry().intersects(area));
        }
    }
}

QTEST_MAIN(PicturesTest)
#include "pictures.moc"
