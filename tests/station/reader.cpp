// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/reader.h"
#include "tests/station/shopfloor.h"

#include <QFile>
#include <QSignalSpy>

using namespace shopfloor;

/// What people see of a ledger, beside the line that writes it.
class ReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lists_the_newest_first_data() { engines(); }
    void lists_the_newest_first();
    void filters_data();
    void filters();
    void turns_pages_data() { engines(); }
    void turns_pages();
    void knows_an_entry_by_its_names_data() { engines(); }
    void knows_an_entry_by_its_names();
    void shows_an_entry_whole_data() { engines(); }
    void shows_an_entry_whole();
    void follows_a_writing_line_data() { engines(); }
    void follows_a_writing_line();
    void verifies_a_chain_data() { engines(); }
    void verifies_a_chain();
    void names_the_first_break_data();
    void names_the_first_break();
    void counts_archived_bodies();
    void changes_nothing_data() { engines(); }
    void changes_nothing();
    void refuses_what_is_no_ledger_data();
    void refuses_what_is_no_ledger();
    void answers_only_the_newest_question();
    void survives_a_server_restart();

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }
    Places m_places;
};

namespace {

LedgerReader readerOf(const LedgerPlace &place)
{
    auto reader = LedgerReader::open(place);
    if (!reader)
        qFatal("reader: %s", qPrintable(reader.error().detail));
    return std::move(*reader);
}

QStringList serialsOf(const Result<QList<RecordRow>> &records)
{
    if (!records)
        return {u"error: "_s + records.error().detail};
    QStringList serials;
    for (const RecordRow &record : *records)
        serials.append(record.serial);
    return serials;
}

QString hexOf(int key)
{
    return QString::fromLatin1(keyOf(key).sha256().toHex());
}

void change(const LedgerPlace &place, const QString &sql)
{
    const auto changed = rawDatabase(place)->change(sql);
    QVERIFY2(changed.has_value(), qPrintable(changed ? QString() : changed.error().detail));
}

} // namespace

void ReaderTest::lists_the_newest_first()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    QVERIFY(record(*ledger, failOf(u"SN-1"_s, 1)));
    m_places.watch.add(1);
    QVERIFY(record(*ledger, passOf(u"SN-2"_s, 2)));
    m_places.watch.add(1);
    QVERIFY(record(*ledger, passOf(u"SN-2"_s, 2))); // tells the service nothing new

    auto reader = readerOf(place);
    const auto records = reader.find({});
    QCOMPARE(serialsOf(records), (QStringList{u"SN-2"_s, u"SN-2"_s, u"SN-1"_s}));
    const RecordRow retest = records->at(0);
    QCOMPARE(retest.id, (EntryId{u"line1-a"_s, 3}));
    QCOMPARE(retest.atUs, place.clock().utcUs);
    QCOMPARE(retest.verdict, Verdict::Pass);
    QCOMPARE(retest.boardSerial, u"B-SN-2"_s);
    QCOMPARE(retest.order, u"4711"_s);
    QCOMPARE(retest.customer, u"ACME"_s);
    QCOMPARE(retest.slot, u"1"_s);
    QCOMPARE(retest.ekSha256, hexOf(2));
    QCOMPARE(retest.registrationId, keyOf(2).registrationId());
    QCOMPARE(retest.planName, u"production"_s);
    QCOMPARE(retest.planVersion, u"1.0.0"_s);
    QCOMPARE(retest.purpose, Purpose::Production);
    QCOMPARE(retest.delivery, DeliveryState::Pending);
    QCOMPARE(records->at(1).delivery, DeliveryState::Pending);
    QCOMPARE(records->at(2).verdict, Verdict::Fail);
    QCOMPARE(records->at(2).firstFail, u"firmware"_s);
    QCOMPARE(records->at(2).attempt, 1);
    QVERIFY(!records->at(2).delivery);
}

