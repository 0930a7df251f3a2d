// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/deskroom.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;
using support::DeskRoom;

/// The settings of one slot, and the look that follows the computer's.
class SlotsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void aTargetIsWrittenFromAHost();
    void whatSshCannotUseIsSaid_data();
    void whatSshCannotUseIsSaid();
    void theLookFollowsTheComputers();

private:
    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
    QString m_folder;
    int m_count = 0;
};

void SlotsTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
}

void SlotsTest::init()
{
    m_folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(m_folder);
}

void SlotsTest::aTargetIsWrittenFromAHost()
{
    DeskRoom desk(m_folder);
    desk.press(u"tabSettings"_s);
    auto *host = desk.child<QLineEdit>(u"sshHost-1"_s);
    QVERIFY(!host->isVisible());
    desk.press(u"slotSsh-1"_s);
    QVERIFY(host->isVisible());
    QTest::keyClicks(host, u"unit.invalid"_s); // a name that never leads anywhere (RFC 2606)
    desk.press(u"sshMake-1"_s);
    const QString target = desk.child<QLineEdit>(u"slotTarget-1"_s)->text();
    QVERIFY2(target.startsWith(u"cmd:ssh -o BatchMode=yes"_s)
            && target.contains(u"ControlMaster=auto"_s)
            && target.endsWith(u"-l root unit.invalid tpm2_send -T device:/dev/tpmrm0"_s),
        qPrintable(target));
    QVERIFY(!host->isVisible());
    // And it is tried at once.
    const auto *result = desk.child<QLabel>(u"slotResult-1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(result->isVisible() && result->text().startsWith(u'✗'), 30'000);
}

void SlotsTest::whatSshCannotUseIsSaid_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("an option") << u"sshHost-1"_s << u"-oProxyCommand=x"_s << u"host"_s;
    QTest::newRow("a second command") << u"sshHost-1"_s << u"unit; reboot"_s << u"host"_s;
    QTest::newRow("nothing") << u"sshHost-1"_s << u""_s << u"host"_s;
    QTest::newRow("a user with a space") << u"sshUser-1"_s << u"ro ot"_s << u"user"_s;
    QTest::newRow("no such key") << u"sshKey-1"_s << u"/no/such/key"_s << u"no such file"_s;
}

void SlotsTest::whatSshCannotUseIsSaid()
{
    QFETCH(const QString, field);
    QFETCH(const QString, text);
    QFETCH(const QString, says);
    DeskRoom desk(m_folder);
    desk.press(u"tabSettings"_s);
    const QString before = desk.child<QLineEdit>(u"slotTarget-1"_s)->text();
    desk.press(u"slotSsh-1"_s);
    desk.child<QLineEdit>(u"sshHost-1"_s)->setText(u"unit.invalid"_s);
    desk.child<QLineEdit>(field)->setText(text);
    desk.press(u"sshMake-1"_s);
    const auto *result = desk.child<QLabel>(u"slotResult-1"_s);
    QVERIFY2(result->isVisible() && result->text().contains(says), qPrintable(result->text()));
    QCOMPARE(desk.child<QLineEdit>(u"slotTarget-1"_s)->text(), before);
}

/// What the computer tells when its windows change their look is told to ours.
void SlotsTest::theLookFollowsTheComputers()
{
    DeskRoom desk(m_folder);
    const auto changed = [&desk] {
        QApplication::setPalette(palette(ui::look::schemeOf(ui::look::Theme::Dark)));
        QEvent event(QEvent::ThemeChange);
        QCoreApplication::sendEvent(&desk.window(), &event);
        return QApplication::palette().color(QPalette::Window);
    };
    ui::look::wear(ui::look::Theme::Light);
    QCOMPARE(changed(), ui::look::schemeOf(ui::look::Theme::Dark).ground); // not asked to follow
    ui::look::wear(ui::look::Theme::System);
    QCOMPARE(changed(), ui::look::schemeOf(ui::look::Theme::Light).ground); // as offscreen's are
    ui::look::wear(ui::look::Theme::Light);
}

QTEST_MAIN(SlotsTest)
#include "slots.moc"
