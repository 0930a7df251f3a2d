// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/replica.h"

#include "station/changelog.h"
#include "station/replicator.h"
#include "tests/station/site.h"

#include <QProcess>

using namespace site;

namespace {

/// This program again, copying until it is killed.
int copyForEver(const QStringList &arguments)
{
    Replicator replicator(arguments.at(2), arguments.at(3));
    while (true)
        if (const auto copied = replicator.copyChanges(); !copied)
            return 1;
}

} // namespace

/// A second copy of each committed entry, whatever dies.
class ReplicaTest : public QObject, private Site {
    Q_OBJECT
private Q_SLOTS:
    void init() { renew(); }
    void everyRowFollows();
    void aDiskThatIsAway();
    void anotherDiskInItsPlace();
    void twoDisksThatTakeTurns();
    void killedWhileItCopies();
    void withoutAReplicaNothingIsLogged();
    void postgresHasItsOwn();
    void aLineTellsItsLag();
};

void ReplicaTest::everyRowFollows()
{
    const auto store = line();
    Replicator replicator(ledger(), m_place.replica);
    pass(*store, 1, 5);
    QVERIFY(replicator.copyChanges());
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
    // What changes afterwards, and by whom: a failed retest, a courier's deliveries, a release, a
    // scrapped unit, a name that is erased, a queue that empties.
    QVERIFY(store->record(failOf(u"SN-1"_s, 1)));
    QVERIFY(store->addPerson(u"Ann Example"_s, u"repair"_s));
    QVERIFY(store->enqueue({{.serial = u"SN-9"_s, .slot = {}}}));
    auto courierPlace = m_place;
    courierPlace.role = LedgerPlace::Role::Courier;
    const auto courier = Store::open(courierPlace);
    QVERIFY(courier);
    const auto leased = (*courier)->lease(u"main"_s, u"c"_s, 2, 60);
    QVERIFY(leased && leased->deliveries.size() == 2);
    QVERIFY((*courier)->settle({{leased->deliveries[0].id, DeliveryState::Acknowledged}}));
    QVERIFY(store->carryOut(
        {.event = UnitEvent::Scrap, .serial = u"SN-2"_s, .reason = u"R"_s}, DeedRule{}));
    QVERIFY(replicator.copyChanges());
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
    QVERIFY(store->erasePerson(u"Ann Example"_s));
    QVERIFY(store->forget(u"SN-9"_s));
    QVERIFY(replicator.copyChanges());
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
    QVERIFY(verified(m_place.replica) > 6);
    QCOMPARE(lagOf(m_place).value_or(ReplicaLag{.entries = -1}), ReplicaLag());
}

void ReplicaTest::aDiskThatIsAway()
{
    const auto store = line();
    Replicator replicator(ledger(), m_place.replica);
    pass(*store, 1, 3);
    QVERIFY(replicator.copyChanges());
    const QString away = m_place.folder + u"/away"_s;
    QVERIFY(QDir().rename(m_place.folder + u"/other"_s, away));
    pass(*store, 4, 9); // the line does not notice
    const auto failed = replicator.copyChanges();
    QVERIFY(!failed);
    QVERIFY2(failed.error().detail.contains(u"replica.db"_s), qPrintable(failed.error().detail));
    const auto lag = lagOf(m_place);
    QVERIFY(lag && !lag->trouble.isEmpty());
    QCOMPARE(lag->entries, 9);
    QVERIFY(QDir().rename(away, m_place.folder + u"/other"_s));
    QCOMPARE(lagOf(m_place)->entries, 6);
    QCOMPARE(lagOf(m_place)->sinceUs, m_watch.utcUs->load());
    QVERIFY(replicator.copyChanges());
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
}

void ReplicaTest::anotherDiskInItsPlace()
{
    const auto store = line();
    Replicator replicator(ledger(), m_place.replica);
    pass(*store, 1, 3);
    QVERIFY(replicator.copyChanges());
    QVERIFY(QFile::remove(m_place.replica));
    pass(*store, 4, 5);
    QVERIFY(replicator.copyChanges());
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
}

