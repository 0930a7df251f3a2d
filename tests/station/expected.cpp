// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

using namespace shopfloor;

namespace {

struct Told {
    DeliveryKind kind = DeliveryKind::Enroll;
    DeliveryState state = DeliveryState::Confirmed;
};

/// One device's deliveries, made as such: what leads to them is others' to test.
void tell(const LedgerPlace &place, const QString &key, const QList<Told> &story)
{
    const auto database = rawDatabase(place);
    int payload = 0;
    for (const Told &told : story)
        if (!database->change(
                u"INSERT INTO delivery (station_id, seq, kind, destination, key, payload, state, "
                "attempts, next_at_us, lease_owner, lease_until_us, service_code, service_text) "
                "VALUES (?, 1, ?, 'main', ?, ?, ?, 1, 0, '', 0, 0, '')"_s,
                {place.stationId, word(told.kind), key, QByteArray::number(++payload),
                    word(told.state)}))
            qFatal("not told");
}

} // namespace

/// What a service is to hold, as its deliveries say, and how it is told once more.
class ExpectedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void follows_the_deliveries_data();
    void follows_the_deliveries();
    void turns_pages_data() { engines(); }
    void turns_pages();
    void counts_what_is_enrolled_data() { engines(); }
    void counts_what_is_enrolled();
    void queues_repairs_data() { engines(); }
    void queues_repairs();
    void refuses_other_repairs_data() { engines(); }
    void refuses_other_repairs();

private:
    /// A ledger with one device, SN-1, whose entry others' deliveries may name.
    [[nodiscard]] LedgerPlace fresh(const QString &engine)
    {
        const LedgerPlace place = m_places.fresh(engine);
        auto ledger = opened(place);
        if (!record(*ledger, passOf(u"SN-1"_s, 1)))
            qFatal("not recorded");
        return place;
    }
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return fresh(engine);
    }
    Places m_places;
};

void ExpectedTest::follows_the_deliveries_data()
{
    using enum DeliveryKind;
    using enum DeliveryState;
    QTest::addColumn<QList<Told>>("story");
    QTest::addColumn<QByteArray>("payload"); // empty: nothing is expected
    QTest::addColumn<std::optional<bool>>("enabled");
    QTest::addColumn<bool>("isUnderWay");
    const auto row = [](const char *name, const QList<Told> &story, const QByteArray &payload,
                         std::optional<bool> enabled = {}, bool isUnderWay = false) {
        QTest::newRow(name) << story << payload << enabled << isUnderWay;
    };
    const Told enrolled;
    row("there", {enrolled}, "1");
    row("held", {{Enroll, Held}}, {});
    row("rejected", {{Enroll, Rejected}}, {});
    row("withdrawn", {{Enroll, Withdrawn}}, {});
    row("another's", {{Enroll, Conflict}}, "1");
    for (const auto state : {Pending, Sent, Acknowledged})
        row(qPrintable(word(state)), {{Enroll, state}}, "1", {}, true);
    row("disabled", {enrolled, {Disable, Confirmed}}, "1", false);
    row("enabled again", {enrolled, {Disable, Confirmed}, {Enable, Confirmed}}, "1", true);
    row("will be enabled", {enrolled, {Enable, Held}}, "1");
    row("is being enabled", {enrolled, {Enable, Sent}}, "1", {}, true);
    row("nobody could disable it", {enrolled, {Disable, Rejected}}, "1", false); // and it is meant
    row("deleted", {enrolled, {Delete, Confirmed}}, {});
    row("is being deleted", {enrolled, {Delete, Pending}}, "1", {}, true);
    row("deleted and created", {enrolled, {Disable, Confirmed}, {Delete, Confirmed}, enrolled},
        "4");
    row("a second try failed", {enrolled, {Enroll, Rejected}}, "1");
    row("only to be deleted", {{Delete, Pending}}, {}, {}, true);
}

void ExpectedTest::follows_the_deliveries()
{
    QFETCH(const QList<Told>, story);
    QFETCH(const QByteArray, payload);
    QFETCH(const std::optional<bool>, enabled);
    QFETCH(const bool, isUnderWay);
    const LedgerPlace place = fresh(u"sqlite"_s);
    tell(place, u"one"_s, story);
    const auto expected = readerOf(place).expected(u"main"_s, u"one"_s);
    QVERIFY(expected);
    QCOMPARE(expected->has_value(), !payload.isEmpty() || isUnderWay);
    if (*expected)
        QCOMPARE(**expected,
            (Expected{u"one"_s, u"SN-1"_s, u"4711"_s, u"ACME"_s, payload, enabled, isUnderWay}));
}