void ReaderTest::filters_data()
{
    QTest::addColumn<QString>("engine");
    QTest::addColumn<RecordFilter>("filter");
    QTest::addColumn<QStringList>("serials");
    const qint64 start = *m_places.watch.utcUs;
    const QStringList all{u"O'Neil_4"_s, u"SN-3"_s, u"SN-2"_s, u"SN-1"_s};
    struct Case {
        const char *name;
        RecordFilter filter;
        QStringList serials;
    };
    const Case cases[]{
        {"nothing asked", {}, all},
        {"serial", {.serial = u"SN-2"_s}, {u"SN-2"_s}},
        {"serial is whole", {.serial = u"SN"_s}, {}},
        {"a quote is a letter", {.serial = u"O'Neil_4"_s}, {u"O'Neil_4"_s}},
        {"part of a serial, any case", {.text = u"sn-"_s}, all.mid(1)},
        {"part of a board serial", {.text = u"B-SN-3"_s}, {u"SN-3"_s}},
        {"% is no pattern", {.text = u"%"_s}, {}},
        {"_ is no pattern", {.text = u"N_"_s}, {}},
        {"_ is a letter", {.text = u"l_4"_s}, {u"O'Neil_4"_s}},
        {"a customer", {.text = u"acme"_s}, all},
        {"an order", {.order = u"4712"_s}, {u"SN-3"_s}},
        {"EK", {.ekPrefix = hexOf(2)}, {u"SN-2"_s}},
        {"EK's beginning, upper case", {.ekPrefix = hexOf(2).left(12).toUpper()}, {u"SN-2"_s}},
        {"EK that is no hex", {.ekPrefix = u"xyz"_s}, {}},
        {"verdict", {.verdict = Verdict::Fail}, {u"SN-1"_s}},
        {"from", {.fromUs = start + 2'000'000}, all.mid(0, 2)},
        {"to", {.toUs = start + 2'000'000}, all.mid(2)},
        {"all of them", {.serial = u"SN-2"_s, .text = u"sn"_s, .verdict = Verdict::Fail}, {}},
        {"limit", {.limit = 2}, all.mid(0, 2)},
    };
    for (const QString &engine : {u"sqlite"_s, u"postgres"_s}) {
        for (const Case &one : cases)
            QTest::addRow("%s: %s", qPrintable(engine), one.name)
                << engine << one.filter << one.serials;
    }
}

void ReaderTest::filters()
{
    QFETCH(QString, engine);
    QFETCH(RecordFilter, filter);
    QFETCH(QStringList, serials);
    static std::map<QString, LedgerPlace> filled; // each row only reads
    if (!filled.contains(engine)) {
        const LedgerPlace place = filled[engine] = m_places.fresh(engine);
        const qint64 start = *m_places.watch.utcUs;
        auto ledger = opened(place);
        QVERIFY(record(*ledger, failOf(u"SN-1"_s, 1)));
        m_places.watch.add(1);
        QVERIFY(record(*ledger, passOf(u"SN-2"_s, 2)));
        m_places.watch.add(1);
        Proposal third = passOf(u"SN-3"_s, 3);
        third.device.order = u"4712"_s;
        QVERIFY(record(*ledger, third));
        m_places.watch.add(1);
        QVERIFY(record(*ledger, passOf(u"O'Neil_4"_s, 4)));
        *m_places.watch.utcUs = start;
    }
    auto reader = readerOf(filled[engine]);
    QCOMPARE(serialsOf(reader.find(filter)), serials);
}

