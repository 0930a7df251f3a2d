// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/store.h"
#include "tests/ui/deskroom.h"

#include <QComboBox>
#include <QFile>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

/// Orders, units and the gate before the box, as people work with them in the window.
class UnitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void fromOrderToBox();
    void aScrapTakesTwoPressesAndAReason();
    void aBoardIsReplacedAndTestedAgain();
    void anOrderNeedsAClearLine();
    void aGateThatReadsTheTpm();
    void whoFailsTooOftenIsRefused();
    void whatNobodyKnows();

private:
    /// A desk whose plan waits for the lot, and asks who does what and why.
    [[nodiscard]] std::unique_ptr<DeskRoom> open();
    static void write(DeskRoom &desk, const QString &name, const QString &text);
    static void press(DeskRoom &desk, const QString &name) { desk.press(name); }
    static bool passes(DeskRoom &desk, int slot, const QString &serial);
    /// The page of units, about one of them.
    static void look(DeskRoom &desk, const QString &serial);
    static QString text(DeskRoom &desk, const QString &name)
    {
        return desk.child<QLabel>(name)->text();
    }
    static QString plate(DeskRoom &desk)
    {
        return desk.child<QWidget>(u"plate"_s)->accessibleName();
    }
    static void pack(DeskRoom &desk, const QString &serial);
    /// Scans it again until the plate says so: an enrollment is still on its way, or the slot is
    /// just asked whether somebody is there.
    [[nodiscard]] static bool packs(
        DeskRoom &desk, const QString &serial, const std::function<bool()> &isSaid);
    static void openOrder(DeskRoom &desk, const QString &ref);
    /// How it looks, in three sizes.
    static void take(DeskRoom &desk, const QString &name);

    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
    int m_count = 0;
};

void UnitsTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
}

std::unique_ptr<DeskRoom> UnitsTest::open()
{
    const QString folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(folder);
    QFile shipped(u":/plans/training.toml"_s);
    if (!shipped.open(QIODevice::ReadOnly))
        qFatal("no training plan");
    QString plan = QString::fromUtf8(shipped.readAll());
    plan.replace(u"when = \"pass\""_s, u"when = \"lot\""_s);
    plan.replace(u"[rework]\npersons = 0\nreasons = []"_s,
        u"[rework]\npersons = 1\nreasons = [\"no-boot\", \"cracked\"]"_s);
    plan.replace(u"attempts = 3"_s, u"attempts = 1"_s);
    QFile file(folder + u"/lot.toml"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write(plan.toUtf8()) < 0)
        qFatal("cannot write the plan");
    file.close();
    app::Settings settings;
    settings = DeskRoom(folder, QSize(1280, 800), file.fileName()).desk().wiring().settings();
    {
        const auto store =
            station::Store::open(ledgerPlace(settings, station::LedgerPlace::Role::Line));
        if (!store || !(*store)->addPerson(u"Ann Example"_s, u"repair"_s)
            || !(*store)->addPerson(u"Bob Example"_s, u"qa"_s))
            qFatal("nobody can be written down");
    }
    return std::make_unique<DeskRoom>(folder, QSize(1280, 800), file.fileName());
}

void UnitsTest::write(DeskRoom &desk, const QString &name, const QString &text)
{
    auto *field = desk.child<QLineEdit>(name);
    field->clear();
    QTest::keyClicks(field, text);
}

bool UnitsTest::passes(DeskRoom &desk, int slot, const QString &serial)
{
    press(desk, u"tabLine"_s);
    if (!desk.plug(slot, Kind::Good))
        return false;
    desk.scan(serial);
    return desk.waits(slot, SlotState::Pass);
}

void UnitsTest::look(DeskRoom &desk, const QString &serial)
{
    press(desk, u"tabUnits"_s);
    write(desk, u"unitSerial"_s, serial);
    QTest::keyClick(desk.child<QLineEdit>(u"unitSerial"_s), Qt::Key_Return);
    QTRY_VERIFY(text(desk, u"disposition"_s).startsWith(serial));
}

void UnitsTest::pack(DeskRoom &desk, const QString &serial)
{
    press(desk, u"tabPack"_s);
    // Whatever has the focus, a scanner types into the one field.
    QTest::keyClicks(desk.child<QPushButton>(u"tabPack"_s), serial);
    QTest::keyClick(&desk.window().packPage().scanField(), Qt::Key_Return);
}

bool UnitsTest::packs(DeskRoom &desk, const QString &serial, const std::function<bool()> &isSaid)
{
    for (int scans = 0; scans < 20; ++scans) {
        pack(desk, serial);
        if (QTest::qWaitFor(isSaid, 1000))
            return true;
    }
    return false;
}

void UnitsTest::openOrder(DeskRoom &desk, const QString &ref)
{
    press(desk, u"tabUnits"_s);
    press(desk, u"orderOpen"_s);
    write(desk, u"orderRef"_s, ref);
    write(desk, u"orderCustomer"_s, u"ACME"_s);
    write(desk, u"orderProduct"_s, u"gateway"_s);
    write(desk, u"orderQuantity"_s, u"2"_s);
    press(desk, u"orderGo"_s);
}

void UnitsTest::take(DeskRoom &desk, const QString &name)
{
    for (const QSize &size : {QSize(1920, 1080), QSize(800, 480), QSize(1280, 800)}) {
        desk.window().resize(size);
        QCoreApplication::processEvents();
        QCOMPARE(desk.window().size(), size); // nothing on the page is wider than the window
        desk.window().grab().save(
            QStringLiteral(BINARY_FOLDER "/../pictures/%1-%2.png").arg(name).arg(size.width()));
    }
}

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
