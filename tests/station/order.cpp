// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

#include <QJsonDocument>

using namespace shopfloor;

/// A station works for one order at a time, and an order ends when all of its units are decided.
class OrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensTakesUpAndCloses_data() { engines(); }
    void opensTakesUpAndCloses();
    void refusesWhatIsNotDone_data() { engines(); }
    void refusesWhatIsNotDone();
    void countsEachUnitOnce_data() { engines(); }
    void countsEachUnitOnce();
    void theGateLetsInWhomTheOrderNeeds_data() { engines(); }
    void theGateLetsInWhomTheOrderNeeds();
    void theFirstPieceComesFirst();
    void withoutAnOrderTheGateIsOpen();

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }
    Places m_places;
};

namespace {

Order orderOf(const QString &ref, qint64 quantity = 3)
{
    return {.ref = ref,
        .customer = u"ACME"_s,
        .product = u"gateway"_s,
        .quantity = quantity,
        .plan = u"production"_s,
        .service = u"main"_s};
}

Device deviceOf(const QString &serial, const QString &order = {}, const QString &customer = {})
{
    return {.serial = serial, .boardSerial = {}, .order = order, .customer = customer};
}

QByteArray said(const auto &result)
{
    return result ? QByteArray("a value") : result.error().detail.toUtf8();
}

} // namespace

void OrderTest::opensTakesUpAndCloses()
{
    const LedgerPlace place = fresh();
    const auto store = *Store::open(place);
    QCOMPARE(*readerOf(place).currentOrder(place.stationId), std::optional<Order>());
    const auto first = store->openOrder(orderOf(u"4711"_s));
    QVERIFY2(first, said(first));
    const auto second = store->openOrder(orderOf(u"4712"_s)); // the line is clear: changeover
    QVERIFY2(second && *second > *first, said(second));
    auto reader = readerOf(place);
    QCOMPARE((*reader.currentOrder(place.stationId))->ref, u"4712"_s);
    QVERIFY(store->openOrder(orderOf(u"4711"_s))); // and back
    QCOMPARE((*reader.currentOrder(place.stationId))->ref, u"4711"_s);
    QCOMPARE(*reader.currentOrder(u"another"_s), std::optional<Order>());
    QVERIFY(store->closeOrder(u"4711"_s));
    QCOMPARE((*reader.currentOrder(place.stationId))->ref, u"4712"_s);
    const auto orders = *reader.orders();
    QCOMPARE(orders.size(), 2);
    QVERIFY(orders[0].ref == u"4712" && orders[0].isOpen && !orders[1].isOpen);

    const auto entry = reader.entry({place.stationId, *first});
    QCOMPARE(entry->entry.kind, u"action"_s);
    const QJsonObject body = QJsonDocument::fromJson(entry->entry.body).object();
    QCOMPARE(body[u"action"].toString(), u"order-open"_s);
    QCOMPARE(body[u"customer"].toString(), u"ACME"_s);
    QVERIFY(!reader.verifyChain(place.stationId)->firstBreak);
}

void OrderTest::refusesWhatIsNotDone()
{
    const LedgerPlace place = fresh();
    const auto store = *Store::open(place);
    const auto refused = [](const auto &result, const char *says) {
        return !result && result.error().fault == Fault::Refused
            && result.error().detail.contains(QString::fromLatin1(says));
    };
    QVERIFY(refused(store->openOrder(orderOf(u""_s)), "needs a reference"));
    QVERIFY(refused(store->openOrder(orderOf(u"4711"_s, 0)), "a quantity"));
    QCOMPARE(store->closeOrder(u"4711"_s).error().fault, Fault::Missing);
    QVERIFY(store->openOrder(orderOf(u"4711"_s)));
    QVERIFY(refused(store->openOrder(orderOf(u"4711"_s, 9)), "open already"));

    QVERIFY(store->enqueue({{.serial = u"SN-1"_s}}));
    QVERIFY(refused(store->openOrder(orderOf(u"4712"_s)), "not clear: 1 serials"));
    QVERIFY(refused(store->closeOrder(u"4711"_s), "SN-1"));
    QVERIFY(store->begin(u"SN-1"_s, u"1"_s)); // a device on a slot
    QVERIFY(refused(store->closeOrder(u"4711"_s), "SN-1"));
    QVERIFY(store->forget(u"SN-1"_s));

    QVERIFY(store->record(failOf(u"SN-1"_s, 1, Verdict::Error)));
    QVERIFY(store->record(passOf(u"SN-2"_s, 2)));
    const auto open = store->closeOrder(u"4711"_s);
    QVERIFY2(refused(open, "of 2 started units 1 are neither"), said(open));
    QVERIFY2(refused(open, ": SN-1; test them again"), said(open));
    QVERIFY(store->record(failOf(u"SN-1"_s, 1)));
    const auto closed = store->closeOrder(u"4711"_s);
    QVERIFY2(closed, said(closed));
    QCOMPARE(*closed, (OrderTally{.started = 2, .passed = 1, .failed = 1, .missing = {}}));
    QVERIFY(refused(store->closeOrder(u"4711"_s), "closed already"));
    QVERIFY(refused(store->openOrder(orderOf(u"4711"_s)), "is closed"));
}