void ReaderTest::turns_pages()
{
    const LedgerPlace place = fresh();
    LedgerPlace other = place;
    other.stationId = u"line1-b"_s;
    auto ledger = opened(place);
    auto second = opened(other);
    QSet<QString> expected;
    for (int number = 0; number < 4; ++number) { // all at one instant: the id decides
        const QString serial = u"%1-%2"_s.arg(QString(u"AB"_s[number % 2])).arg(number);
        expected.insert(serial);
        QVERIFY(record(number % 2 ? *second : *ledger, passOf(serial, number)));
    }
    m_places.watch.add(1);
    expected.insert(u"LATE"_s);
    QVERIFY(record(*ledger, passOf(u"LATE"_s, 99)));

    auto reader = readerOf(place);
    RecordFilter filter{.limit = 2};
    QStringList seen;
    for (int page = 0; page < 3; ++page) {
        const auto records = reader.find(filter);
        seen += serialsOf(records);
        QVERIFY(!records->isEmpty());
        filter.before = RecordCursor{records->last().atUs, records->last().id};
    }
    QCOMPARE(seen.size(), 5);
    QCOMPARE(QSet<QString>(seen.begin(), seen.end()), expected);
    QVERIFY(reader.find(filter)->isEmpty());
}

void ReaderTest::knows_an_entry_by_its_names()
{
    const LedgerPlace place = fresh();
    LedgerPlace other = place;
    other.stationId = u"line/b"_s;
    auto ledger = opened(place);
    auto second = opened(other);
    for (const QString &serial : {u"SN-1"_s, u"77"_s, u"SN-1"_s, u"A/2"_s})
        QVERIFY(record(*ledger, failOf(serial, 1)));
    QVERIFY(record(*second, failOf(u"SN-9"_s, 1)));
    auto reader = readerOf(place);
    const auto seqOf = [&](const QString &name) {
        const auto id = reader.resolve(name, place.stationId);
        return id ? u"%1 %2"_s.arg(id->stationId).arg(id->seq) : id.error().detail;
    };
    QCOMPARE(seqOf(u"2"_s), u"line1-a 2"_s);
    QCOMPARE(seqOf(u"line1-a/3"_s), u"line1-a 3"_s);
    QCOMPARE(seqOf(u"line/b/1"_s), u"line/b 1"_s);
    QCOMPARE(seqOf(u"SN-1"_s), u"line1-a 3"_s); // two have this time: the later one
    QCOMPARE(seqOf(u"77"_s), u"line1-a 2"_s); // no such entry, so a serial
    QCOMPARE(seqOf(u"A/2"_s), u"line1-a 4"_s);
    QCOMPARE(reader.resolve(u"78"_s, place.stationId).error(),
        (Error{Fault::Missing, u"no entry 78"_s}));
    QCOMPARE(
        reader.entry({u"line1-a"_s, 9}).error(), (Error{Fault::Missing, u"no entry line1-a/9"_s}));
    QCOMPARE(*reader.stations(), (QStringList{u"line/b"_s, u"line1-a"_s}));
}

void ReaderTest::shows_an_entry_whole()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    const Proposal proposal = passOf(u"SN-1"_s, 1);
    QVERIFY(record(*ledger, proposal));
    const qint64 id = lease(*ledger, u"a"_s)->deliveries.first().id;
    QCOMPARE(settle(*ledger, {{id, DeliveryState::Rejected, 0, 400, u"no"_s}})->size(), 1);
    QVERIFY(record(*ledger, proposal));
    QVERIFY(record(*ledger, failOf(u"SN-2"_s, 2)));
    ledger.reset();

    auto reader = readerOf(place);
    const auto stored = reader.entry({place.stationId, 1});
    QVERIFY2(stored.has_value(), qPrintable(stored ? QString() : stored.error().detail));
    QCOMPARE(stored->entry.kind, u"exam"_s);
    QCOMPARE(stored->entry.clockState, u"synced"_s);
    QCOMPARE(stored->entry.prev, QByteArray(32, '\0'));
    QCOMPARE(stored->entry.body,
        rawDatabase(place)->select(u"SELECT body FROM entry WHERE seq = 1"_s)->first().first());
    QCOMPARE(stored->record->serial, u"SN-1"_s);
    QCOMPARE(*stored->binding,
        (Binding{hexOf(1), u"SN-1"_s, u"B-SN-1"_s, u"main"_s, keyOf(1).registrationId().toLower(),
            u"active"_s, {place.stationId, 2}}));
    QCOMPARE(stored->deliveries.size(), 2);
    QCOMPARE(stored->deliveries.at(0).state, DeliveryState::Rejected);
    QCOMPARE(stored->deliveries.at(0).serviceCode, 400);
    QCOMPARE(stored->deliveries.at(0).payload, *proposal.enrollment);
    QCOMPARE(stored->deliveries.at(1).state, DeliveryState::Pending);
    QCOMPARE(stored->deliveries.at(1).seq, 2);
    QCOMPARE(*reader.bindings(), QList<Binding>{*stored->binding});
    const auto failed = reader.entry({place.stationId, 3});
    QVERIFY(!failed->binding);
    QVERIFY(failed->deliveries.isEmpty());
    QCOMPARE(*reader.count({}), (DeliveryCounts{.pending = 1, .rejected = 1}));
    QCOMPARE(*reader.count(u"other"_s), DeliveryCounts{});
}

