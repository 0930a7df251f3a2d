// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/replica.h"

#include "station/changelog.h"
#include "station/replicator.h"
#include "tests/station/site.h"
#include "tests/support/program.h"

#include <csignal>
#include <sys/stat.h>

using namespace site;
using namespace std::chrono_literals;

namespace {

/// This program again, for one copy.
int copyOnce(const QStringList &arguments)
{
    std::ignore = std::signal(SIGXFSZ, SIG_IGN); // as the station's programs do
    const auto copied = Replicator(arguments.at(2), arguments.at(3)).copyChanges();
    if (copied)
        return 0;
    std::ignore = std::fprintf(stderr, "%s\n", qPrintable(copied.error().detail));
    return 1;
}

/// This program again, as a line of nine devices that begins, records and ends.
int work(const QStringList &arguments)
{
    LedgerPlace place{.url = u"sqlite:ledger.db"_s, .stationId = u"line1-a"_s};
    place.folder = arguments.at(2);
    place.replica = arguments.at(3);
    if (!checkReplica(place, 50ms)) // what hangs may be away: no reason to refuse
        return 1;
    const auto store = Store::open(place);
    Replica replica(place, 50ms);
    QCoreApplication::processEvents(); // and it begins to copy
    bool recorded = store.has_value();
    for (int number = 1; number <= 9; ++number)
        recorded = recorded && (*store)->record(passOf(u"SN-%1"_s.arg(number), number));
    return recorded ? 0 : 1;
}

} // namespace

/// The second disk is full, or hangs; the ledger is of a newer version than its replica.
class ReplicaTroubleTest : public QObject, private Site {
    Q_OBJECT
private Q_SLOTS:
    void init() { renew(); }
    void aFullDisk();
    void aShareThatHangs();
    void aTableThatANewVersionBrings();
};

/// The replica stays as it was, and follows again once there is room.
void ReplicaTroubleTest::aFullDisk()
{
    const auto store = line();
    pass(*store, 1, 3);
    QVERIFY(Replicator(ledger(), m_place.replica).copyChanges());
    pass(*store, 4, 40);
    const qint64 room = QFileInfo(m_place.replica).size() + 8192;
    const auto full = support::run(u"prlimit"_s,
        {u"--fsize=%1"_s.arg(room), QCoreApplication::applicationFilePath(), u"--copy"_s, ledger(),
            m_place.replica});
    QVERIFY2(full.exit == 1, full.said());
    QVERIFY2(full.err.contains("replica.db") && full.err.contains("full"), full.said());
    QCOMPARE(verified(m_place.replica), 3);
    QCOMPARE(lagOf(m_place)->entries, 37);
    pass(*store, 41, 41); // the line does not notice
    QVERIFY(Replicator(ledger(), m_place.replica).copyChanges());
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
}

/// A pipe that nobody writes into holds who opens it as a share does whose server is gone.
void ReplicaTroubleTest::aShareThatHangs()
{
    QCOMPARE(mkfifo(QFile::encodeName(m_place.replica).constData(), 0600), 0);
    const auto shift = support::run(
        QCoreApplication::applicationFilePath(), {u"--line"_s, m_place.folder, m_place.replica});
    QVERIFY2(shift.exit == 0, shift.said());
    QCOMPARE(verified(ledger()), 9);
    // The server is back.
    QVERIFY(QFile::remove(m_place.replica));
    QVERIFY(Replicator(ledger(), m_place.replica).copyChanges());
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
}

/// Nobody wrote down what changed in it; so the copy is made anew, with that table.
void ReplicaTroubleTest::aTableThatANewVersionBrings()
{
    QByteArray before;
    {
        const auto store = line();
        pass(*store, 1, 3);
        QVERIFY(Replicator(ledger(), m_place.replica).copyChanges());
        before = *changeLogId(store->database());
        QVERIFY(store->database().change(
            u"CREATE TABLE novelty (id INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT"_s));
        QVERIFY(store->database().change(u"INSERT INTO novelty (word) VALUES ('first')"_s));
    }
    const auto store = line();
    const auto after = changeLogId(store->database());
    QVERIFY(after);
    QVERIFY(*after != before);
    QVERIFY(store->database().change(u"INSERT INTO novelty (word) VALUES ('second')"_s));
    Replicator replicator(ledger(), m_place.replica);
    QVERIFY(replicator.copyChanges());
    QVERIFY(store->database().change(u"INSERT INTO novelty (word) VALUES ('third')"_s));
    pass(*store, 4, 5);
    QVERIFY(replicator.copyChanges());
    QVERIFY(rowsOf(m_place.replica).filter(u"novelty"_s).size() == 3);
    QCOMPARE(rowsOf(m_place.replica), rowsOf(ledger()));
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (QCoreApplication::arguments().value(1) == u"--copy")
        return copyOnce(QCoreApplication::arguments());
    if (QCoreApplication::arguments().value(1) == u"--line")
        return work(QCoreApplication::arguments());
    ReplicaTroubleTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "replicatrouble.moc"
