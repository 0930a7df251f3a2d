// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

#include <QCryptographicHash>

using namespace shopfloor;

/// That a chain proves what it promises: nothing altered, nothing missing.
class ChainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hashes_what_the_format_says_data() { engines(); }
    void hashes_what_the_format_says();
    void keeps_the_bytes_of_a_body_data() { engines(); }
    void keeps_the_bytes_of_a_body();
    void verifies_a_chain_data() { engines(); }
    void verifies_a_chain();
    void names_the_first_break_data();
    void names_the_first_break();
    void counts_archived_bodies();
    void refuses_a_broken_end_data();
    void refuses_a_broken_end();

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }
    Places m_places;
};

namespace {

QByteArray bigEndian(quint64 value, int bytes)
{
    QByteArray out;
    while (bytes-- > 0)
        out.append(static_cast<char>(value >> (8 * bytes)));
    return out;
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace

// Computed here from the published format alone: whoever checks a bundle has nothing else.
void ChainTest::hashes_what_the_format_says()
{
    LedgerPlace place = fresh();
    int drawn = 0;
    place.random = [&drawn](int bytes) { return QByteArray(bytes, static_cast<char>(++drawn)); };
    auto ledger = opened(place);
    for (int number = 1; number <= 3; ++number) {
        m_places.watch.add(7);
        QVERIFY(record(*ledger, passOf(u"SN-%1 \u00e9"_s.arg(number), number)));
    }
    ledger.reset();
    const auto database = rawDatabase(place);
    const auto rows = database->select(
        u"SELECT seq, kind, at_us, salt, body, digest, prev, hash FROM entry ORDER BY seq"_s);
    QCOMPARE(rows->size(), 3);
    QByteArray prev(32, '\0');
    for (int number = 1; number <= 3; ++number) {
        const QVariantList row = rows->at(number - 1);
        QCOMPARE(row.at(0), number);
        QCOMPARE(row.at(3).toByteArray(), QByteArray(16, static_cast<char>(number)));
        const QByteArray body = row.at(4).toByteArray();
        const QByteArray digest =
            sha256(QByteArray("ekstation-entry-1") + '\0' + row.at(3).toByteArray()
                + row.at(1).toByteArray() + '\0' + bigEndian(row.at(2).toULongLong(), 8)
                + bigEndian(static_cast<quint64>(body.size()), 4) + body);
        QCOMPARE(row.at(5).toByteArray().toHex(), digest.toHex());
        QCOMPARE(row.at(6).toByteArray().toHex(), prev.toHex());
        prev = sha256(QByteArray("ekstation-chain-1") + '\0' + prev
            + bigEndian(static_cast<quint64>(number), 8) + digest);
        QCOMPARE(row.at(7).toByteArray().toHex(), prev.toHex());
    }
    QCOMPARE(*database->select(u"SELECT head_seq, head_hash FROM station"_s),
        (Database::Rows{{3, prev}}));
}

void ChainTest::keeps_the_bytes_of_a_body()
{
    // A body that our own JSON writer would print otherwise: it was sealed as it is.
    const LedgerPlace place = fresh();
    opened(place).reset();
    Entry entry;
    entry.stationId = place.stationId;
    entry.kind = u"action"_s;
    entry.atUs = -5;
    entry.salt = QByteArray(16, 's');
    entry.body = QByteArray("{ \"b\": 1.0,\r\n \"a\": \"\\u00e9\" }\0\xff", 31);
    entry = sealed(entry, {});
    {
        const auto database = rawDatabase(place);
        QVERIFY(database->change(
            u"INSERT INTO entry (station_id, seq, kind, at_us, monotonic_us, clock_state, salt, "
            "body, digest, prev, hash) VALUES (?, 1, ?, ?, 0, 'unknown', ?, ?, ?, ?, ?)"_s,
            {entry.stationId, entry.kind, entry.atUs, entry.salt, entry.body, entry.digest,
                entry.prev, entry.hash}));
        QVERIFY(
            database->change(u"UPDATE station SET head_seq = 1, head_hash = ?"_s, {entry.hash}));
    }
    auto ledger = opened(place);
    QCOMPARE(record(*ledger, passOf(u"SN-1"_s, 1))->seq, 2);
    ledger.reset();
    auto reader = readerOf(place);
    QCOMPARE(reader.entry({place.stationId, 1})->entry.body, entry.body);
    QVERIFY(!reader.verifyChain(place.stationId)->firstBreak);
}

void ChainTest::verifies_a_chain()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    auto reader = readerOf(place);
    QCOMPARE(*reader.verifyChain(place.stationId), (ChainReport{.stationId = place.stationId}));
    for (int number = 1; number <= 3; ++number)
        QVERIFY(record(*ledger, passOf(QString::number(number), number)));
    const auto report = reader.verifyChain(place.stationId);
    QCOMPARE(report->entries, 3);
    QCOMPARE(report->archived, 0);
    QCOMPARE(report->head.seq, 3);
    QVERIFY(!report->firstBreak);
    QCOMPARE(reader.verifyChain(u"nobody"_s).error().fault, Fault::Missing);
}

void ChainTest::names_the_first_break_data()
{
    QTest::addColumn<QString>("tampering");
    QTest::addColumn<qint64>("seq");
    QTest::addColumn<int>("what");
    QTest::addColumn<qint64>("entries");
    const auto row = [](const char *name, const QString &sql, qint64 seq, Break::What what) {
        QTest::newRow(name) << sql << seq << static_cast<int>(what) << (seq < 5 ? seq - 1 : seq);
    };
    using enum Break::What;
    row("a verdict is changed",
        u"UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '\"fail\"', '\"pass\"') AS "
        u"BLOB) "
        "WHERE seq = 3"_s,
        3, Digest);
    row("the time is moved", u"UPDATE entry SET at_us = at_us + 1 WHERE seq = 2"_s, 2, Digest);
    row("the kind is changed", u"UPDATE entry SET kind = 'action' WHERE seq = 2"_s, 2, Digest);
    row("the salt is changed", u"UPDATE entry SET salt = zeroblob(16) WHERE seq = 4"_s, 4, Digest);
    row("an entry is missing", u"DELETE FROM entry WHERE seq = 3"_s, 3, Order);
    row("the first is missing", u"DELETE FROM entry WHERE seq = 1"_s, 1, Order);
    row("prev is changed", u"UPDATE entry SET prev = zeroblob(32) WHERE seq = 3"_s, 3, Link);
    row("an archived entry's digest is changed",
        u"UPDATE entry SET body = NULL, digest = zeroblob(32) WHERE seq = 3"_s, 3, Hash);
    row("the hash is changed", u"UPDATE entry SET hash = zeroblob(32) WHERE seq = 4"_s, 4, Hash);
    QTest::newRow("the last is missing")
        << u"DELETE FROM entry WHERE seq = 5"_s << qint64{5} << static_cast<int>(Tail) << qint64{4};
    QTest::newRow("the head is set back")
        << u"UPDATE station SET head_seq = 4, head_hash = (SELECT hash FROM entry WHERE seq = 4)"_s
        << qint64{5} << static_cast<int>(Tail) << qint64{5};
}

void ChainTest::names_the_first_break()
{
    QFETCH(QString, tampering);
    QFETCH(qint64, seq);
    QFETCH(int, what);
    QFETCH(qint64, entries);
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    auto ledger = opened(place);
    for (int number = 1; number <= 5; ++number) {
        Proposal proposal = failOf(QString::number(number), number);
        QVERIFY(record(*ledger, proposal));
    }
    ledger.reset();
    tamper(place, tampering);
    auto reader = readerOf(place);
    const auto report = reader.verifyChain(place.stationId);
    QVERIFY2(report.has_value(), qPrintable(report ? QString() : report.error().detail));
    QVERIFY(report->firstBreak.has_value());
    QCOMPARE(*report->firstBreak, (Break{seq, static_cast<Break::What>(what)}));
    QCOMPARE(report->entries, entries);
}

void ChainTest::counts_archived_bodies()
{
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    auto ledger = opened(place);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QVERIFY(record(*ledger, passOf(u"SN-2"_s, 2)));
    ledger.reset();
    tamper(place, u"UPDATE entry SET body = NULL, archived_by = 3 WHERE seq = 1"_s);
    auto reader = readerOf(place);
    // A body that no archive answers for is lost.
    QCOMPARE(reader.verifyChain(place.stationId)->firstBreak.value_or(Break{}),
        (Break{1, Break::What::Lost}));
    {
        const auto store = Store::open(place);
        QVERIFY(store);
        QCOMPARE((*store)->noteArchive({.before = u"2026-02"_s, .entries = 1}).value_or(0), 3);
    }
    const auto report = reader.verifyChain(place.stationId);
    QVERIFY(!report->firstBreak);
    QCOMPARE(report->entries, 3);
    QCOMPARE(report->archived, 1);
    QCOMPARE(report->archives.size(), 1);
}

void ChainTest::refuses_a_broken_end_data()
{
    QTest::addColumn<QString>("tampering");
    QTest::newRow("the last entry is gone") << u"DELETE FROM entry WHERE seq = 2"_s;
    QTest::newRow("an entry beyond the head")
        << u"UPDATE station SET head_seq = 1, head_hash = (SELECT hash FROM entry WHERE seq = 1)"_s;
    QTest::newRow("the head's hash") << u"UPDATE station SET head_hash = zeroblob(32)"_s;
    QTest::newRow("the station's row is new") << u"DELETE FROM station"_s;
}

void ChainTest::refuses_a_broken_end()
{
    QFETCH(QString, tampering);
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    auto ledger = opened(place);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QVERIFY(record(*ledger, passOf(u"SN-2"_s, 2)));
    ledger.reset();
    tamper(place, tampering);
    const auto again = Ledger::open(place); // a line must not go on from there
    QVERIFY(!again);
    QCOMPARE(again.error().fault, Fault::Damaged);
    QVERIFY2(again.error().detail.contains(u"line1-a"), qPrintable(again.error().detail));
}

QTEST_GUILESS_MAIN(ChainTest)
#include "chain.moc"