void ReaderTest::follows_a_writing_line()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    auto reader = readerOf(place);
    int answered = 0;
    connect(ledger.get(), &Ledger::recorded, this, [&] { ++answered; });
    constexpr int Devices = 60;
    for (int number = 0; number < Devices; ++number)
        ledger->record(passOf(QString::number(number), number));
    while (answered < Devices) { // the line commits while these answers are made
        const int before = answered;
        QVERIFY(reader.find({.limit = Devices})->size() >= before);
        const auto report = reader.verifyChain(place.stationId);
        QVERIFY(report && !report->firstBreak);
        QTRY_VERIFY(answered > before);
    }
    QCOMPARE(reader.find({.limit = 2 * Devices})->size(), Devices);
}

void ReaderTest::verifies_a_chain()
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

void ReaderTest::names_the_first_break_data()
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

void ReaderTest::names_the_first_break()
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
    {
        const auto database = rawDatabase(place);
        QVERIFY(database->change(u"PRAGMA foreign_keys = 0"_s)); // who tampers does that too
        QCOMPARE(database->change(tampering), 1);
    }
    auto reader = readerOf(place);
    const auto report = reader.verifyChain(place.stationId);
    QVERIFY2(report.has_value(), qPrintable(report ? QString() : report.error().detail));
    QVERIFY(report->firstBreak.has_value());
    QCOMPARE(*report->firstBreak, (Break{seq, static_cast<Break::What>(what)}));
    QCOMPARE(report->entries, entries);
}

void ReaderTest::counts_archived_bodies()
{
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    auto ledger = opened(place);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QVERIFY(record(*ledger, passOf(u"SN-2"_s, 2)));
    ledger.reset();
    change(place, u"UPDATE entry SET body = NULL WHERE seq = 1"_s);
    auto reader = readerOf(place);
    const auto report = reader.verifyChain(place.stationId);
    QVERIFY(!report->firstBreak);
    QCOMPARE(report->entries, 2);
    QCOMPARE(report->archived, 1);
}

void ReaderTest::changes_nothing()
{
    const LedgerPlace place = fresh();
    QCOMPARE(LedgerReader::open(place).error().fault, Fault::Missing); // and makes none
    QCOMPARE(LedgerReader::open(place).error().fault, Fault::Missing);
    LedgerPlace training = place;
    training.purpose = Purpose::Training;
    opened(training).reset();
    QCOMPARE(readerOf(place).purpose(), Purpose::Training);
    auto database = std::move(
        *Database::open(*parseDatabasePlace(place.url, place.folder), Database::Access::ReadOnly));
    const auto changed = database->change(u"UPDATE meta SET purpose = 'production'"_s);
    QVERIFY(!changed);
    QVERIFY2(
        changed.error().detail.contains(u"cannot be written"), qPrintable(changed.error().detail));
}

