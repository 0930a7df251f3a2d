// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/oldledger.h"
#include "tests/support/postgres.h"

/// Old examinations go into a bundle, and what proves them stays.
class ArchiveTest : public QObject, private OldLedger {
    Q_OBJECT
private Q_SLOTS:
    void oldBodiesGo_data();
    void oldBodiesGo();
    void whoAsksForAnArchivedOneIsToldWhere();
    void whatStaysIsNamed();
    void reportsGoWithIt();
    void aBodyThatIsLostIsFound();
    void anotherBundleInTheWay();
    void anOlderLedgerIsBroughtUpToDate();
    void whoArchivesIsAsked();
    void wrongUse_data();
    void wrongUse();

private:
    [[nodiscard]] static Ran hold(const Consignment &place, const QStringList &what)
    {
        return runCli(QStringList{u"ledger"_s, u"hold"_s, u"add"_s, u"--station"_s,
                          place.path(u"station.toml"_s), u"--reason"_s, u"claim 12"_s, u"--by"_s,
                          u"Ann Example"_s, u"--json"_s}
            + what);
    }
    std::unique_ptr<support::Postgres> m_postgres;
};

void ArchiveTest::oldBodiesGo_data()
{
    QTest::addColumn<bool>("isPostgres");
    QTest::newRow("SQLite") << false;
    QTest::newRow("PostgreSQL") << true;
}

void ArchiveTest::oldBodiesGo()
{
    QFETCH(const bool, isPostgres);
    if (isPostgres)
        m_postgres = std::make_unique<support::Postgres>();
    const auto place = station(
        isPostgres ? u"pg"_s : u"lite"_s, isPostgres ? m_postgres->createDatabase() : QString());
    const Ran ran = archive(*place, u"january.zip"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"gone"].toInt(), 5);
    QVERIFY(ran.json().first()[u"staying"].toObject().isEmpty());
    QVERIFY(verifies(*place, u"january.zip"_s));
    QCOMPARE(whole(*place), 2);
    // The chain holds, and says where the rest is.
    const Ran seen = runCli({u"verify"_s, place->ledgerUrl(), u"--json"_s});
    QVERIFY2(seen.exit == 0, seen.said());
    const QJsonObject chain = seen.json().first();
    QCOMPARE(chain[u"archived"].toInt(), 5);
    QCOMPARE(chain[u"archives"][0][u"bundle"].toString(), place->path(u"january.zip"_s));
    // Once more is nothing more; and a key that was proven is known for ever.
    const Ran again = archive(*place, u"january.zip"_s);
    QVERIFY2(again.exit == 0, again.said());
    QCOMPARE(again.json().first()[u"gone"].toInt(), 0);
    const auto store = station::Store::open(place->place());
    QVERIFY(store);
    auto twin = place->passed(3);
    twin.device.serial = u"TWIN"_s;
    QCOMPARE((*store)->record(twin)->examination.verdict, station::Verdict::Fail);
}

void ArchiveTest::whoAsksForAnArchivedOneIsToldWhere()
{
    const auto place = station(u"asked"_s);
    QCOMPARE(archive(*place, u"january"_s).exit, 0);
    const QString serial = place->passed(2).device.serial;
    for (const QStringList &question : {QStringList{u"show"_s, serial},
             {u"unit"_s, u"history"_s, serial}, {u"records"_s, u"--serial"_s, serial}}) {
        const Ran ran =
            runCli(question + QStringList{u"--station"_s, place->path(u"station.toml"_s)});
        QVERIFY2(ran.exit == 0 && ran.out.contains(serial.toUtf8()), ran.said());
        QVERIFY2(
            question.first() != u"show" || ran.out.contains(place->path(u"january"_s).toUtf8()),
            ran.said());
    }
    const Ran exported = runCli({u"export"_s, u"--station"_s, place->path(u"station.toml"_s),
        u"--format"_s, u"csv"_s, u"--out"_s, place->path(u"rest.csv"_s), u"--json"_s});
    QVERIFY2(exported.exit == 0, exported.said());
    QCOMPARE(exported.json().first()[u"archived"].toInt(), 5);
    QCOMPARE(exported.json().first()[u"rows"].toInt(), 2);
    const Ran packed =
        runCli({u"gate"_s, u"--station"_s, place->path(u"station.toml"_s), serial, u"--json"_s});
    QVERIFY2(packed.exit == 0 || packed.exit == 1, packed.said());
    QVERIFY2(!packed.json().first()[u"findings"].toArray().isEmpty(), packed.said());
}

