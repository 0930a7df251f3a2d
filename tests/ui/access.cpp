// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/deskroom.h"
#include "ui/notice.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSplitterHandle>
#include <QTableView>
#include <QTextEdit>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

namespace {

constexpr int touch = 48; ///< what a gloved finger hits

/// What a person can do something with. Parts of Qt's own controls are reached through the whole.
bool isControl(const QWidget *widget)
{
    for (const auto *over = widget->parentWidget(); over; over = over->parentWidget())
        if (qobject_cast<const QComboBox *>(over) || qobject_cast<const QAbstractItemView *>(over))
            return false;
    if (qobject_cast<const QHeaderView *>(widget) || qobject_cast<const QScrollBar *>(widget))
        return false; // nothing is sorted by a press; what scrolls follows keys and fingers
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
        || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSlider *>(widget)
        || qobject_cast<const QAbstractItemView *>(widget)
        || qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QSplitterHandle *>(widget);
}

QList<QWidget *> controlsOf(QWidget &window)
{
    QList<QWidget *> controls;
    for (auto *widget : window.findChildren<QWidget *>())
        if (isControl(widget) && widget->isVisible() && widget->window() == &window)
            controls.append(widget);
    return controls;
}

/// What Tab comes to, once around the window.
QSet<QWidget *> reachedByTab(QWidget &window)
{
    QSet<QWidget *> reached;
    for (int press = 0; press < 400; ++press) {
        auto *now = QApplication::focusWidget();
        if (!now || reached.contains(now))
            break;
        reached.insert(now);
        QTest::keyClick(now, Qt::Key_Tab);
    }
    reached.insert(window.focusWidget());
    return reached;
}

/// A person's name for a widget, for complaints.
QString nameOf(const QWidget *widget)
{
    return widget->objectName() + u" ("_s + QString::fromLatin1(widget->metaObject()->className())
        + u')';
}

/// Empty, or what is wrong with it.
QString complaintOf(QWidget *control, const QSet<QWidget *> &reached)
{
    const auto *access = QAccessible::queryAccessibleInterface(control);
    if (control->objectName().isEmpty())
        return u"has no object name"_s;
    if (!access || access->text(QAccessible::Name).trimmed().isEmpty())
        return u"has no accessible name"_s;
    if (access->role() == QAccessible::NoRole || access->role() == QAccessible::Client)
        return u"has no role"_s;
    if (control->width() < touch || control->height() < touch)
        return u"is %1x%2"_s.arg(control->width()).arg(control->height());
    if (const auto *button = qobject_cast<QPushButton *>(control);
        button && button->width() < button->minimumSizeHint().width())
        return u"cuts its words: %1 of %2"_s.arg(button->width())
            .arg(button->minimumSizeHint().width());
    if (control->isEnabled() && !reached.contains(control))
        return u"is not reached by Tab"_s;
    if (const auto *table = qobject_cast<QTableView *>(control);
        table && table->verticalHeader()->defaultSectionSize() < touch)
        return u"has rows that are too low"_s;
    if (const auto *list = qobject_cast<QAbstractItemView *>(control); list
        && list->objectName() != u"queue" // that is only read
        && list->model()->rowCount() > 0
        && list->visualRect(list->model()->index(0, 0)).height() < touch)
        return u"has a row of %1"_s.arg(list->visualRect(list->model()->index(0, 0)).height());
    return {};
}

QStringList complaintsOf(QWidget &window, int least)
{
    const auto reached = reachedByTab(window);
    const auto controls = controlsOf(window);
    QStringList complaints;
    for (auto *control : controls)
        if (const QString complaint = complaintOf(control, reached); !complaint.isEmpty())
            complaints.append(nameOf(control) + u' ' + complaint);
    if (controls.size() < least)
        complaints.append(u"only %1 controls"_s.arg(controls.size()));
    return complaints;
}

} // namespace

/// Who cannot see well, has no mouse, or wears gloves.
class AccessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyControlOfEveryPage_data();
    void everyControlOfEveryPage();
    void everyControlOfThePeople_data();
    void everyControlOfThePeople();
    void whatOnlyShowsHasANameToo();
    void aListThatOpensHasRoomForAFinger();
    void theNoticeIsWorkedByKeys();

private:
    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
    int m_count = 0;
};

void AccessTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
}

void AccessTest::everyControlOfEveryPage_data()
{
    QTest::addColumn<QString>("tab");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("least");
    for (const QSize &size : {QSize(800, 480), QSize(1280, 800), QSize(1920, 1080)}) {
        QTest::addRow("line %d", size.width()) << u"tabLine"_s << size << 20;
        QTest::addRow("records %d", size.width()) << u"tabRecords"_s << size << 8;
        QTest::addRow("settings %d", size.width()) << u"tabSettings"_s << size << 35;
        QTest::addRow("units %d", size.width()) << u"tabUnits"_s << size << 10;
        QTest::addRow("pack %d", size.width()) << u"tabPack"_s << size << 8;
        QTest::addRow("service %d", size.width()) << u"tabService"_s << size << 5;
    }
}