void OrderTest::countsEachUnitOnce()
{
    const LedgerPlace place = fresh();
    const auto store = *Store::open(place);
    QVERIFY(store->openOrder(orderOf(u"4711"_s, 9)));
    for (const auto &proposal : {failOf(u"SN-1"_s, 1), passOf(u"SN-1"_s, 1), passOf(u"SN-2"_s, 2),
             failOf(u"SN-2"_s, 2, Verdict::Aborted), failOf(u"SN-3"_s, 3, Verdict::Timeout),
             passOf(u"SN-4"_s, 4), passOf(u"SN-5"_s, 5), passOf(u"SN-6"_s, 6)}) {
        const auto recorded = store->record(proposal);
        QVERIFY2(recorded, said(recorded));
        m_places.watch.add(1);
    }
    for (const auto &[serial, disposition] : {std::pair{u"SN-4"_s, u"scrapped"_s},
             {u"SN-5"_s, u"returned"_s}, {u"SN-6"_s, u"replaced"_s}})
        tamper(place,
            u"UPDATE unit SET disposition = '%2' WHERE serial = '%1'"_s.arg(serial, disposition));
    const auto tally = readerOf(place).tally(u"4711"_s);
    QVERIFY2(tally, said(tally));
    QCOMPARE(*tally,
        (OrderTally{
            .started = 6, .passed = 2, .failed = 1, .inRepair = 2, .scrapped = 1, .missing = {}}));
}

void OrderTest::theGateLetsInWhomTheOrderNeeds()
{
    const LedgerPlace place = fresh();
    const auto store = *Store::open(place);
    QVERIFY(store->openOrder(orderOf(u"4711"_s, 2)));
    QVERIFY(store->record(passOf(u"SN-1"_s, 1)));
    auto gate = *readerOf(place).orderGate(place.stationId, false);
    const auto refused = [&gate](const Device &device, const char *says) {
        const auto answer = gate.admit(device);
        return !answer && answer.error().fault == Fault::Refused
            && answer.error().detail.startsWith(u"order: ")
            && answer.error().detail.contains(QString::fromLatin1(says));
    };
    QVERIFY(refused(deviceOf(u"SN-9"_s, u"4712"_s), "SN-9 is of order 4712"));
    QVERIFY(refused(deviceOf(u"SN-9"_s, u"4711"_s, u"Globex"_s), "customer Globex"));
    const auto in = gate.admit(deviceOf(u"SN-2"_s));
    QVERIFY2(in, said(in));
    QVERIFY(in->order == u"4711" && in->customer == u"ACME" && in->product == u"gateway");
    QVERIFY(refused(deviceOf(u"SN-3"_s), "one more than the 2"));
    QVERIFY(gate.admit(deviceOf(u"SN-1"_s))); // a retest is not one more
    gate.ended(u"SN-2"_s, Verdict::Fail); // and one that failed makes room
    QVERIFY(gate.admit(deviceOf(u"SN-3"_s)));
    gate.ended(u"SN-3"_s, Verdict::Pass);
    QVERIFY(refused(deviceOf(u"SN-2"_s), "one more"));
}

void OrderTest::theFirstPieceComesFirst()
{
    OrderGate gate(orderOf(u"4711"_s, 9), {}, false);
    QVERIFY(gate.admit(deviceOf(u"SN-1"_s)));
    QVERIFY(!gate.admit(deviceOf(u"SN-2"_s)));
    gate.ended(u"SN-1"_s, Verdict::Fail);
    QVERIFY(gate.admit(deviceOf(u"SN-2"_s)));
    const auto early = gate.admit(deviceOf(u"SN-3"_s));
    QVERIFY2(
        !early && said(early).contains("first piece of order 4711 has passed: SN-2"), said(early));
    gate.left(u"SN-2"_s); // let in, and not tested
    QVERIFY(gate.admit(deviceOf(u"SN-3"_s)));
    gate.ended(u"SN-3"_s, Verdict::Pass);
    QVERIFY(gate.admit(deviceOf(u"SN-4"_s)) && gate.admit(deviceOf(u"SN-5"_s)));
}

void OrderTest::withoutAnOrderTheGateIsOpen()
{
    OrderGate gate;
    const Device device = deviceOf(u"SN-1"_s, u"anything"_s);
    QCOMPARE(*gate.admit(device), device);
    gate.ended(u"SN-1"_s, Verdict::Pass);
    QVERIFY(gate.admit(device));
}

QTEST_GUILESS_MAIN(OrderTest)
#include "order.moc"
