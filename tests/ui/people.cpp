// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/ui/unitdesks.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QListWidget>

/// A station that asks who works at it: badges, PINs, rights, and what of it is on record.
class PeopleTest : public QObject, private UnitDesks {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { stock(); }
    void nothingIsTestedBeforeSomebodyLogsIn();
    void aBadgeIsNeverASerial();
    void theKeypadLogsIn();
    void rightsOpenWhatTheyOpen();
    void theSecondPersonProvesIt();
    void whoeverIsAwayIsLoggedOut();
    void theFirstAdministratorIsMadeInTheWindow();
    void peopleAreAddedChangedAndErased();
    void whoeverLosesTheirRoleLosesTheirRights();
    void withoutLoginABadgeIsRefusedInWords();

private:
    static inline const QString badgeOfBob = u"B0000002"_s;
    /// Ada administers with a PIN, Bob has a badge and is of QA, Tom is an operator.
    [[nodiscard]] std::unique_ptr<DeskRoom> asking(bool isPeopled = true);
    static void logIn(DeskRoom &desk, const QString &name, const QString &pin);
    /// What the ledger says that was done, the newest last.
    [[nodiscard]] static QList<QJsonObject> bodies(DeskRoom &desk);
    [[nodiscard]] static QStringList actions(DeskRoom &desk);
    static QLabel *label(DeskRoom &desk, const QString &name) { return desk.child<QLabel>(name); }
};

std::unique_ptr<DeskRoom> PeopleTest::asking(bool isPeopled)
{
    const QString folder = m_workplace.path(u"asking%1"_s.arg(++m_count));
    m_shelf->copyTo(folder);
    const auto rule = [](app::Settings &settings) {
        settings.login = {.isRequired = true, .badge = u"B[0-9]{7}"_s};
    };
    if (isPeopled) {
        app::Settings settings =
            DeskRoom(folder, QSize(1280, 800), {}, {}, rule).desk().wiring().settings();
        auto store = station::Store::open(ledgerPlace(settings, station::LedgerPlace::Role::Line));
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        const auto add = [&store](const QString &name, const QString &role, const char *pin,
                             const QString &badge) {
            station::PersonChange change{.person = {}, .name = name, .role = role};
            change.pin = station::Secret(QByteArrayView(pin));
            if (!badge.isEmpty())
                change.badge = station::Secret(badge.toUtf8());
            change.by = name == u"Ada" ? QString() : u"Ada"_s;
            if (const auto id = (*store)->changePerson(change); !id)
                qFatal("%s", qPrintable(id.error().detail));
        };
        add(u"Ada"_s, u"administrator"_s, "24680", {});
        add(u"Bob"_s, u"qa"_s, "1212", badgeOfBob);
        add(u"Tom"_s, u"operator"_s, "1357", {});
        add(u"Maximiliane Example"_s, u"operator"_s, "8888", u"B0000003"_s);
    }
    return std::make_unique<DeskRoom>(
        folder, QSize(1280, 800), QString(), upload::ReportPlace{}, rule);
}

void PeopleTest::logIn(DeskRoom &desk, const QString &name, const QString &pin)
{
    desk.press(u"tabPeople"_s);
    if (desk.child<QPushButton>(u"logOut"_s)->isVisible())
        desk.press(u"logOut"_s);
    auto *names = desk.child<QComboBox>(u"names"_s);
    QTRY_VERIFY(names->findText(name) >= 0);
    names->setCurrentIndex(names->findText(name));
    QTest::keyClicks(desk.child<QLineEdit>(u"pin"_s), pin);
    QTest::keyClick(desk.child<QLineEdit>(u"pin"_s), Qt::Key_Return);
    QTRY_VERIFY(label(desk, u"loginMessage"_s)->isVisible());
}

QList<QJsonObject> PeopleTest::bodies(DeskRoom &desk)
{
    auto reader = station::LedgerReader::open(
        ledgerPlace(desk.desk().wiring().settings(), station::LedgerPlace::Role::Courier));
    if (!reader)
        qFatal("%s", qPrintable(reader.error().detail));
    QList<QJsonObject> bodies;
    const QString station = desk.desk().wiring().settings().stationId;
    for (qint64 seq = 1;; ++seq) {
        const auto entry = reader->entry({station, seq});
        if (!entry)
            return bodies;
        if (entry->entry.kind == u"action")
            bodies.append(QJsonDocument::fromJson(entry->entry.body).object());
    }
}

QStringList PeopleTest::actions(DeskRoom &desk)
{
    QStringList actions;
    for (const QJsonObject &body : bodies(desk))
        actions.append(body[u"action"_s].toString());
    return actions;
}

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

