// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingsfile.h"
#include "tests/ui/deskroom.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

/// The page that writes station.toml.
class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void settingsAreSavedWithTheirExplanations();
    void settingsThatMakeNoSenseLoseNothing_data();
    void settingsThatMakeNoSenseLoseNothing();
    void whatIsWrongIsSaidBesideItWhileItIsTyped();
    void aComplaintNamesItsKey_data();
    void aComplaintNamesItsKey();
    void servicesComeAndGo();
    void everyKeyOfTheFormIsExplained();
    void slotAndServiceCanBeTried();
    void theLookChangesAtOnce();
    void soundsAreChosen();

private:
    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
    QString m_folder;
    int m_count = 0;
};

void SettingsTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
}

void SettingsTest::init()
{
    m_folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(m_folder);
}

void SettingsTest::settingsAreSavedWithTheirExplanations()
{
    DeskRoom desk(m_folder);
    const QString file = desk.room().settingsFile();
    QFile before(file);
    QVERIFY(before.open(QIODevice::ReadOnly));
    const QByteArray old = before.readAll();
    desk.press(u"tabSettings"_s);
    desk.child<QLineEdit>(u"service.main.quota_per_minute"_s)->setText(u"777"_s);
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

void SettingsTest::settingsThatMakeNoSenseLoseNothing_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("says");
    QTest::newRow("no station") << u"station.id"_s << QString() << u"id"_s;
    QTest::newRow("no such plan") << u"line.plan"_s << u"nonsense"_s << u"nonsense"_s;
    QTest::newRow("a plan of another purpose") << u"line.plan"_s << u"production"_s << u"purpose"_s;
    QTest::newRow("no number") << u"service.main.quota_per_minute"_s << u"many"_s << u"many"_s;
    QTest::newRow("no TLS") << u"service.main.url"_s << u"http://localhost"_s << u"https://"_s;
    QTest::newRow("a secret") << u"service.main.credential"_s << u"SharedAccessKey=c2VjcmV0"_s
                              << u"never"_s;
    QTest::newRow("no such ledger") << u"ledger.url"_s << u"mysql:x"_s << u"sqlite"_s;
    QTest::newRow("two slots of one name") << u"slotName-2"_s << u"1"_s << u"two slots"_s;
}

void SettingsTest::settingsThatMakeNoSenseLoseNothing()
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
    // And beside the field, which has the focus.
    QVERIFY(desk.child<QLineEdit>(field)->property("wrong").toBool());
    QTRY_VERIFY(desk.child<QLineEdit>(field)->hasFocus());
    const QString at = field.startsWith(u"slot") ? u"slotResult-2"_s : u"complaint-"_s + field;
    QVERIFY2(
        desk.child<QLabel>(at)->text().contains(says), qPrintable(desk.child<QLabel>(at)->text()));
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), before);
}

void SettingsTest::whatIsWrongIsSaidBesideItWhileItIsTyped()
{
    DeskRoom desk(m_folder);
    desk.press(u"tabSettings"_s);
    auto *proxy = desk.child<QLineEdit>(u"service.main.proxy"_s);
    const auto *complaint = desk.child<QLabel>(u"complaint-service.main.proxy"_s);
    QVERIFY(!complaint->isVisibleTo(&desk.window()));
    QTest::keyClicks(proxy, u"nonsense"_s);
    QTRY_VERIFY(proxy->property("wrong").toBool());
    QVERIFY2(complaint->text().startsWith(u"✗ "_s) && complaint->text().contains(u"http://"_s),
        qPrintable(complaint->text()));
    QCOMPARE(desk.child<QLabel>(u"settingsMessage"_s)->isVisible(), false);
    proxy->clear();
    QTest::keyClicks(proxy, u"http://proxy.example:3128"_s);
    QTRY_VERIFY(!proxy->property("wrong").toBool());
    QVERIFY(!complaint->isVisibleTo(&desk.window()));
    desk.press(u"save"_s);
    const auto saved = app::loadSettings(desk.room().settingsFile());
    QVERIFY(saved);
    QCOMPARE(saved->services[u"main"_s].proxy, u"http://proxy.example:3128"_s);
}

