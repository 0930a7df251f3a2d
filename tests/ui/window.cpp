// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"
#include "tests/ui/deskroom.h"
#include "ui/screenwording.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
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
    void everyControlHasANameAndRoomForAFinger();
    void recordsAreFoundAndShownWhole();
    void settingsAreSavedWithTheirExplanations();
    void settingsThatMakeNoSenseLoseNothing_data();
    void settingsThatMakeNoSenseLoseNothing();
    void slotAndServiceCanBeTried();
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

void WindowTest::everyControlHasANameAndRoomForAFinger()
{
    DeskRoom desk(m_folder, {800, 480});
    int controls = 0;
    for (const auto *widget : desk.window().findChildren<QWidget *>()) {
        const bool isControl = qobject_cast<const QAbstractButton *>(widget)
            || (qobject_cast<const QLineEdit *>(widget)
                && !widget->parentWidget()->inherits("QComboBox"))
            || qobject_cast<const QComboBox *>(widget)
            || (qobject_cast<const QAbstractItemView *>(widget)
                && !widget->window()->inherits("QComboBoxPrivateContainer"));
        if (!isControl || widget->objectName().startsWith(u"qt_"_s)
            || widget->inherits("QToolButton") || widget->inherits("QHeaderView")
            || widget->parentWidget()->inherits("QTableView"))
            continue;
        ++controls;
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
        QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        if (qobject_cast<const QPushButton *>(widget) && widget->isVisible())
            QVERIFY2(
                widget->height() >= 48 && widget->width() >= 48, qPrintable(widget->objectName()));
    }
    QVERIFY2(controls > 30, qPrintable(QString::number(controls)));
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
    QTest::keyClicks(desk.child<QLineEdit>(u"search"_s), u"nobody"_s);
    QTRY_COMPARE(table->model()->rowCount(), 0);
    QCOMPARE(desk.child<QLabel>(u"recordMessage"_s)->text(), u"No record matches."_s);
}

void WindowTest::settingsAreSavedWithTheirExplanations()
{
    DeskRoom desk(m_folder);
    const QString file = desk.room().settingsFile();
    QFile before(file);
    QVERIFY(before.open(QIODevice::ReadOnly));
    const QByteArray old = before.readAll();
    desk.press(u"tabSettings"_s);
    desk.child<QLineEdit>(u"service.quota_per_minute"_s)->setText(u"777"_s);
    desk.child<QLineEdit>(u"slotName-1"_s)->setText(u"left \"A\""_s);
    desk.press(u"save"_s);
    QVERIFY2(desk.child<QLabel>(u"settingsMessage"_s)->text().contains(u"Saved"_s),
        qPrintable(desk.child<QLabel>(u"settingsMessage"_s)->text()));
    const auto saved = app::loadSettings(file);
    QVERIFY2(saved, saved ? "" : qPrintable(saved.error().detail));
    QCOMPARE(saved->services[u"main"_s].quotaPerMinute, 777);
    QCOMPARE(saved->slotList[0].name, u"left \"A\""_s);
    QFile after(file), backup(file + u".bak"_s);
    QVERIFY(after.open(QIODevice::ReadOnly) && backup.open(QIODevice::ReadOnly));
    QVERIFY(after.readAll().contains("# How many requests a minute"));
    QCOMPARE(backup.readAll(), old);
}

void WindowTest::settingsThatMakeNoSenseLoseNothing_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("says");
    QTest::newRow("no station") << u"station.id"_s << QString() << u"id"_s;
    QTest::newRow("no such plan") << u"line.plan"_s << u"nonsense"_s << u"nonsense"_s;
    QTest::newRow("a plan of another purpose") << u"line.plan"_s << u"production"_s << u"purpose"_s;
    QTest::newRow("no number") << u"service.quota_per_minute"_s << u"many"_s << u"many"_s;
    QTest::newRow("no TLS") << u"service.url"_s << u"http://localhost"_s << u"https://"_s;
    QTest::newRow("a secret") << u"service.credential"_s << u"SharedAccessKey=c2VjcmV0"_s
                              << u"never"_s;
    QTest::newRow("no such ledger") << u"ledger.url"_s << u"mysql:x"_s << u"sqlite"_s;
    QTest::newRow("two slots of one name") << u"slotName-2"_s << u"1"_s << u"two slots"_s;
}

void WindowTest::settingsThatMakeNoSenseLoseNothing()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, says);
    DeskRoom desk(m_folder);
    QFile file(desk.room().settingsFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    desk.press(u"tabSettings"_s);
    desk.child<QLineEdit>(field)->setText(value);
    desk.press(u"save"_s);
    const QString message = desk.child<QLabel>(u"settingsMessage"_s)->text();
    QVERIFY2(message.contains(u"Not saved"_s) && message.contains(says), qPrintable(message));
    QVERIFY(!message.contains(u"c2VjcmV0"_s));
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), before);
}

void WindowTest::slotAndServiceCanBeTried()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.press(u"tabSettings"_s);
    desk.press(u"slotTest-2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        desk.child<QLabel>(u"slotResult-2"_s)->text().startsWith(u'✗'), 20'000);
    desk.press(u"serviceTest"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        desk.child<QLabel>(u"settingsMessage"_s)->text().contains(u"The service answers"_s),
        20'000);
    QVERIFY(QTest::qWaitFor(
        [&] {
            desk.press(u"slotTest-1"_s); // a look at the slot may be under way
            return QTest::qWaitFor(
                [&] {
                    return desk.child<QLabel>(u"slotResult-1"_s)->text().contains(u"firmware"_s);
                },
                1500);
        },
        20'000));
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