void ArchiveTest::whatStaysIsNamed()
{
    const auto place = station(u"stays"_s);
    const Ran held = hold(*place, {u"--serial"_s, place->passed(2).device.serial});
    QVERIFY2(held.exit == 0, held.said());
    QCOMPARE(held.json().first()[u"records"].toInt(), 1);
    {
        // One that the service does not have yet.
        auto line = place->place();
        line.clock = [] { return station::Moments{.utcUs = january}; };
        line.trustsClock = true;
        const auto store = station::Store::open(line);
        QVERIFY((*store)->record(place->passed(8)));
    }
    const Ran ran = archive(*place, u"january.zip"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    const QJsonObject staying = ran.json().first()[u"staying"].toObject();
    QCOMPARE(staying, (QJsonObject{{u"hold"_s, 1}, {u"undelivered"_s, 1}}));
    QCOMPARE(ran.json().first()[u"gone"].toInt(), 4);
    QVERIFY2(ran.err.contains(place->passed(2).device.serial.toUtf8()), ran.said());
    // The hold ends, the service answers: both go, into a bundle of their own.
    const QString id = held.json().first()[u"hold"].toString();
    const Ran listed =
        runCli({u"ledger"_s, u"hold"_s, u"list"_s, u"--station"_s, place->path(u"station.toml"_s)});
    QVERIFY2(listed.out.contains(id.toUtf8()) && listed.out.contains("Ann Example"), listed.said());
    QCOMPARE(runCli({u"ledger"_s, u"hold"_s, u"remove"_s, id, u"--station"_s,
                        place->path(u"station.toml"_s), u"--reason"_s, u"settled"_s, u"--by"_s,
                        u"Ann Example"_s})
                 .exit,
        0);
    {
        const auto store = station::Store::open(place->place());
        settle(**store, 8);
    }
    const Ran rest = archive(*place, u"rest.zip"_s);
    QVERIFY2(rest.exit == 0, rest.said());
    QCOMPARE(rest.json().first()[u"gone"].toInt(), 2);
    QVERIFY(verifies(*place, u"rest.zip"_s));
    QCOMPARE(whole(*place), 2);
}

/// What the factory's system was told of an examination is its body once more.
void ArchiveTest::reportsGoWithIt()
{
    const auto place = station(u"reports"_s);
    {
        auto line = place->place();
        line.reports = true;
        line.clock = [] { return station::Moments{.utcUs = january}; };
        line.trustsClock = true;
        const auto store = station::Store::open(line);
        QVERIFY((*store)->record(place->passed(8)) && (*store)->record(place->passed(9)));
        settle(**store, 9);
        const auto told = (*store)->lease(station::reportDestination(), u"test"_s, 1, 60);
        QVERIFY(told && told->deliveries.size() == 1);
        QVERIFY(told->deliveries.first().payload.body.contains("\"exam\""));
        QVERIFY(
            (*store)->settle({{told->deliveries.first().id, station::DeliveryState::Confirmed}}));
    }
    const Ran ran = archive(*place, u"january.zip"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"gone"].toInt(), 6); // the other report is still to be told
    const auto database = station::Database::open(
        *station::parseDatabasePlace(place->place().url, place->place().folder),
        station::Database::Access::ReadOnly);
    const auto kept = (*database)->select(
        u"SELECT state, length(payload) > 0 FROM delivery WHERE kind = 'report' ORDER BY id"_s);
    QCOMPARE(*kept, (station::Database::Rows{{u"confirmed"_s, 0}, {u"pending"_s, 1}}));
}