void SettingsTest::aComplaintNamesItsKey_data()
{
    QTest::addColumn<app::Settings>("settings");
    QTest::addColumn<QString>("key");
    const app::ServiceSettings service{
        .url = u"https://a.example"_s, .credential = u"env:KEY"_s, .test = true};
    const app::Settings good{.folder = m_workplace.folder(),
        .stationId = u"a"_s,
        .purpose = station::Purpose::Training,
        .ledgerUrl = u"sqlite:ledger.db"_s,
        .plan = u"training"_s,
        .slotList = {{u"1"_s, u"device:/dev/null"_s, {}}, {u"2"_s, u"device:/dev/zero"_s, {}}},
        .services = {{u"main"_s, service}, {u"other"_s, service}}};
    QTest::newRow("nothing is wrong") << good << u"-"_s;
    const auto spoil = [&good](const char *name, const QString &key, auto &&how) {
        app::Settings bad = good;
        how(bad);
        QTest::newRow(name) << bad << key;
    };
    spoil("a theme", u"desktop.theme"_s, [](auto &it) { it.theme = u"pink"_s; });
    spoil("a sound", u"desktop.sounds"_s, [](auto &it) { it.sounds = {u"moo"_s}; });
    spoil("a target", u"slot.2.target"_s,
        [](auto &it) { it.slotList[1].target = u"swtpm:port=many"_s; });
    spoil("the second service", u"service.other.url"_s,
        [](auto &it) { it.services[u"other"_s].url = u"http://a"_s; });
    spoil("a number", u"service.main.capacity"_s,
        [](auto &it) { it.services[u"main"_s].capacity = 0; });
    spoil("a plan", u"line.plan"_s, [](auto &it) { it.plan = u"none.toml"_s; });
}

void SettingsTest::aComplaintNamesItsKey()
{
    QFETCH(app::Settings, settings);
    QFETCH(QString, key);
    const auto complaint = app::complaintOf(settings, m_workplace.path(u"station.toml"_s));
    if (key == u"-")
        QVERIFY2(!complaint, qPrintable(complaint ? complaint->text : QString()));
    else
        QVERIFY(complaint);
    if (complaint) {
        QCOMPARE(complaint->key, key);
        QVERIFY(!complaint->text.isEmpty() && !complaint->text.contains(u"station.toml:"_s));
    }
}

void SettingsTest::servicesComeAndGo()
{
    DeskRoom desk(m_folder);
    desk.press(u"tabSettings"_s);
    auto *name = desk.child<QLineEdit>(u"newService"_s);
    for (const QString &bad : {QString(), u"two words"_s, u"a.b"_s, u"main"_s}) {
        name->setText(bad);
        desk.press(u"addService"_s);
        QVERIFY(desk.child<QLabel>(u"settingsMessage"_s)->text().startsWith(u'✗'));
        QVERIFY(name->property("wrong").toBool());
    }
    name->setText(u"acme"_s);
    desk.press(u"addService"_s);
    QVERIFY(!name->property("wrong").toBool());
    // New and empty: what is missing is said at once.
    QTRY_VERIFY(desk.child<QLineEdit>(u"service.acme.url"_s)->property("wrong").toBool());
    desk.child<QLineEdit>(u"service.acme.url"_s)->setText(u"https://acme.example"_s);
    desk.child<QLineEdit>(u"service.acme.credential"_s)->setText(u"env:ACME"_s);
    desk.child<QLineEdit>(u"service.acme.id_scope"_s)->setText(u"0ne1"_s);
    desk.child<QCheckBox>(u"service.acme.test"_s)->setChecked(true);
    desk.press(u"save"_s);
    QVERIFY2(desk.child<QLabel>(u"settingsMessage"_s)->text().contains(u"Saved"_s),
        qPrintable(desk.child<QLabel>(u"settingsMessage"_s)->text()));
    const auto both = app::loadSettings(desk.room().settingsFile());
    QVERIFY(both);
    QCOMPARE(both->services.keys(), (QStringList{u"acme"_s, u"main"_s}));
    QCOMPARE(both->services[u"acme"_s].idScope, u"0ne1"_s);
    desk.press(u"serviceTest-acme"_s); // an address that nobody has, and no credential
    QTRY_VERIFY(desk.child<QLabel>(u"serviceResult-acme"_s)->text().startsWith(u'✗'));
    desk.press(u"serviceRemove-acme"_s);
    desk.press(u"save"_s);
    const auto one = app::loadSettings(desk.room().settingsFile());
    QVERIFY(one);
    QCOMPARE(one->services.keys(), QStringList{u"main"_s});
}