/// The log forgets what one disk has; the other one, back in its place, never had it.
void ReplicaTest::twoDisksThatTakeTurns()
{
    const auto store = line();
    Replicator replicator(ledger(), m_place.replica);
    const QString disk = m_place.folder + u"/other"_s;
    const QString away = m_place.folder + u"/away"_s;
    pass(*store, 1, 3);
    QVERIFY(replicator.copyChanges());
    QVERIFY(QDir().rename(disk, away) && QDir().mkpath(disk));
    QVERIFY(replicator.copyChanges()); // the whole
    pass(*store, 4, 6);
    QVERIFY(replicator.copyChanges()); // what has changed, and the log forgets it
    QVERIFY(QDir(disk).removeRecursively() && QDir().rename(away, disk));
    pass(*store, 7, 9);
    QVERIFY(replicator.copyChanges());
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
    QCOMPARE(verified(m_place.replica), 9);
}

/// At any moment: the replica is a ledger whose chain holds, and goes on.
void ReplicaTest::killedWhileItCopies()
{
    const auto store = line();
    int number = 0;
    for (int round = 0; round < 12; ++round) {
        QProcess copier;
        copier.start(
            QCoreApplication::applicationFilePath(), {u"--copy"_s, ledger(), m_place.replica});
        QVERIFY(copier.waitForStarted());
        for (int more = 0; more < 10 + round; ++more)
            pass(*store, number + 1, number + 1), ++number;
        copier.kill();
        QVERIFY(copier.waitForFinished(20'000));
        if (QFile::exists(m_place.replica))
            QVERIFY(verified(m_place.replica) >= 0);
    }
    Replicator replicator(ledger(), m_place.replica);
    const auto copied = replicator.copyChanges();
    QVERIFY2(copied, copied ? "" : qPrintable(copied.error().detail));
    QCOMPARE(verified(m_place.replica), number);
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
}

void ReplicaTest::withoutAReplicaNothingIsLogged()
{
    {
        const auto store = line();
        pass(*store, 1, 1);
        QVERIFY(changeLogId(store->database()));
    }
    m_place.replica.clear();
    const auto store = line();
    pass(*store, 2, 2);
    QVERIFY(!changeLogId(store->database()));
    const auto left = store->database().select(
        u"SELECT count(*) FROM sqlite_master WHERE name LIKE 'change_log%'"_s);
    QVERIFY(left);
    QCOMPARE(left->first().first().toInt(), 0);
}

void ReplicaTest::postgresHasItsOwn()
{
    Places places;
    auto place = places.fresh(u"postgres"_s);
    place.replica = m_place.replica;
    const auto refused = Store::open(place);
    QVERIFY(!refused);
    QVERIFY2(
        refused.error().detail.contains(u"PostgreSQL's own"_s), qPrintable(refused.error().detail));
}

void ReplicaTest::aLineTellsItsLag()
{
    const auto store = line();
    QList<ReplicaLag> told;
    QObject here;
    {
        Replica replica(m_place);
        connect(&replica, &Replica::lagged, &here,
            [&told](const ReplicaLag &lag) { told.append(lag); });
        QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty() && told.last() == ReplicaLag(), 20'000);
        QVERIFY(QDir().rename(m_place.folder + u"/other"_s, m_place.folder + u"/away"_s));
        pass(*store, 1, 2);
        replica.wake();
        QTRY_VERIFY_WITH_TIMEOUT(
            !told.last().trouble.isEmpty() && told.last().entries == 2, 20'000);
        QVERIFY(QDir().rename(m_place.folder + u"/away"_s, m_place.folder + u"/other"_s));
        QTRY_COMPARE_WITH_TIMEOUT(told.last(), ReplicaLag(), 20'000);
        pass(*store, 3, 3);
    }
    // The last entry of a shift is copied as well.
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (QCoreApplication::arguments().value(1) == u"--copy")
        return copyForEver(QCoreApplication::arguments());
    ReplicaTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "replica.moc"