void ReaderTest::refuses_what_is_no_ledger_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("says");
    const auto fault = [](Fault value) { return static_cast<int>(value); };
    QTest::newRow("a newer ledger") << u"UPDATE meta SET schema = 99"_s << QByteArray()
                                    << fault(Fault::LedgerNewer) << u"install the newer version"_s;
    QTest::newRow("a file without tables") << QString() << QByteArray("") << fault(Fault::Missing)
                                           << u"a line makes one when it starts"_s;
    QTest::newRow("a text file") << QString() << QByteArray(4096, 'x') << fault(Fault::Damaged)
                                 << u"ledger"_s;
    QTest::newRow("a damaged ledger")
        << u"damage"_s << QByteArray() << fault(Fault::Damaged) << u"malformed"_s;
    QTest::newRow("another program's database")
        << u"ALTER TABLE meta RENAME TO settings"_s << QByteArray() << fault(Fault::Ledger)
        << u"other tables than a ledger's"_s;
}

void ReaderTest::refuses_what_is_no_ledger()
{
    QFETCH(QString, sql);
    QFETCH(QByteArray, bytes);
    QFETCH(int, fault);
    QFETCH(QString, says);
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    QFile file(parseDatabasePlace(place.url, place.folder)->path);
    if (!bytes.isNull()) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    } else {
        opened(place).reset();
        if (sql != u"damage") {
            change(place, sql);
        } else {
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.seek(100);
            file.write(QByteArray(3000, '\xff'));
        }
    }
    file.close();
    const auto reader = LedgerReader::open(place);
    QVERIFY(!reader);
    QCOMPARE(static_cast<int>(reader.error().fault), fault);
    QVERIFY2(reader.error().detail.contains(says), qPrintable(reader.error().detail));
}

void ReaderTest::answers_only_the_newest_question()
{
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    Reader reader(place);
    QSignalSpy found(&reader, &Reader::found);
    reader.find({});
    QVERIFY(found.wait());
    QVERIFY(!found.takeFirst().at(1).value<Result<QList<RecordRow>>>()); // no ledger yet

    auto ledger = opened(place);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QSignalSpy counted(&reader, &Reader::counted);
    for (int typed = 0; typed < 20; ++typed)
        reader.find({.text = u"nothing"_s});
    const quint64 last = reader.find({.text = u"SN"_s});
    reader.count({}); // another kind, asked later: once it is answered, all finds are
    QVERIFY(counted.wait());
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().at(0).value<quint64>(), last);
    QCOMPARE(
        serialsOf(found.first().at(1).value<Result<QList<RecordRow>>>()), QStringList{u"SN-1"_s});

    QSignalSpy looked(&reader, &Reader::looked);
    QSignalSpy verified(&reader, &Reader::verified);
    reader.look({place.stationId, 1});
    reader.verify(place.stationId);
    QVERIFY(verified.wait());
    QCOMPARE(looked.size(), 1);
    QCOMPARE(looked.first().at(1).value<Result<StoredEntry>>()->record->serial, u"SN-1"_s);
    QCOMPARE(verified.first().at(1).value<Result<ChainReport>>()->entries, 1);
}

void ReaderTest::survives_a_server_restart()
{
    const LedgerPlace place = m_places.fresh(u"postgres"_s);
    opened(place).reset();
    Reader reader(place);
    QSignalSpy counted(&reader, &Reader::counted);
    reader.count({});
    QVERIFY(counted.wait());
    m_places.postgres().restart();
    reader.count({});
    QVERIFY(counted.wait());
    const auto counts = counted.last().at(1).value<Result<DeliveryCounts>>();
    QVERIFY2(counts.has_value(), qPrintable(counts ? QString() : counts.error().detail));
}

QTEST_GUILESS_MAIN(ReaderTest)
#include "reader.moc"
