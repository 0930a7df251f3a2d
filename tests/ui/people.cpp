// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/askingdesks.h"

/// A station asks who works at it: badges, PINs, rights, and what of it is on record.
class PeopleTest : public QObject, private AskingDesks {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { stock(); }
    void nothingIsTestedBeforeSomebodyLogsIn();
    void aBadgeIsNeverASerial();
    void theKeypadLogsIn();
    void rightsOpenWhatTheyOpen();
    void theSecondPersonProvesIt();
    void whoeverIsAwayIsLoggedOut();
    void withoutLoginABadgeIsRefusedInWords();
    void inEveryLook_data();
    void inEveryLook();
};

void PeopleTest::nothingIsTestedBeforeSomebodyLogsIn()
{
    const auto desk = asking();
    QVERIFY(desk->plug(0, Kind::Good));
    desk->scan(u"TRAIN-0001"_s);
    QVERIFY2(desk->said().contains(u"Log in first"_s), qPrintable(desk->said()));
    QCOMPARE(desk->state(0), SlotState::Ready);
    desk->scan(u"1357"_s); // a PIN in the wrong field
    QVERIFY(!desk->said().contains(u"1357"_s));
    pack(*desk, u"TRAIN-0001"_s);
    QTRY_VERIFY(label(*desk, u"packReasons"_s)->text().contains(u"Log in first"_s));
    desk->press(u"tabLine"_s);
    QVERIFY(!desk->child<QPushButton>(u"tabSettings"_s)->isEnabled());
    // Everybody may stop; only who works here goes on.
    desk->press(u"stop"_s);
    QVERIFY(desk->desk().wiring().line().isHeld());
    desk->press(u"stop"_s);
    QVERIFY(desk->desk().wiring().line().isHeld());
    desk->scan(badgeOfBob);
    QTRY_VERIFY(desk->said().contains(u"Bob works here now"_s));
    desk->press(u"stop"_s);
    QVERIFY(!desk->desk().wiring().line().isHeld());
    desk->scan(u"TRAIN-0001"_s);
    QVERIFY(desk->waits(0, SlotState::Pass));
    QCOMPARE(actions(*desk).mid(4), (QStringList{u"stop"_s, u"login"_s, u"go-on"_s}));
    desk->scan(u"B0000003"_s);
    QTRY_COMPARE(desk->child<QPushButton>(u"tabPeople"_s)->text(), u"Maximili…"_s);
    take(*desk, u"people-line"_s);
}

void PeopleTest::aBadgeIsNeverASerial()
{
    const auto desk = asking();
    desk->scan(badgeOfBob);
    QTRY_VERIFY(desk->said().contains(u"Bob works here now"_s));
    QVERIFY(!desk->said().contains(badgeOfBob)); // who looks on could print it
    QVERIFY(desk->page().scanField().text().isEmpty());
    QVERIFY(desk->desk().wiring().line().waiting().isEmpty());
    QCOMPARE(desk->child<QPushButton>(u"tabPeople"_s)->text(), u"Bob"_s);
    desk->scan(u"B0000099"_s);
    QTRY_VERIFY(desk->said().contains(u"Nobody here has this badge"_s));
    QCOMPARE(desk->child<QPushButton>(u"tabPeople"_s)->text(), u"Bob"_s); // who stays who it was
    // Neither on the page of the box.
    pack(*desk, badgeOfBob);
    QTRY_COMPARE(actions(*desk).count(u"login"_s), 2);
    QVERIFY(!plate(*desk).contains(badgeOfBob));
}

void PeopleTest::theKeypadLogsIn()
{
    const auto desk = asking();
    desk->press(u"tabPeople"_s);
    auto *names = desk->child<QComboBox>(u"names"_s);
    QTRY_COMPARE(names->count(), 4);
    names->setCurrentIndex(names->findText(u"Tom"_s));
    for (const char *key : {"key-1", "key-9", "key-back", "key-3", "key-5", "key-7"})
        desk->press(QLatin1String(key));
    QCOMPARE(desk->child<QLineEdit>(u"pin"_s)->echoMode(), QLineEdit::Password);
    take(*desk, u"people-login"_s);
    desk->press(u"logIn"_s);
    QTRY_COMPARE(label(*desk, u"worker"_s)->text(), u"Tom works here, as operator."_s);
    QVERIFY(desk->child<QLineEdit>(u"pin"_s)->text().isEmpty());
    QVERIFY(!desk->child<QWidget>(u"peopleForm"_s)->isVisible());
    desk->press(u"logOut"_s);
    QTRY_COMPARE(label(*desk, u"worker"_s)->text(), u"Nobody is logged in."_s);
    // Five wrong ones lock, in words with the time.
    for (int tries = 0; tries < 5; ++tries) {
        logIn(*desk, u"Tom"_s, u"9999"_s);
        QTRY_COMPARE(actions(*desk).count(u"login-refused"_s), tries + 1);
    }
    QTRY_VERIFY(label(*desk, u"loginMessage"_s)->text().contains(u"Locked after"_s));
}

