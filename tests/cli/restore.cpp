// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

/// A spare station takes over: nothing that was proven is lost, and who goes on is told apart.
class RestoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theSpareKnowsWhatWasProven();
    void twoThatGoOnAreAFork();
    void alteredAndCutBackups_data();
    void alteredAndCutBackups();
    void aLedgerIsNeverReplaced();
    void aLogThatACrashHasLeft();
    void killedWhileItRestores_data();
    void killedWhileItRestores();
    void anotherStationsBackup();

private:
    [[nodiscard]] QString spare(const QString &file) const { return m_workplace.path(file); }
    /// A folder with a station that has no ledger.
    [[nodiscard]] QString writeSpare(const QString &name) const
    {
        QDir().mkpath(spare(name));
        const QString file = spare(name + u"/station.toml"_s);
        QFile::copy(m_place->path(u"station.toml"_s), file);
        return file;
    }
    [[nodiscard]] static Ran restored(const QString &backup, const QString &station)
    {
        return runCli({u"ledger"_s, u"restore"_s, backup, u"--station"_s, station, u"--json"_s});
    }
    [[nodiscard]] station::LedgerPlace placeIn(const QString &name) const
    {
        auto place = m_place->place();
        place.folder = spare(name);
        return place;
    }

    support::Workplace m_workplace;
    std::unique_ptr<Consignment> m_place;
    QString m_backup;
};

void RestoreTest::initTestCase()
{
    m_place = std::make_unique<Consignment>(m_workplace.path(u"line"_s));
    m_place->writeStation("line1-a", nullptr);
    m_place->record(1, 10);
    m_backup = m_workplace.path(u"backup.db"_s);
    const Ran ran = runCli({u"ledger"_s, u"backup"_s, u"--station"_s,
        m_place->path(u"station.toml"_s), u"--out"_s, m_backup});
    QVERIFY2(ran.exit == 0, ran.said());
}

void RestoreTest::theSpareKnowsWhatWasProven()
{
    const Ran ran = restored(m_backup, writeSpare(u"spare"_s));
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"epoch"].toInt(), 2);
    QCOMPARE(QDir(spare(u"spare"_s)).entryList(QDir::Files | QDir::Hidden),
        (QStringList{u"ledger.db"_s, u"station.toml"_s}));
    auto store = station::Store::open(placeIn(u"spare"_s));
    QVERIFY(store);
    // A retest is one, and another device with a known key is refused.
    const auto again = (*store)->record(m_place->passed(3));
    QCOMPARE(again->examination.verdict, station::Verdict::Pass);
    auto twin = m_place->passed(4);
    twin.device.serial = u"TWIN"_s;
    const auto refused = (*store)->record(twin);
    QCOMPARE(refused->examination.verdict, station::Verdict::Fail);
    QCOMPARE((*store)->count({})->pending, 10);
    auto reader = station::LedgerReader::open(placeIn(u"spare"_s));
    QVERIFY(!reader->verifyChain(u"line1-a"_s)->firstBreak);
    const auto entry = reader->entry({u"line1-a"_s, 11});
    QVERIFY2(entry->entry.body.contains("\"action\":\"restore\""), entry->entry.body);
    QVERIFY2(entry->entry.body.contains("\"epoch\":2"), entry->entry.body);
}

void RestoreTest::twoThatGoOnAreAFork()
{
    QCOMPARE(restored(m_backup, writeSpare(u"second"_s)).exit, 0);
    const QString second = u"sqlite:"_s + spare(u"second/ledger.db"_s);
    const QStringList besides{u"verify"_s, second, u"--beside"_s};
    // As far as the backup goes they are one.
    const Ran same = runCli(besides + QStringList{m_backup});
    QVERIFY2(same.exit == 0, same.said());
    // A copy that was altered is no witness.
    const QString altered = m_workplace.path(u"witness.db"_s);
    QVERIFY(QFile::copy(m_backup, altered));
    {
        const auto database =
            station::Database::open(*station::parseDatabasePlace(u"sqlite:"_s + altered, {}),
                station::Database::Access::ReadWrite);
        QVERIFY((*database)->change(u"UPDATE entry SET kind = 'action' WHERE seq = 5"_s));
    }
    const Ran witness = runCli(besides + QStringList{altered});
    QVERIFY2(witness.exit == 1 && witness.err.contains("other copy is broken at entry 5"),
        witness.said());
    {
        const auto third = station::Store::open([this] {
            auto place = placeIn(u"second"_s);
            place.stationId = u"line3-c"_s;
            return place;
        }());
        QVERIFY(third);
    }
    const Ran alone = runCli({u"verify"_s, m_backup, u"--beside"_s, second});
    QVERIFY2(
        alone.exit == 1 && alone.err.contains("line3-c: is in the other copy alone"), alone.said());
    m_place->record(11, 12); // the first one was not dead
    const Ran forked = runCli(besides + QStringList{m_place->ledgerUrl()});
    QVERIFY2(forked.exit == 1 && forked.err.contains("FORKED at entry 11"), forked.said());
}