void ArchiveTest::aBodyThatIsLostIsFound()
{
    const auto place = station(u"lost"_s);
    QCOMPARE(archive(*place, u"january.zip"_s).exit, 0);
    {
        const auto database = station::Database::open(
            *station::parseDatabasePlace(place->place().url, place->place().folder),
            station::Database::Access::ReadWrite);
        QVERIFY((*database)->change(u"UPDATE entry SET body = NULL WHERE seq = 7"_s));
    }
    const Ran ran = runCli({u"verify"_s, place->ledgerUrl()});
    QVERIFY2(
        ran.exit == 1 && ran.out.contains("entry 7") && ran.out.contains("no archive"), ran.said());
}

/// A file that is no archive of this station for this month is not taken for one.
void ArchiveTest::anotherBundleInTheWay()
{
    const auto place = station(u"way"_s);
    QFile file(place->path(u"january.zip"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("something of somebody's");
    file.close();
    const Ran ran = archive(*place, u"january.zip"_s);
    QVERIFY2(ran.exit != 0 && ran.err.contains("january.zip"), ran.said());
    QCOMPARE(whole(*place), 7);
    QCOMPARE(archive(*place, u"both.zip"_s, u"2026-03"_s).exit, 0);
    const Ran other = archive(*place, u"both.zip"_s, u"2026-02"_s);
    QVERIFY2(other.exit == 1 && other.err.contains("cannot be taken up"), other.said());
}

void ArchiveTest::anOlderLedgerIsBroughtUpToDate()
{
    const auto place = station(u"older"_s);
    place->makeOlder();
    const Ran ran = archive(*place, u"january.zip"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"gone"].toInt(), 5);
}

void ArchiveTest::whoArchivesIsAsked()
{
    const auto place = station(u"asking"_s);
    place->askWhoWorks();
    const Ran ran = archive(*place, u"january.zip"_s);
    QVERIFY2(ran.exit == 1 && ran.err.contains("--by"), ran.said());
    QCOMPARE(whole(*place), 7);
}

void ArchiveTest::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const QStringList archive{u"archive"_s, u"--out"_s, u"x.zip"_s, u"--before"_s};
    QTest::newRow("no month") << (archive + QStringList{u"2026-13"_s}) << QByteArray("2026-13");
    QTest::newRow("a short month") << (archive + QStringList{u"2026-2"_s}) << QByteArray("2026-2");
    QTest::newRow("a day") << (archive + QStringList{u"2026-02-01"_s}) << QByteArray("2026-02-01");
    QTest::newRow("the future") << (archive + QStringList{u"2999-01"_s})
                                << QByteArray("has not begun");
    QTest::newRow("nothing to write")
        << QStringList{u"archive"_s, u"--before"_s, u"2026-02"_s} << QByteArray("--out");
    const QStringList hold{u"hold"_s, u"add"_s, u"--reason"_s, u"r"_s, u"--by"_s, u"Ann Example"_s};
    QTest::newRow("a hold of everything") << hold << QByteArray("what it is about");
    QTest::newRow("a hold without a reason")
        << QStringList{u"hold"_s, u"add"_s, u"--by"_s, u"Ann Example"_s, u"--serial"_s, u"S"_s}
        << QByteArray("--reason");
    QTest::newRow("a hold that ends before it begins")
        << (hold + QStringList{u"--from"_s, u"2026-03-01"_s, u"--to"_s, u"2026-02-01"_s})
        << QByteArray("ends after it begins");
    QTest::newRow("no number") << QStringList{u"hold"_s, u"remove"_s, u"twelve"_s, u"--reason"_s,
        u"r"_s, u"--by"_s, u"Ann Example"_s}
                               << QByteArray("needs one ID");
    QTest::newRow("no such hold") << QStringList{u"hold"_s, u"remove"_s, u"99"_s, u"--reason"_s,
        u"r"_s, u"--by"_s, u"Ann Example"_s}
                                  << QByteArray("there is no hold line1-a/99");
}

void ArchiveTest::wrongUse()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, words);
    static const auto place = station(u"wrong"_s);
    const Ran ran = runCli(QStringList{u"ledger"_s} + arguments
        + QStringList{u"--station"_s, place->path(u"station.toml"_s)});
    QVERIFY2(ran.exit >= 2 && ran.err.contains(words), ran.said());
    QCOMPARE(whole(*place), 7);
}

QTEST_GUILESS_MAIN(ArchiveTest)
#include "archive.moc"
