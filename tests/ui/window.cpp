// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"
#include "tests/ui/deskroom.h"
#include "ui/screenwording.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>
#include <QTextBrowser>
#include <QTranslator>

#include <csignal>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

/// Everything around the slots: what is typed, read, looked up and set.
class WindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void wrongScansAreSaidAndForgotten_data();
    void wrongScansAreSaidAndForgotten();
    void aSecondEnterSaysNothing();
    void whatIsTypedGoesToTheScanField();
    void recordsAreFoundAndShownWhole();
    void whatACrashInterruptedIsNamed();
    void oneIsNotMany();

private:
    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
    QString m_folder;
    int m_count = 0;
};

void WindowTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
}

void WindowTest::init()
{
    m_folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(m_folder);
}

void WindowTest::wrongScansAreSaidAndForgotten_data()
{
    QTest::addColumn<QString>("scan");
    QTest::addColumn<QString>("says");
    QTest::newRow("ten thousand characters") << QString(10'000, u'A') << u"10000 characters"_s;
    QTest::newRow("one too many") << QString(65, u'A') << u"65 characters"_s;
    QTest::newRow("control characters") << u"TRAIN\x01\x1d-0001"_s << u"no text"_s;
    QTest::newRow("an escape sequence") << u"TRAIN\x1b[31m"_s << u"no text"_s;
    QTest::newRow("small letters") << u"train-0001"_s << u"no serial of this line"_s;
    QTest::newRow("markup") << u"<b>TRAIN</b>"_s << u"no serial of this line"_s;
    QTest::newRow("words") << u"two words"_s << u"no serial of this line"_s;
}

void WindowTest::wrongScansAreSaidAndForgotten()
{
    QFETCH(QString, scan);
    QFETCH(QString, says);
    DeskRoom desk(m_folder);
    for (const QChar character : scan) {
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(character));
        QCoreApplication::sendEvent(&desk.page().scanField(), &press);
    }
    QTest::keyClick(&desk.page().scanField(), Qt::Key_Return);
    QTRY_VERIFY2(desk.said().contains(says), qPrintable(desk.said()));
    QVERIFY(desk.said().size() < 300);
    QCOMPARE(desk.page().scanField().text(), QString());
    QCOMPARE(desk.desk().wiring().line().waiting(), QStringList());
    // The next one is judged for itself.
    desk.scan(u"TRAIN-0009"_s);
    QTRY_COMPARE(desk.desk().wiring().line().waiting(), QStringList{u"TRAIN-0009"_s});
}

void WindowTest::aSecondEnterSaysNothing()
{
    DeskRoom desk(m_folder);
    desk.scan(u"TRAIN-0009"_s);
    QTRY_COMPARE(desk.desk().wiring().line().waiting().size(), 1);
    const QString said = desk.said();
    QTest::keyClick(&desk.page().scanField(), Qt::Key_Return);
    QTest::keyClick(&desk.page().scanField(), Qt::Key_Enter);
    QCOMPARE(desk.said(), said);
    QCOMPARE(desk.desk().wiring().line().waiting().size(), 1);
}

void WindowTest::whatIsTypedGoesToTheScanField()
{
    DeskRoom desk(m_folder);
    desk.press(u"cloudSwitch"_s);
    desk.press(u"cloudSwitch"_s);
    desk.child<QPushButton>(u"stop"_s)->setFocus();
    QTest::keyClicks(desk.child<QPushButton>(u"stop"_s), u"TRAIN-0009"_s);
    QCOMPARE(desk.page().scanField().text(), u"TRAIN-0009"_s);
    QTest::keyClick(&desk.page().scanField(), Qt::Key_Tab); // as many scanners end
    QTRY_COMPARE(desk.desk().wiring().line().waiting(), QStringList{u"TRAIN-0009"_s});
    desk.press(u"tabRecords"_s);
    QTest::keyClicks(desk.child<QLineEdit>(u"search"_s), u"abc"_s);
    QCOMPARE(desk.child<QLineEdit>(u"search"_s)->text(), u"abc"_s);
    desk.press(u"tabLine"_s);
    QCOMPARE(desk.page().scanField().text(), QString());
}

