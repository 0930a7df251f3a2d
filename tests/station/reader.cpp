// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

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

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }
    Places m_places;
};

namespace {

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
    QVERIFY(!reader.entry({place.stationId, 3})->binding);
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

QTEST_GUILESS_MAIN(ReaderTest)
#include "reader.moc"