void ExpectedTest::turns_pages()
{
    const LedgerPlace place = fresh();
    for (int i = 10; i < 17; ++i)
        tell(place, u"k%1"_s.arg(i), {{}, {DeliveryKind::Disable, DeliveryState::Confirmed}});
    tell(place, u"k13x"_s, {{DeliveryKind::Enroll, DeliveryState::Held}});
    auto reader = readerOf(place);
    QStringList keys;
    ExpectedPage page;
    int pages = 0;
    do {
        const auto next = reader.expectedAfter(u"main"_s, page.last, 3);
        QVERIFY2(next, next ? "" : qPrintable(next.error().detail));
        page = *next;
        ++pages;
        for (const Expected &expected : page.expected)
            keys.append(expected.key);
    } while (!page.last.isEmpty());
    QCOMPARE(pages, 4); // nine keys, and a page to see that there are no more
    keys.removeOne(keyOf(1).registrationId().toLower());
    QCOMPARE(
        keys, (QStringList{u"k10"_s, u"k11"_s, u"k12"_s, u"k13"_s, u"k14"_s, u"k15"_s, u"k16"_s}));
    QCOMPARE(reader.expectedAfter(u"other"_s, {}, 3)->expected, QList<Expected>());
}

void ExpectedTest::counts_what_is_enrolled()
{
    using enum DeliveryKind;
    using enum DeliveryState;
    const LedgerPlace place = fresh(); // one is pending
    tell(place, u"a"_s, {{Enroll, Confirmed}, {Disable, Confirmed}});
    tell(place, u"b"_s, {{Enroll, Acknowledged}});
    tell(place, u"c"_s, {{Enroll, Confirmed}, {Delete, Confirmed}});
    tell(place, u"d"_s, {{Enroll, Confirmed}, {Delete, Confirmed}, {Enroll, Confirmed}});
    tell(place, u"e"_s, {{Enroll, Rejected}});
    QCOMPARE(readerOf(place).countEnrolled(u"main"_s), 3);
    QCOMPARE(readerOf(place).countEnrolled(u"other"_s), 0);
}

void ExpectedTest::queues_repairs()
{
    using Kind = Repair::Kind;
    const LedgerPlace place = fresh();
    tell(place, u"a"_s, {{}, {DeliveryKind::Disable, DeliveryState::Confirmed}});
    auto store = Store::open(place);
    QVERIFY(store);
    const auto seq = (*store)->repair({.kind = Kind::Replace,
        .service = u"main"_s,
        .key = u"a"_s,
        .found = "theirs",
        .why = u"different"_s});
    QVERIFY2(seq, seq ? "" : qPrintable(seq.error().detail));
    auto reader = readerOf(place);
    const auto entry = reader.entry({place.stationId, *seq});
    QVERIFY(entry);
    QCOMPARE(entry->entry.kind, u"action"_s);
    QCOMPARE(entry->entry.body,
        R"({"action":"reconcile","registrationId":"a","repair":"different","serial":"SN-1","service":"main"})");
    QStringList words;
    for (const Delivery &delivery : entry->deliveries)
        words.append(word(delivery.kind) + u' ' + QString::fromLatin1(delivery.payload.body));
    QCOMPARE(words, (QStringList{u"delete theirs"_s, u"enroll 1"_s, u"disable 1"_s}));

    // One after the other, whatever a courier would like to take.
    const auto leased = (*store)->lease(u"main"_s, u"me"_s, 10, 60);
    QVERIFY(leased);
    QCOMPARE(leased->deliveries.size(), 2); // the first of this key, and SN-1's
}

void ExpectedTest::refuses_other_repairs()
{
    using Kind = Repair::Kind;
    const LedgerPlace place = fresh();
    tell(place, u"a"_s, {{}});
    auto store = Store::open(place);
    QVERIFY(store);
    const auto why = [&store](Kind kind, const QString &key) {
        const auto repaired = (*store)->repair(
            {.kind = kind, .service = u"main"_s, .key = key, .found = "x", .why = u"y"_s});
        return repaired ? QString() : repaired.error().detail;
    };
    QVERIFY(why(Kind::Remove, u"a"_s).contains(u"the ledger expects a"_s));
    QVERIFY(why(Kind::Create, u"b"_s).contains(u"does not expect b"_s));
    QVERIFY(why(Kind::Create, keyOf(1).registrationId().toLower()).contains(u"on its way"_s));
    QCOMPARE(readerOf(place).verifyChain(place.stationId)->entries, 1); // nothing was written
    QCOMPARE(why(Kind::Remove, u"b"_s), QString());
    QCOMPARE(why(Kind::Enable, u"a"_s), QString());
}

QTEST_GUILESS_MAIN(ExpectedTest)
#include "expected.moc"