void AccessTest::everyControlOfEveryPage()
{
    QFETCH(QString, tab);
    QFETCH(QSize, size);
    QFETCH(int, least);
    const QString folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(folder);
    DeskRoom desk(folder, size);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    desk.scan(u"TRAIN-0001"_s); // "Test again" is offered
    QTRY_VERIFY(desk.child<QPushButton>(u"again"_s)->isVisible());
    for (const QString &serial : {u"TRAIN-0007"_s, u"TRAIN-0008"_s})
        desk.scan(serial); // a queue to look at
    desk.page().showNote(u"Read this."_s);
    desk.page().awayBar().showAway(3, std::chrono::minutes(2));
    desk.press(tab);
    QVERIFY(QTest::qWaitForWindowActive(&desk.window()));
    if (tab == u"tabRecords")
        QTRY_COMPARE(desk.child<QTableView>(u"records"_s)->model()->rowCount(), 1);
    QCoreApplication::processEvents();
    const auto complaints = complaintsOf(desk.window(), least);
    QVERIFY2(complaints.isEmpty(), qPrintable(u'\n' + complaints.join(u'\n')));
}

void AccessTest::everyControlOfThePeople_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isAsked");
    for (const QSize &size : {QSize(800, 480), QSize(1280, 800), QSize(1920, 1080)}) {
        QTest::addRow("a prompt %d", size.width()) << size << false;
        QTest::addRow("people %d", size.width()) << size << true;
    }
}

/// And of a prompt, which no other page has.
void AccessTest::everyControlOfThePeople()
{
    QFETCH(const QSize, size);
    QFETCH(const bool, isAsked);
    const QString folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(folder);
    DeskRoom desk(folder, size, {}, {}, [isAsked](app::Settings &settings) {
        settings.login.isRequired = isAsked;
        settings.slotList[0].prompt = u"Switch the unit on"_s;
    });
    if (!isAsked) {
        QVERIFY(desk.plug(0, Kind::Good));
        desk.scan(u"TRAIN-0001"_s);
        QTRY_VERIFY(desk.child<QPushButton>(u"done-1"_s));
        QTRY_VERIFY(desk.child<QPushButton>(u"done-1"_s)->isVisible());
    } else {
        desk.press(u"tabPeople"_s);
        QTRY_VERIFY(desk.child<QWidget>(u"peopleForm"_s)->isVisible());
    }
    QVERIFY(QTest::qWaitForWindowActive(&desk.window()));
    QCoreApplication::processEvents();
    const auto complaints = complaintsOf(desk.window(), 10);
    QVERIFY2(complaints.isEmpty(), qPrintable(u'\n' + complaints.join(u'\n')));
}

/// Tiles, marks and figures: nobody presses them, but who has the screen read aloud hears them.
void AccessTest::whatOnlyShowsHasANameToo()
{
    const QString folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(folder);
    DeskRoom desk(folder);
    QVERIFY(desk.waits(0, SlotState::Empty));
    QList<QWidget *> shown{&desk.window().recordsMark(), &desk.window().cloudMark()};
    for (int slot = 0; slot < app::Classroom::places; ++slot)
        shown.append(&desk.page().board().tile(slot));
    for (auto *widget : shown) {
        const auto *access = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(access);
        QCOMPARE(access->role(), QAccessible::Indicator);
        QVERIFY2(access->text(QAccessible::Name).contains(u':'), qPrintable(nameOf(widget)));
    }
    for (QWidget *group : {static_cast<QWidget *>(&desk.page().board()),
             static_cast<QWidget *>(&desk.page().tallyBox()),
             static_cast<QWidget *>(desk.page().trainingBar())}) {
        const auto *access = QAccessible::queryAccessibleInterface(group);
        QCOMPARE(access->role(), QAccessible::Grouping);
        QVERIFY2(!access->text(QAccessible::Name).isEmpty(), qPrintable(nameOf(group)));
    }
    QVERIFY(desk.plug(0, Kind::Good));
    QTRY_VERIFY(QAccessible::queryAccessibleInterface(&desk.page().board().tile(0))
            ->text(QAccessible::Name)
            .contains(u"READY"_s));
}

void AccessTest::aListThatOpensHasRoomForAFinger()
{
    const QString folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(folder);
    DeskRoom desk(folder);
    desk.press(u"tabSettings"_s);
    auto *look = desk.child<QComboBox>(u"desktop.theme"_s);
    look->showPopup();
    QTRY_VERIFY(look->view()->isVisible());
    QVERIFY(look->view()->visualRect(look->model()->index(1, 0)).height() >= touch);
    QTest::keyClick(look->view(), Qt::Key_Escape);
}

void AccessTest::theNoticeIsWorkedByKeys()
{
    ui::Notice notice(station::Error{station::Fault::Full, u"no room"_s});
    notice.show();
    notice.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&notice));
    auto *close = notice.findChild<QPushButton *>();
    QTRY_VERIFY(close->hasFocus());
    const auto complaints = complaintsOf(notice, 1);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QTest::keyClick(close, Qt::Key_Space);
    QVERIFY(!notice.isVisible());
}

QTEST_MAIN(AccessTest)
#include "access.moc"
