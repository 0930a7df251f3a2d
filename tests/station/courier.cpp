// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/processname.h"
#include "station/store.h"
#include "tests/station/shopfloor.h"

#include <QProcess>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace shopfloor;
using namespace station;

/// What a courier that was killed held is taken up by the next one, and by nobody before.
class CourierTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProcessIsGoneOnceItEnds();
    void othersCannotBeJudged();
    void whatAKilledOneHeldIsDueAtOnce_data() { engines(); }
    void whatAKilledOneHeldIsDueAtOnce();

private:
    Places m_places;
};

void CourierTest::aProcessIsGoneOnceItEnds()
{
    QCOMPARE(processName(getpid()), processName(getpid()));
    QVERIFY(!isGone(processName(getpid())));
    QProcess child;
    child.start(u"cat"_s, {});
    QVERIFY(child.waitForStarted());
    const QString name = processName(static_cast<pid_t>(child.processId()));
    QVERIFY(name != processName(getpid()));
    QVERIFY(!isGone(name));
    child.kill();
    QVERIFY(child.waitForFinished());
    QVERIFY(isGone(name));
    QVERIFY(isGone(processName(getpid()) + u'9')); // the same id, started at another time
}

void CourierTest::othersCannotBeJudged()
{
    QVERIFY(!isGone({}));
    QVERIFY(!isGone(u"line/main"_s));
    QString elsewhere = processName(getpid());
    elsewhere[0] = elsewhere[0] == u'0' ? u'1' : u'0'; // another boot, or another host
    QVERIFY(!isGone(elsewhere + u'9'));
}

void CourierTest::whatAKilledOneHeldIsDueAtOnce()
{
    QFETCH(QString, engine);
    LedgerPlace place = m_places.fresh(engine);
    {
        const auto line = *Store::open(place);
        for (int number = 1; number <= 4; ++number)
            QVERIFY(line->record(passOf(u"SN-%1"_s.arg(number), number)));
    }
    place.role = LedgerPlace::Role::Courier;
    QProcess child;
    child.start(u"cat"_s, {});
    QVERIFY(child.waitForStarted());
    const QString killed = u"line1-a/01/"_s + processName(static_cast<pid_t>(child.processId()));
    const QString living = u"line1-a/02/"_s + processName(getpid());
    const auto held = (*Store::open(place))->lease(u"main"_s, killed, 2, 3600);
    QCOMPARE(held->deliveries.size(), 2);
    QCOMPARE((*Store::open(place))->lease(u"main"_s, living, 1, 3600)->deliveries.size(), 1);
    // Both live: only what nobody has is left.
    QCOMPARE((*Store::open(place))->lease(u"main"_s, u"third"_s, 1, 3600)->deliveries.size(), 1);
    QVERIFY((*Store::open(place))->lease(u"main"_s, u"fourth"_s, 9, 3600)->deliveries.isEmpty());
    child.kill();
    QVERIFY(child.waitForFinished());
    const auto taken = (*Store::open(place))->lease(u"main"_s, u"fifth"_s, 9, 3600);
    QCOMPARE(taken->deliveries.size(), 2);
    QCOMPARE(taken->uncertain.size(), 2); // read back before they are sent again
    QCOMPARE(taken->deliveries.first().id, held->deliveries.first().id);
}

QTEST_GUILESS_MAIN(CourierTest)
#include "courier.moc"