void SettingsTest::everyKeyOfTheFormIsExplained()
{
    DeskRoom desk(m_folder);
    desk.press(u"tabSettings"_s);
    int explained = 0;
    for (const auto *widget :
        desk.child<QWidget>(u"settingsContent"_s)->findChildren<QWidget *>()) {
        if (!widget->objectName().contains(u'.') || widget->objectName().startsWith(u"complaint"))
            continue;
        if (widget->objectName().startsWith(u"desktop.sounds.")
            && !widget->objectName().endsWith(u".attention"))
            continue; // one explanation for the three
        ++explained;
        QVERIFY2(widget->accessibleDescription().size() > 20, qPrintable(widget->objectName()));
    }
    QVERIFY2(explained > 15, qPrintable(QString::number(explained)));
}

void SettingsTest::theLookChangesAtOnce()
{
    DeskRoom desk(m_folder);
    desk.press(u"tabSettings"_s);
    auto *look = desk.child<QComboBox>(u"desktop.theme"_s);
    for (const auto theme :
        {ui::look::Theme::Dark, ui::look::Theme::Contrast, ui::look::Theme::Light}) {
        look->setCurrentIndex(static_cast<int>(theme));
        desk.press(u"save"_s);
        const auto &worn = ui::look::schemeOf(theme);
        QCOMPARE(&ui::look::scheme(), &worn);
        desk.press(u"tabLine"_s);
        QCoreApplication::processEvents();
        const QImage image = desk.window().grab().toImage();
        const QRect tile(desk.page().board().tile(1).mapTo(&desk.window(), QPoint()),
            desk.page().board().tile(1).size());
        QCOMPARE(image.pixelColor(tile.center().x(), tile.top() + 7),
            ui::look::colours(SlotState::Empty).surface);
        QCOMPARE(image.pixelColor(14, desk.window().height() / 2), worn.ground);
        const auto saved = app::loadSettings(desk.room().settingsFile());
        QVERIFY(saved);
        QCOMPARE(ui::look::themeOf(saved->theme), theme);
        desk.press(u"tabSettings"_s);
        auto *field = desk.child<QLineEdit>(u"station.id"_s);
        QCOMPARE(field->grab().toImage().pixelColor(field->width() / 2, 8), worn.paper);
    }
}

void SettingsTest::soundsAreChosen()
{
    DeskRoom desk(m_folder);
    desk.press(u"tabSettings"_s);
    desk.child<QCheckBox>(u"desktop.sounds.pass"_s)->setChecked(false);
    desk.press(u"save"_s);
    const auto saved = app::loadSettings(desk.room().settingsFile());
    QVERIFY(saved);
    QCOMPARE(saved->sounds, (QStringList{u"fail"_s, u"attention"_s}));
}

void SettingsTest::slotAndServiceCanBeTried()
{
    DeskRoom desk(m_folder);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.press(u"tabSettings"_s);
    desk.press(u"slotTest-2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        desk.child<QLabel>(u"slotResult-2"_s)->text().startsWith(u'✗'), 20'000);
    desk.press(u"serviceTest-main"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        desk.child<QLabel>(u"serviceResult-main"_s)->text().contains(u"The service answers"_s),
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

QTEST_MAIN(SettingsTest)
#include "settings.moc"
