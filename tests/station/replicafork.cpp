// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/replica.h"

#include "station/replicafile.h"
#include "station/replicator.h"
#include "tests/station/site.h"

using namespace site;

/// A replica that another station went on from, or that knows more than the ledger.
class ReplicaForkTest : public QObject, private Site {
    Q_OBJECT
private Q_SLOTS:
    void init() { renew(); }
    void aForkIsRefused();
    void aReplicaThatKnowsMoreIsRefused();
    void aSpareStationGoesOnFromIt();
    void somebodysOtherFileStays();
};

void ReplicaForkTest::aForkIsRefused()
{
    {
        const auto store = line();
        pass(*store, 1, 3);
        Replicator replicator(ledger(), m_place.replica);
        QVERIFY(replicator.copyChanges());
        QVERIFY(QFile::copy(m_place.replica, m_place.folder + u"/copy.db"_s));
        pass(*store, 4, 5);
        QVERIFY(replicator.copyChanges());
    }
    // The spare station went on from the copy, as if it were the line.
    QVERIFY(QFile::remove(ledger()) && QFile::rename(m_place.folder + u"/copy.db"_s, ledger()));
    for (const QString &left : {u"-wal"_s, u"-shm"_s})
        QFile::remove(ledger() + left);
    {
        const auto store = line();
        pass(*store, 6, 9);
    }
    const auto refused = checkReplica(m_place);
    QVERIFY(!refused);
    QCOMPARE(refused.error().fault, Fault::Refused);
    QVERIFY2(refused.error().detail.contains(u"another chain"_s)
            && refused.error().detail.contains(u"entry 4"_s),
        qPrintable(refused.error().detail));
    const QStringList before = rowsOf(m_place.replica);
    Replicator replicator(ledger(), m_place.replica);
    QVERIFY(!replicator.copyChanges());
    QCOMPARE(rowsOf(m_place.replica), before); // it may be the right one of the two
}

void ReplicaForkTest::aReplicaThatKnowsMoreIsRefused()
{
    {
        const auto store = line();
        pass(*store, 1, 3);
        QVERIFY(QFile::copy(ledger(), m_place.folder + u"/old.db"_s));
        for (const QString &left : {u"-wal"_s, u"-shm"_s})
            QFile::copy(ledger() + left, m_place.folder + u"/old.db"_s + left);
        pass(*store, 4, 5);
        Replicator replicator(ledger(), m_place.replica);
        QVERIFY(replicator.copyChanges());
    }
    auto old = m_place;
    old.url = u"sqlite:old.db"_s;
    const auto refused = checkReplica(old);
    QVERIFY(!refused);
    QVERIFY2(
        refused.error().detail.contains(u"ledger restore"_s), qPrintable(refused.error().detail));
}

/// What had been sent, and nobody knows how it ended, is read back before it is sent again.
void ReplicaForkTest::aSpareStationGoesOnFromIt()
{
    {
        const auto store = line();
        pass(*store, 1, 3);
        QVERIFY(store->lease(u"main"_s, u"line"_s, 1, 60));
        Replicator replicator(ledger(), m_place.replica);
        QVERIFY(replicator.copyChanges());
    }
    auto spare = m_place;
    spare.folder = m_place.folder + u"/spare"_s;
    spare.replica.clear();
    QVERIFY(QDir().mkpath(spare.folder));
    QVERIFY(QFile::copy(m_place.replica, spare.folder + u"/ledger.db"_s));
    const auto store = Store::open(spare);
    QVERIFY2(store, store ? "" : qPrintable(store.error().detail));
    QVERIFY((*store)->beginEpoch(u"replica"_s));
    m_watch.add(120);
    const auto leased = (*store)->lease(u"main"_s, u"spare"_s, 10, 60);
    QVERIFY(leased);
    QCOMPARE(leased->uncertain.size(), 1);
    QCOMPARE(leased->deliveries.size(), 3);
    // Whoever goes on with the old line has another chain from here on.
    {
        const auto old = line();
        pass(*old, 5, 5);
        Replicator replicator(ledger(), m_place.replica);
        QVERIFY(replicator.copyChanges());
    }
    const auto refused = checkReplica(spare.folder + u"/ledger.db"_s, m_place.replica);
    QVERIFY(!refused);
    QVERIFY2(
        refused.error().detail.contains(u"from entry 4 on"_s), qPrintable(refused.error().detail));
}

void ReplicaForkTest::somebodysOtherFileStays()
{
    const auto store = line();
    pass(*store, 1, 1);
    QFile::remove(m_place.replica);
    QFile file(m_place.replica);
    const QByteArray letter = "a letter that is longer than a page's first line";
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(letter) == letter.size());
    file.close();
    Replicator replicator(ledger(), m_place.replica);
    const auto refused = replicator.copyChanges();
    QVERIFY(!refused);
    QCOMPARE(refused.error().fault, Fault::Refused);
    QCOMPARE(checkReplica(m_place).error().fault, Fault::Refused);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), letter);
}

QTEST_GUILESS_MAIN(ReplicaForkTest)
#include "replicafork.moc"