void PeopleTest::theFirstAdministratorIsMadeInTheWindow()
{
    const auto desk = asking(false);
    desk->press(u"tabPeople"_s);
    QTRY_VERIFY(desk->child<QWidget>(u"peopleForm"_s)->isVisible());
    write(*desk, u"personName"_s, u"Ada"_s);
    auto *role = desk->child<QComboBox>(u"personRole"_s);
    role->setCurrentIndex(role->findText(u"administrator"_s));
    write(*desk, u"personPin"_s, u"24680"_s);
    desk->press(u"personSave"_s);
    // From now on nobody else makes one.
    QTRY_VERIFY(!desk->child<QWidget>(u"peopleForm"_s)->isVisible());
    logIn(*desk, u"Ada"_s, u"24680"_s);
    QTRY_VERIFY(desk->child<QWidget>(u"peopleForm"_s)->isVisible());
}

void PeopleTest::peopleAreAddedChangedAndErased()
{
    const auto desk = asking();
    logIn(*desk, u"Ada"_s, u"24680"_s);
    auto *list = desk->child<QListWidget>(u"people"_s);
    QTRY_COMPARE(list->count(), 5);
    write(*desk, u"personName"_s, u"Eve"_s);
    write(*desk, u"personPin"_s, u"12"_s);
    desk->press(u"personSave"_s);
    QTRY_VERIFY(label(*desk, u"peopleMessage"_s)->text().contains(u"4 to 64"_s));
    write(*desk, u"personPin"_s, u"8642"_s);
    write(*desk, u"personBadge"_s, u"SN-0001"_s);
    desk->press(u"personSave"_s);
    QTRY_VERIFY(label(*desk, u"peopleMessage"_s)->text().contains(u"like a badge"_s));
    write(*desk, u"personBadge"_s, u"B0000005"_s);
    desk->press(u"personSave"_s);
    QTRY_COMPARE(list->count(), 6);
    take(*desk, u"people-list"_s);
    const auto rowOf = [list](const QString &name) {
        for (int row = 1; row < list->count(); ++row)
            if (list->item(row)->text().startsWith(name))
                return row;
        return -1;
    };
    QCOMPARE(list->item(rowOf(u"Eve"_s))->text(), u"Eve (operator): PIN, badge"_s);
    list->setCurrentRow(rowOf(u"Eve"_s));
    auto *role = desk->child<QComboBox>(u"personRole"_s);
    role->setCurrentIndex(role->findText(u"technician"_s));
    desk->press(u"personSave"_s);
    QTRY_VERIFY(list->item(rowOf(u"Eve"_s))->text().contains(u"technician"_s));
    // The last administrator stays.
    list->setCurrentRow(rowOf(u"Ada"_s));
    desk->press(u"personErase"_s);
    desk->press(u"personErase"_s);
    QTRY_VERIFY(label(*desk, u"peopleMessage"_s)->text().contains(u"last administrator"_s));
    list->setCurrentRow(rowOf(u"Eve"_s));
    desk->press(u"personErase"_s);
    QCOMPARE(list->count(), 6); // pressed once
    desk->press(u"personErase"_s);
    QTRY_COMPARE(list->count(), 5);
    const QStringList done = actions(*desk);
    QVERIFY(done.contains(u"person-add"_s) && done.contains(u"person-change"_s));
    QCOMPARE(done.last(), u"person-erase"_s);
}

void PeopleTest::whoeverLosesTheirRoleLosesTheirRights()
{
    const auto desk = asking();
    logIn(*desk, u"Ada"_s, u"24680"_s);
    auto *list = desk->child<QListWidget>(u"people"_s);
    auto *role = desk->child<QComboBox>(u"personRole"_s);
    const auto choose = [&](const QString &name) {
        for (int row = 1; row < list->count(); ++row)
            if (list->item(row)->text().startsWith(name))
                list->setCurrentRow(row);
    };
    QTRY_COMPARE(list->count(), 5);
    write(*desk, u"personName"_s, u"Kim"_s);
    role->setCurrentIndex(role->findText(u"administrator"_s));
    write(*desk, u"personPin"_s, u"8642"_s);
    desk->press(u"personSave"_s);
    QTRY_COMPARE(list->count(), 6);
    choose(u"Ada"_s);
    role->setCurrentIndex(role->findText(u"operator"_s));
    desk->press(u"personSave"_s);
    QTRY_VERIFY(!desk->child<QPushButton>(u"tabSettings"_s)->isEnabled());
    QCOMPARE(label(*desk, u"worker"_s)->text(), u"Ada works here, as operator."_s);
    logIn(*desk, u"Kim"_s, u"8642"_s);
    QTRY_VERIFY(desk->child<QWidget>(u"peopleForm"_s)->isVisible());
    // Another comes, and the first leaves for good.
    choose(u"Ada"_s);
    role->setCurrentIndex(role->findText(u"administrator"_s));
    desk->press(u"personSave"_s);
    QTRY_VERIFY(!list->findItems(u"Ada (administrator)"_s, Qt::MatchStartsWith).isEmpty());
    choose(u"Kim"_s);
    desk->press(u"personErase"_s);
    desk->press(u"personErase"_s);
    QTRY_COMPARE(label(*desk, u"worker"_s)->text(), u"Nobody is logged in."_s);
    QCOMPARE(desk->child<QPushButton>(u"tabPeople"_s)->text(), u"Log in"_s);
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

QTEST_MAIN(PeopleTest)
#include "people.moc"
