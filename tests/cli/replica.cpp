// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/site.h"
#include "tests/support/lineplace.h"

#include <csignal>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// A line with a second disk, from outside: killed, looked after, and gone on from.
class ReplicaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineIsKilled();
    void aSpareRestoresIt();
    void doctorNamesTheLag();

private:
    /// A line whose replica is in the folder "other".
    [[nodiscard]] std::unique_ptr<LinePlace> line(const QString &name, int devices) const
    {
        auto place = std::make_unique<LinePlace>(devices, m_workplace.path(name));
        place->edit(u"station.toml"_s, u"sqlite:ledger.db\""_s,
            u"sqlite:ledger.db\"\nreplica = \"other/replica.db\""_s);
        if (!QDir().mkpath(place->path(u"other"_s)))
            qFatal("cannot make a folder");
        return place;
    }
    [[nodiscard]] static QStringList serials(const LinePlace &place, int first, int last)
    {
        QStringList all;
        for (int device = first; device <= last; ++device)
            all.append(
                u"DEV-%1\t"_s.arg(device) + place.training().simulator().targets()[device - 1]);
        return all;
    }
    [[nodiscard]] static Ran verified(const QString &file)
    {
        return runCli({u"verify"_s, u"sqlite:"_s + file, u"--json"_s});
    }

    support::Workplace m_workplace;
};

/// What the line has shown as passed is in the ledger; the replica is a ledger of some moment, and
/// the next run brings it up to date.
void ReplicaTest::aLineIsKilled()
{
    const auto place = line(u"killed"_s, 8);
    const QString replica = place->path(u"other/replica.db"_s);
    QCOMPARE(place->run(serials(*place, 1, 1)).exit, 0);
    QCOMPARE(site::rowsOf(replica), site::rowsOf(place->path(u"ledger.db"_s)));
    for (int seen = 1; seen <= 3; ++seen) {
        support::Cli run(place->runArguments(serials(*place, 1, 8)));
        for (int verdict = 0; verdict < 2 * seen; ++verdict)
            QVERIFY(!run.line().isEmpty());
        run.signal(SIGKILL);
        QCOMPARE(run.wait().exit, -1);
        const Ran whole = verified(replica);
        QVERIFY2(whole.exit == 0, whole.said());
    }
    const Ran rest = place->run(serials(*place, 1, 8));
    QVERIFY2(rest.exit == 0, rest.said());
    QCOMPARE(site::rowsOf(replica), site::rowsOf(place->path(u"ledger.db"_s)));
}

void ReplicaTest::aSpareRestoresIt()
{
    const auto place = line(u"spare"_s, 3);
    const QString replica = place->path(u"other/replica.db"_s);
    QCOMPARE(place->run(serials(*place, 1, 3)).exit, 0);
    QVERIFY(QFile::remove(place->path(u"ledger.db"_s))); // its disk has died
    for (const QString &left : {u"-wal"_s, u"-shm"_s})
        QFile::remove(place->path(u"ledger.db"_s) + left);
    const Ran restored =
        runCli({u"ledger"_s, u"restore"_s, replica, u"--station"_s, place->station(), u"--json"_s});
    QVERIFY2(restored.exit == 0, restored.said());
    // The same line goes on from it, and so does its replica.
    const Ran again = place->run(serials(*place, 1, 3));
    QVERIFY2(again.exit == 0, again.said());
    QCOMPARE(again.json().value(0)[u"resumed"].toBool(), true);
    QCOMPARE(site::rowsOf(replica), site::rowsOf(place->path(u"ledger.db"_s)));
    const Ran beside = runCli({u"verify"_s, u"sqlite:"_s + place->path(u"ledger.db"_s),
        u"--beside"_s, u"sqlite:"_s + replica});
    QVERIFY2(beside.exit == 0, beside.said());
}

void ReplicaTest::doctorNamesTheLag()
{
    const auto place = line(u"doctor"_s, 3);
    const QString replica = place->path(u"other/replica.db"_s);
    const auto symptom = [&place] {
        for (const QJsonObject &one :
            runCli({u"doctor"_s, u"--station"_s, place->station(), u"--json"_s}).json())
            if (one[u"check"].toString() == u"replica")
                return one;
        return QJsonObject();
    };
    QCOMPARE(place->run(serials(*place, 1, 2)).exit, 0);
    QCOMPARE(symptom()[u"seen"].toString(), u"has every entry"_s);
    // The disk is taken away; the line goes on.
    QVERIFY(QDir().rename(place->path(u"other"_s), place->path(u"away"_s)));
    const Ran on = place->run(serials(*place, 3, 3));
    QVERIFY2(on.exit == 0, on.said());
    const QJsonObject away = symptom();
    QCOMPARE(away[u"outcome"].toString(), u"fail"_s);
    QVERIFY2(away[u"seen"].toString().contains(u"3 entries behind"_s),
        qPrintable(away[u"seen"].toString()));
    QVERIFY(away[u"cure"].toString().contains(replica));
    // It comes back, and the ledger is one of before.
    QVERIFY(QDir().rename(place->path(u"away"_s), place->path(u"other"_s)));
    QVERIFY(symptom()[u"seen"].toString().contains(u"1 entries behind"_s));
    const QString kept = place->path(u"kept.db"_s);
    QVERIFY(QFile::copy(replica, kept));
    QCOMPARE(place->run(serials(*place, 1, 3)).exit, 0);
    QCOMPARE(symptom()[u"outcome"].toString(), u"pass"_s);
    for (const QString &left : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(place->path(u"ledger.db"_s) + left);
    QVERIFY(QFile::rename(kept, place->path(u"ledger.db"_s)));
    const QJsonObject ahead = symptom();
    QCOMPARE(ahead[u"outcome"].toString(), u"fail"_s);
    QVERIFY2(ahead[u"seen"].toString().contains(u"ledger restore"_s),
        qPrintable(ahead[u"seen"].toString()));
    const Ran refused = place->run(serials(*place, 1, 3));
    QVERIFY2(refused.exit == 3 && refused.err.contains("ledger restore"), refused.said());
}

QTEST_GUILESS_MAIN(ReplicaTest)
#include "replica.moc"