void WindowTest::recordsAreFoundAndShownWhole()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QSignalSpy settled(desk.desk().wiring().outboxes().first(), &upload::Outbox::settled);
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty()
            && settled.last().first().value<station::Settlement>().state
                == station::DeliveryState::Confirmed,
        20'000);
    desk.press(u"tabRecords"_s);
    auto *table = desk.child<QTableView>(u"records"_s);
    const QAbstractItemModelTester tester(
        table->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    const auto *detail = desk.child<QTextBrowser>(u"detail"_s);
    QTRY_VERIFY(detail->toPlainText().contains(u"TRAIN-0001"_s));
    for (const QString &part : {u"PASS"_s, u"the TPM holds the private key"_s, u"confirmed"_s,
             u"0x01c00002"_s, u"for this key"_s})
        QVERIFY2(detail->toPlainText().contains(part), qPrintable(detail->toPlainText()));
    const QAbstractItemView *view = table;
    QFont font = table->font(); // as when the window grows, and shrinks
    for (const int size : {40, 10}) {
        font.setPixelSize(size);
        table->setFont(font);
        QTRY_VERIFY(table->columnWidth(0) >= view->sizeHintForColumn(0));
        QTRY_VERIFY(table->horizontalHeader()->length() >= table->viewport()->width());
    }
    QTest::keyClicks(desk.child<QLineEdit>(u"search"_s), u"nobody"_s);
    QTRY_COMPARE(table->model()->rowCount(), 0);
    QCOMPARE(desk.child<QLabel>(u"recordMessage"_s)->text(), u"No record matches."_s);
}

void WindowTest::whatACrashInterruptedIsNamed()
{
    support::Cli victim({u"crash"_s, m_folder}, QCoreApplication::applicationFilePath());
    QCOMPARE(victim.line(), QByteArray("running"));
    QVERIFY(!support::processesWith("--tpmstate dir=" + m_folder.toUtf8()).isEmpty());
    victim.signal(SIGKILL);
    QCOMPARE(victim.wait().exit, -1);
    QTRY_VERIFY_WITH_TIMEOUT(
        support::processesWith("--tpmstate dir=" + m_folder.toUtf8()).isEmpty(), 10'000);
    DeskRoom desk(m_folder);
    QVERIFY2(desk.note().contains(u"TRAIN-0104"_s) && desk.note().contains(u"interrupted"_s),
        qPrintable(desk.note()));
    QVERIFY(desk.note().contains(u"1 serial"_s));
    QCOMPARE(desk.desk().wiring().line().waiting(), QStringList{u"TRAIN-0009"_s});
    QCOMPARE(desk.state(0), SlotState::Aborted);
    QCOMPARE(desk.view(0).serial, u"TRAIN-0104"_s);
    desk.press(u"noteRead"_s);
    QCOMPARE(desk.note(), QString());
}

void WindowTest::oneIsNotMany()
{
    QTranslator english;
    QVERIFY(english.load(u":/i18n/ekstation_en.qm"_s));
    QVERIFY(QCoreApplication::installTranslator(&english));
    QCOMPARE(ui::wording::resumed(1), u"1 serial waited when the station ended; it waits again."_s);
    QCOMPARE(
        ui::wording::resumed(7), u"7 serials waited when the station ended; they wait again."_s);
    QCoreApplication::removeTranslator(&english);
}

namespace {

/// The life of the process that whatACrashInterruptedIsNamed() kills.
int liveUntilKilled(const QString &folder)
{
    DeskRoom desk(folder);
    if (!desk.plug(0, Kind::Slow))
        return 1;
    desk.scan(u"TRAIN-0104"_s);
    if (!QTest::qWaitFor([&] { return desk.view(0).step > 0; }, 20'000))
        return 1;
    desk.scan(u"TRAIN-0009"_s);
    QSignalSpy written(&desk.desk().wiring().ledger(), &station::Ledger::queueWritten);
    if (!written.wait(10'000))
        return 1;
    std::puts("running");
    std::fflush(stdout);
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "crash") == 0)
        return liveUntilKilled(QString::fromLocal8Bit(argv[2]));
    WindowTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "window.moc"