void RestoreTest::alteredAndCutBackups_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("cut") << u"cut"_s << QByteArray("cut.db");
    QTest::newRow("altered") << u"altered"_s << QByteArray("broken at entry 5");
    QTest::newRow("none") << u"none"_s << QByteArray("none.db");
}

void RestoreTest::alteredAndCutBackups()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, words);
    const QString backup = m_workplace.path(name + u".db"_s);
    if (name != u"none") {
        QVERIFY(QFile::copy(m_backup, backup));
        QFile file(backup);
        QVERIFY(name != u"cut" || file.resize(file.size() / 2));
    }
    if (name == u"altered") {
        const auto database =
            station::Database::open(*station::parseDatabasePlace(u"sqlite:"_s + backup, {}),
                station::Database::Access::ReadWrite);
        QVERIFY((*database)->change(u"UPDATE entry SET kind = 'action' WHERE seq = 5"_s));
    }
    const QString folder = u"from-"_s + name;
    const Ran ran = restored(backup, writeSpare(folder));
    QVERIFY(ran.exit != 0);
    QVERIFY2(ran.err.contains(words), ran.said());
    QCOMPARE(QDir(spare(folder)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList{u"station.toml"_s});
}

void RestoreTest::aLedgerIsNeverReplaced()
{
    const Ran ran = restored(m_backup, m_place->path(u"station.toml"_s));
    QVERIFY2(ran.exit != 0 && ran.err.contains("has a ledger already"), ran.said());
    QCOMPARE(runCli({u"ledger"_s, u"restore"_s, m_backup}).exit, 2);
}

void RestoreTest::aLogThatACrashHasLeft()
{
    const QString station = writeSpare(u"log"_s);
    QFile log(spare(u"log/ledger.db-wal"_s));
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.close();
    const Ran ran = restored(m_backup, station);
    QVERIFY2(ran.exit == 3 && ran.err.contains("ledger.db-wal"), ran.said());
    QVERIFY(!QFile::exists(spare(u"log/ledger.db"_s)));
}

void RestoreTest::killedWhileItRestores_data()
{
    support::addKillRows({{u"openat"_s, 9}, {u"pwrite64"_s, 9}, {u"fdatasync"_s, 1},
        {u"syncfs"_s, 1}, {u"rename"_s, 1}, {u"unlink"_s, 1}});
}

/// Killed between any two steps: no ledger, or the whole one, and then once more from the start.
void RestoreTest::killedWhileItRestores()
{
    QFETCH(const QString, call);
    QFETCH(const int, stride);
    int count = 1;
    for (bool ended = false; !ended; count += stride) {
        const QString name = u"killed-%1-%2"_s.arg(call).arg(count);
        const QString station = writeSpare(name);
        const Ran ran = support::runCliUntil(
            call, count, {u"ledger"_s, u"restore"_s, m_backup, u"--station"_s, station});
        ended = ran.exit == 0;
        QVERIFY2(ended || ran.exit == -1, ran.said());
        if (!QFile::exists(spare(name + u"/ledger.db"_s))) {
            const Ran again = restored(m_backup, station);
            QVERIFY2(again.exit == 0, again.said());
        }
        auto reader = station::LedgerReader::open(placeIn(name));
        QVERIFY(reader);
        const auto report = reader->verifyChain(u"line1-a"_s);
        QVERIFY(report && !report->firstBreak && report->entries >= 10);
        QVERIFY(QDir(spare(name)).removeRecursively());
    }
    QVERIFY2(count > 1 + stride, "it was never killed");
}

void RestoreTest::anotherStationsBackup()
{
    const QString station = writeSpare(u"other"_s);
    QFile file(station);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll().replace("line1-a", "line2-b");
    file.close();
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    const Ran ran = restored(m_backup, station);
    QVERIFY2(ran.exit == 3 && ran.err.contains("no chain of station line2-b"), ran.said());
    QVERIFY(!QFile::exists(spare(u"other/ledger.db"_s)));
}

QTEST_GUILESS_MAIN(RestoreTest)
#include "restore.moc"