void PeopleTest::rightsOpenWhatTheyOpen()
{
    const auto desk = asking();
    logIn(*desk, u"Tom"_s, u"1357"_s);
    QVERIFY(passes(*desk, 0, u"TRAIN-0001"_s));
    look(*desk, u"TRAIN-0001"_s);
    const auto isOpen = [&desk](const QString &name) {
        return desk->child<QPushButton>(name)->isEnabled();
    };
    QVERIFY(!isOpen(u"orderOpen"_s) && !isOpen(u"scrap"_s) && !isOpen(u"replace-board"_s));
    QVERIFY(!isOpen(u"tabSettings"_s) && isOpen(u"ship"_s));
    QVERIFY(!desk->child<QLineEdit>(u"by"_s)->isVisible()); // who it is is known
    QVERIFY(!desk->window().recordPage().exportBar().isEnabled());
    desk->press(u"tabLine"_s);
    desk->scan(badgeOfBob);
    QTRY_COMPARE(desk->child<QPushButton>(u"tabPeople"_s)->text(), u"Bob"_s);
    look(*desk, u"TRAIN-0001"_s);
    QTRY_VERIFY(isOpen(u"orderOpen"_s) && isOpen(u"scrap"_s) && isOpen(u"replace-board"_s));
    QVERIFY(!isOpen(u"tabSettings"_s) && desk->window().recordPage().exportBar().isEnabled());
    logIn(*desk, u"Ada"_s, u"24680"_s);
    QTRY_VERIFY(isOpen(u"tabSettings"_s));
    desk->press(u"tabSettings"_s);
    QVERIFY(desk->child<QWidget>(u"settingsPage"_s)->isVisible());
    // Who leaves does not leave the settings open.
    desk->press(u"tabPeople"_s);
    desk->press(u"logOut"_s);
    QTRY_VERIFY(!isOpen(u"tabSettings"_s));
}

void PeopleTest::theSecondPersonProvesIt()
{
    const auto desk = asking();
    logIn(*desk, u"Ada"_s, u"24680"_s);
    QVERIFY(passes(*desk, 0, u"TRAIN-0001"_s));
    look(*desk, u"TRAIN-0001"_s);
    write(*desk, u"with"_s, u"Bob"_s);
    write(*desk, u"secondPin"_s, u"9999"_s);
    QTest::keyClick(desk->child<QLineEdit>(u"secondPin"_s), Qt::Key_Return);
    QTRY_VERIFY(label(*desk, u"unitMessage"_s)->text().contains(u"PIN is wrong"_s));
    QTest::keyClicks(desk->child<QLineEdit>(u"secondPin"_s), badgeOfBob);
    QTest::keyClick(desk->child<QLineEdit>(u"secondPin"_s), Qt::Key_Return);
    QTRY_COMPARE(desk->child<QLineEdit>(u"with"_s)->text(), u"✓ Bob"_s);
    QCOMPARE(desk->child<QPushButton>(u"tabPeople"_s)->text(), u"Ada"_s);
    desk->child<QComboBox>(u"reason"_s)->setEditText(u"cracked"_s);
    QTRY_VERIFY(desk->child<QPushButton>(u"scrap"_s)->isEnabled());
    desk->press(u"scrap"_s);
    desk->press(u"scrap"_s);
    QTRY_VERIFY(label(*desk, u"disposition"_s)->text().contains(u"Scrapped"_s));
    QVERIFY(desk->child<QLineEdit>(u"with"_s)->text().isEmpty()); // for one deed
    const QJsonObject scrap = bodies(*desk).last();
    QCOMPARE(scrap[u"action"_s].toString(), u"scrap"_s);
    QCOMPARE(scrap[u"people"_s].toArray().size(), 2);
}

void PeopleTest::whoeverIsAwayIsLoggedOut()
{
    const auto desk = asking();
    desk->scan(badgeOfBob);
    QTRY_COMPARE(desk->child<QPushButton>(u"tabPeople"_s)->text(), u"Bob"_s);
    desk->desk().setIdle(std::chrono::milliseconds(50));
    QTRY_COMPARE(desk->child<QPushButton>(u"tabPeople"_s)->text(), u"Log in"_s);
    QVERIFY(desk->said().contains(u"Logged out"_s));
    QTRY_COMPARE(actions(*desk).last(), u"logout"_s);
}

void PeopleTest::withoutLoginABadgeIsRefusedInWords()
{
    const QString folder = m_workplace.path(u"asking%1"_s.arg(++m_count));
    m_shelf->copyTo(folder);
    DeskRoom desk(folder, {1280, 800}, {}, {},
        [](app::Settings &settings) { settings.login.badge = u"B[0-9]{7}"_s; });
    desk.scan(badgeOfBob);
    QTRY_VERIFY(desk.said().contains(u"That is a badge"_s));
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s); // and all the rest works unasked
    QVERIFY(desk.waits(0, SlotState::Pass));
}

void PeopleTest::inEveryLook_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("nobody");
    QTest::newRow("dark") << u"dark"_s << u"en"_s << u"Nobody is logged in."_s;
    QTest::newRow("contrast") << u"contrast"_s << u"en"_s << u"Nobody is logged in."_s;
    QTest::newRow("korean") << u"light"_s << u"ko"_s << u"로그인한 사람이 없습니다."_s;
}

void PeopleTest::inEveryLook()
{
    QFETCH(const QString, theme);
    QFETCH(const QString, language);
    QFETCH(const QString, nobody);
    const auto desk = asking(true, theme, language);
    desk->press(u"tabPeople"_s);
    QTRY_COMPARE(desk->child<QComboBox>(u"names"_s)->count(), 4);
    QCOMPARE(label(*desk, u"worker"_s)->text(), nobody);
    desk->press(u"key-1"_s);
    take(*desk, u"people-"_s + QLatin1String(QTest::currentDataTag()));
}

QTEST_MAIN(PeopleTest)
#include "people.moc"
