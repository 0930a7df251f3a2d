// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/postgres.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

/// A copy of a ledger that somebody can rely on.
class BackupTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void besideALineThatWrites();
    void aBrokenLedgerIsNotCopied();
    void aFullDiskLeavesNothing();
    void onPostgreSql();
    void wrongUse();

private:
    [[nodiscard]] static Ran backUp(const Consignment &place, const QString &out)
    {
        return runCli({u"ledger"_s, u"backup"_s, u"--ledger"_s, place.ledgerUrl(), u"--out"_s,
            place.path(out), u"--json"_s});
    }
    /// Nothing but what was there.
    [[nodiscard]] static bool isClean(const Consignment &place)
    {
        return QDir(place.path(u"."_s))
            .entryList({u".*"_s}, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
            .isEmpty();
    }

    support::Workplace m_workplace;
};

void BackupTest::besideALineThatWrites()
{
    const Consignment place(m_workplace.path(u"line"_s));
    auto store = station::Store::open(place.place()); // the line, which holds its lock
    for (int number = 1; number <= 20; ++number)
        QVERIFY((*store)->record(place.passed(number)));
    support::Cli backup({u"ledger"_s, u"backup"_s, u"--ledger"_s, place.ledgerUrl(), u"--out"_s,
        place.path(u"copy.db"_s), u"--json"_s});
    for (int number = 21; number <= 60; ++number)
        QVERIFY((*store)->record(place.passed(number)));
    const Ran ran = backup.wait();
    QVERIFY2(ran.exit == 0, ran.said());
    const auto entries = ran.json().first()[u"entries"].toInteger();
    QVERIFY2(entries >= 20 && entries <= 60, ran.out);
    // It is a ledger like any other, of one moment: as many deliveries as entries.
    auto copied = place.place();
    copied.url = u"sqlite:copy.db"_s;
    auto reader = station::LedgerReader::open(copied);
    QCOMPARE(reader->verifyChain(u"line1-a"_s)->entries, entries);
    QCOMPARE(reader->count({})->pending, entries);
    QCOMPARE(reader->bindings()->size(), entries);
    QVERIFY(isClean(place));
    // What is there stays.
    const Ran again = backUp(place, u"copy.db"_s);
    QVERIFY2(again.exit != 0 && again.err.contains("copy.db is there already"), again.said());
}

void BackupTest::aBrokenLedgerIsNotCopied()
{
    Consignment place(m_workplace.path(u"broken"_s));
    place.record(1, 3);
    {
        const auto database = station::Database::open(
            *station::parseDatabasePlace(place.place().url, place.place().folder),
            station::Database::Access::ReadWrite);
        QVERIFY((*database)->change(u"UPDATE entry SET at_us = at_us + 1 WHERE seq = 2"_s));
    }
    const Ran ran = backUp(place, u"copy.db"_s);
    QCOMPARE(ran.exit, 3);
    QVERIFY2(ran.err.contains("line1-a is broken at entry 2"), ran.said());
    QVERIFY(!QFile::exists(place.path(u"copy.db"_s)) && isClean(place));
}

void BackupTest::aFullDiskLeavesNothing()
{
    Consignment place(m_workplace.path(u"full"_s));
    place.record(1, 200);
    const Ran ran = support::run(u"prlimit"_s,
        {u"--fsize=200000"_s, QStringLiteral(BINARY_FOLDER "/ekstation-cli"), u"ledger"_s,
            u"backup"_s, u"--ledger"_s, place.ledgerUrl(), u"--out"_s, place.path(u"copy.db"_s)});
    QCOMPARE(ran.exit, 3);
    QVERIFY2(ran.err.contains("disk"), ran.said());
    QVERIFY(!QFile::exists(place.path(u"copy.db"_s)) && isClean(place));
}

void BackupTest::onPostgreSql()
{
    support::Postgres server;
    Consignment place(
        m_workplace.path(u"shared"_s), station::Purpose::Production, server.createDatabase());
    place.record(1, 2);
    const Ran ran = backUp(place, u"copy.db"_s);
    QVERIFY2(ran.exit != 0 && ran.err.contains("pg_dump"), ran.said());
}

void BackupTest::wrongUse()
{
    QCOMPARE(runCli({u"ledger"_s, u"backup"_s}).exit, 2);
    const Ran nowhere = runCli({u"ledger"_s, u"backup"_s, u"--ledger"_s,
        u"sqlite:"_s + m_workplace.path(u"nowhere.db"_s), u"--out"_s, m_workplace.path(u"x"_s)});
    QVERIFY2(nowhere.exit == 2 && nowhere.err.contains("nowhere.db"), nowhere.said());
}

QTEST_GUILESS_MAIN(BackupTest)
#include "backup.moc"
