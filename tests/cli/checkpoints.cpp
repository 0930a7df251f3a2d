// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"
#include "station/ledgerreader.h"
#include "station/store.h"
#include "tests/support/consignment.h"
#include "tests/support/postgres.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

/// A chain that is signed now and then cannot be written again by somebody without the key.
class CheckpointsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSignedChain_data();
    void aSignedChain();
    void aChainWrittenAgain();
    void whatACommandWritesIsSigned();
    void aKeyThatIsNotThere();
    void wrongSettings();

private:
    [[nodiscard]] QString folder(const QString &name) const { return m_workplace.path(name); }
    /// A station of which each `every`th entry is signed.
    void writeStation(const Consignment &place, int every) const
    {
        place.makeSigner(u"line"_s);
        place.writeStation("line1-a", nullptr);
        QFile file(place.path(u"station.toml"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray text = file.readAll().replace("[line]",
            "checkpoint_every = " + QByteArray::number(every)
                + "\n[sign]\nkey = \"line.key\"\ncertificate = \"line.pem\"\n[line]");
        QVERIFY(file.resize(0) && file.seek(0) && file.write(text) == text.size());
    }
    [[nodiscard]] static Ran verified(const Consignment &place, const QString &signers)
    {
        return runCli(
            {u"verify"_s, place.ledgerUrl(), u"--json"_s, u"--signers"_s, place.path(signers)});
    }

    support::Workplace m_workplace;
};

void CheckpointsTest::aSignedChain_data()
{
    QTest::addColumn<bool>("shared");
    QTest::newRow("SQLite") << false;
    QTest::newRow("PostgreSQL") << true;
}

void CheckpointsTest::aSignedChain()
{
    QFETCH(bool, shared);
    std::optional<support::Postgres> server;
    if (shared)
        server.emplace();
    const Consignment place(folder(shared ? u"shared"_s : u"own"_s), station::Purpose::Production,
        shared ? server->createDatabase() : QString());
    writeStation(place, 4);
    const auto settings = app::loadSettings(place.path(u"station.toml"_s));
    auto ledgerPlace = app::ledgerPlace(*settings, station::LedgerPlace::Role::Line);
    const auto seqsOf = [&] {
        QList<qint64> seqs;
        auto reader = station::LedgerReader::open(place.place());
        const auto report = reader->verifyChain(u"line1-a"_s,
            [&](qint64 seq, const QByteArray &, const QByteArray &) { seqs.append(seq); });
        return report && !report->firstBreak ? seqs : QList<qint64>{-1};
    };
    {
        auto store = station::Store::open(ledgerPlace);
        QVERIFY(store);
        for (int number = 1; number <= 9; ++number)
            QVERIFY((*store)->record(place.passed(number)));
        QCOMPARE(seqsOf(), (QList<qint64>{5, 10})); // four entries, one that signs them
    } // the shift ends
    QCOMPARE(seqsOf(), (QList<qint64>{5, 10, 12}));
    QVERIFY(station::Store::open(ledgerPlace)); // and there is nothing to sign any more
    QCOMPARE(seqsOf(), (QList<qint64>{5, 10, 12}));
    { // The next shift counts on.
        auto store = station::Store::open(ledgerPlace);
        for (int number = 10; number <= 13; ++number)
            QVERIFY((*store)->record(place.passed(number)));
    }
    QCOMPARE(seqsOf(), (QList<qint64>{5, 10, 12, 17}));

    const Ran ran = verified(place, u"line.pem"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    const QJsonObject seen = ran.json().first()[u"checkpoints"].toObject();
    QCOMPARE(seen[u"good"].toInt(), 4);
    QCOMPARE(seen[u"last"].toInt(), 17);
    QVERIFY(seen[u"signer"].toString().contains(u"CN=line"_s));
    // Without a word about signers the chain alone is judged, and the signer named.
    const Ran plain = runCli({u"verify"_s, place.ledgerUrl()});
    QVERIFY2(plain.exit == 0 && plain.out.contains("not believed, such as CN=line"), plain.said());
    place.makeSigner(u"stranger"_s);
    QCOMPARE(verified(place, u"stranger.pem"_s).exit, 1);
}

/// Somebody changes a device's record and makes every hash after it right again.
void CheckpointsTest::aChainWrittenAgain()
{
    const Consignment place(folder(u"forged"_s));
    writeStation(place, 4);
    const auto settings = app::loadSettings(place.path(u"station.toml"_s));
    {
        auto store =
            station::Store::open(app::ledgerPlace(*settings, station::LedgerPlace::Role::Line));
        for (int number = 1; number <= 6; ++number)
            QVERIFY((*store)->record(place.passed(number)));
    }
    auto database = station::Database::open(
        *station::parseDatabasePlace(place.place().url, place.place().folder),
        station::Database::Access::ReadWrite);
    const auto rows =
        (*database)->select(u"SELECT seq, kind, at_us, salt, body FROM entry ORDER BY seq"_s);
    station::Head head;
    for (const QVariantList &row : *rows) {
        station::Entry entry{.stationId = u"line1-a"_s,
            .kind = row.at(1).toString(),
            .atUs = row.at(2).toLongLong(),
            .salt = row.at(3).toByteArray(),
            .body = row.at(4).toByteArray()};
        if (row.at(0).toInt() == 2)
            entry.body.replace("\"pass\"", "\"fail\"");
        entry = station::sealed(entry, head);
        head = {entry.seq, entry.hash};
        QVERIFY((*database)->change(
            u"UPDATE entry SET body = ?, digest = ?, prev = ?, hash = ? WHERE seq = ?"_s,
            {entry.body, entry.digest, entry.prev, entry.hash, entry.seq}));
    }
    QVERIFY((*database)->change(u"UPDATE station SET head_hash = ?"_s, {head.hash}));

    auto reader = station::LedgerReader::open(place.place());
    QVERIFY(!reader->verifyChain(u"line1-a"_s)->firstBreak); // the hashes alone do not tell
    const Ran ran = verified(place, u"line.pem"_s);
    QCOMPARE(ran.exit, 1);
    QCOMPARE(ran.json().first()[u"checkpoints"][u"firstBroken"].toInt(), 5);
    const Ran plain = runCli({u"verify"_s, place.ledgerUrl()});
    QVERIFY2(plain.exit == 1 && plain.out.contains("NOT INTACT")
            && plain.out.contains("its checkpoint at entry 5"),
        plain.said());
}

/// A person's decision is no shift of its own, and is not left unsigned until the next one ends.
void CheckpointsTest::whatACommandWritesIsSigned()
{
    Consignment place(folder(u"deed"_s));
    writeStation(place, 1000);
    place.record(1, 1);
    const Ran deed = runCli({u"unit"_s, u"scrap"_s, u"--station"_s, place.path(u"station.toml"_s),
        u"--reason"_s, u"cracked"_s, place.passed(1).device.serial});
    QVERIFY2(deed.exit == 0, deed.said());
    const Ran ran = verified(place, u"line.pem"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"checkpoints"][u"last"].toInt(), 3);
}

void CheckpointsTest::aKeyThatIsNotThere()
{
    const Consignment place(folder(u"keyless"_s));
    writeStation(place, 2);
    const auto settings = app::loadSettings(place.path(u"station.toml"_s));
    const auto ledger = app::ledgerPlace(*settings, station::LedgerPlace::Role::Line);
    {
        auto store = station::Store::open(ledger);
        QVERIFY((*store)->record(place.passed(1)));
        // Gone in the middle of a shift: the line goes on, and the next entry tries again.
        QVERIFY(QFile::rename(place.path(u"line.key"_s), place.path(u"away"_s)));
        QVERIFY((*store)->record(place.passed(2)));
        QVERIFY((*store)->record(place.passed(3)));
        QVERIFY(QFile::rename(place.path(u"away"_s), place.path(u"line.key"_s)));
        QVERIFY((*store)->record(place.passed(4)));
    }
    const Ran ran = verified(place, u"line.pem"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"checkpoints"][u"last"].toInt(), 5);
    // Before the first device it is said.
    QVERIFY(QFile::remove(place.path(u"line.key"_s)));
    const auto store = station::Store::open(ledger);
    QVERIFY(!store);
    QVERIFY2(store.error().detail.contains(u"line.key"_s), qPrintable(store.error().detail));
}

void CheckpointsTest::wrongSettings()
{
    const auto settings =
        app::parseSettings("schema = 1\n[station]\nid = \"a\"\n[sign]\nkey = \"k\"\n", u"s.toml"_s);
    QVERIFY(!settings);
    QVERIFY2(
        settings.error().detail.contains(u"go together"_s), qPrintable(settings.error().detail));
}

QTEST_GUILESS_MAIN(CheckpointsTest)
#include "checkpoints.moc"
