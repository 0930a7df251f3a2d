// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/workshop.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace workshop;

/// What becomes of a unit, of its key and of its enrollment.
class UnitTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsExaminations_data() { engines(); }
    void followsExaminations();
    void shipsOnlyWhatMayLeave_data() { engines(); }
    void shipsOnlyWhatMayLeave();
    void swapsABoardInOrder_data() { engines(); }
    void swapsABoardInOrder();
    void withdrawsWhatWasNeverSent_data() { engines(); }
    void withdrawsWhatWasNeverSent();
    void deletesBehindWhatIsUnderWay_data() { engines(); }
    void deletesBehindWhatIsUnderWay();
    void movesABoard_data() { engines(); }
    void movesABoard();
    void keepsScrapOut_data() { engines(); }
    void keepsScrapOut();
    void takesBackAndBeginsAnew_data() { engines(); }
    void takesBackAndBeginsAnew();
    void failsNoMoreThanThePlanAllows_data() { engines(); }
    void failsNoMoreThanThePlanAllows();
    void allowsMoreAttempts_data() { engines(); }
    void allowsMoreAttempts();

private:
    [[nodiscard]] std::unique_ptr<Store> fresh();
    Places m_places;
    LedgerPlace m_place;
};

namespace {

const auto nothing = QStringList();

} // namespace

std::unique_ptr<Store> UnitTest::fresh()
{
    QFETCH(QString, engine);
    m_place = m_places.fresh(engine);
    auto store = Store::open(m_place);
    if (!store)
        qFatal("open: %s", qPrintable(store.error().detail));
    return std::move(*store);
}

void UnitTest::followsExaminations()
{
    using enum Disposition;
    const auto store = fresh();
    QVERIFY(store->record(failOf(u"A"_s, 1)));
    QCOMPARE(standing(*store, u"A"_s), Held);
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    QCOMPARE(standing(*store, u"A"_s), Released);
    QVERIFY(store->record(failOf(u"A"_s, 1)));
    QCOMPARE(standing(*store, u"A"_s), Held);
    QVERIFY(store->record(waiting(u"B"_s, 2, Moment::Lot)));
    QCOMPARE(standing(*store, u"B"_s), Held);
    QCOMPARE(store->release({.order = u"4711"_s}), 1); // A has failed
    QCOMPARE(standing(*store, u"B"_s), Released);
    // Another purpose is no word about the unit.
    Proposal golden = failOf(u"B"_s, 2);
    golden.purpose = Purpose::Golden;
    QVERIFY(store->record(golden));
    QCOMPARE(standing(*store, u"B"_s), Released);
    const auto unit = unitOf(store->database(), u"B"_s);
    QCOMPARE((*unit)->order, u"4711"_s);
    QCOMPARE((*unit)->customer, u"ACME"_s);
    QCOMPARE((*unit)->boardSerial, u"B-B"_s);
    QCOMPARE((*unit)->moment, Moment::Lot);
    QVERIFY(!*unitOf(store->database(), u"C"_s));
}

void UnitTest::shipsOnlyWhatMayLeave()
{
    const auto store = fresh();
    QVERIFY(store->record(waiting(u"LOT"_s, 1, Moment::Lot)));
    QVERIFY(store->record(waiting(u"SHIP"_s, 2, Moment::Ship)));
    QVERIFY(store->record(passOf(u"BAD"_s, 3)));
    QVERIFY(store->record(failOf(u"BAD"_s, 3)));
    QVERIFY(store->record(waiting(u"TWIN"_s, 4, Moment::Ship)));
    tamper(m_place, u"INSERT INTO ekset VALUES ('line2', 1, '', '')"_s);
    tamper(m_place,
        u"INSERT INTO elsewhere VALUES ('%1', 'line2')"_s.arg(
            QString::fromLatin1(keyOf(4).sha256().toHex())));
    for (const auto &[serial, why] : {std::pair{u"LOT"_s, u"order release"_s},
             {u"BAD"_s, u"ended as fail"_s}, {u"TWIN"_s, u"another line"_s}}) {
        const auto shipped = carryOut(*store, UnitEvent::Ship, serial);
        QVERIFY(!shipped && shipped.error().fault == Fault::Refused);
        QVERIFY2(shipped.error().detail.contains(why), qPrintable(shipped.error().detail));
    }
    QCOMPARE(told(*store), QStringList{u"enroll 3"_s});
    QCOMPARE(store->release({.order = u"4711"_s}), 2); // the twin stays held
    // The other waits for its shipment still; what has failed is off.
    QCOMPARE(told(*store), (QStringList{u"disable 3"_s, u"enroll 1"_s}));
    QCOMPARE(standing(*store, u"TWIN"_s), Disposition::Held);
    const auto done = carryOut(*store, UnitEvent::Ship, u"SHIP"_s);
    QVERIFY(done && done->deliveries == 1);
    QCOMPARE(told(*store), QStringList{u"enroll 2"_s});
    QVERIFY(carryOut(*store, UnitEvent::Ship, u"LOT"_s));
    QCOMPARE(standing(*store, u"LOT"_s), Disposition::Shipped);
}

void UnitTest::swapsABoardInOrder()
{
    const auto store = fresh();
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    QCOMPARE(told(*store), QStringList{u"enroll 1"_s});
    const auto swapped = carryOut(*store, UnitEvent::ReplaceBoard, u"A"_s);
    QVERIFY(swapped && swapped->disposition == Disposition::Replaced);
    const auto again = carryOut(*store, UnitEvent::ReplaceBoard, u"A"_s);
    QVERIFY(!again && again.error().detail.contains(u"new board"_s));
    const auto renewed = store->record(passOf(u"A"_s, 2));
    QCOMPARE(renewed->examination.verdict, Verdict::Pass);
    QCOMPARE(standing(*store, u"A"_s), Disposition::Released);
    // The old one first, whatever the service says to it and however often.
    QCOMPARE(told(*store, DeliveryState::Pending), QStringList{u"delete 1"_s});
    QCOMPARE(told(*store, DeliveryState::Sent), QStringList{u"delete 1"_s});
    QCOMPARE(told(*store), QStringList{u"delete 1"_s});
    QCOMPARE(told(*store), QStringList{u"enroll 2"_s});
    // Swapped twice more, and nobody was told meanwhile: the second board was never seen outside.
    QVERIFY(carryOut(*store, UnitEvent::ReplaceBoard, u"A"_s));
    QVERIFY(store->record(passOf(u"A"_s, 3)));
    QVERIFY(carryOut(*store, UnitEvent::ReplaceBoard, u"A"_s));
    QVERIFY(store->record(passOf(u"A"_s, 4)));
    QCOMPARE(told(*store, DeliveryState::Rejected), QStringList{u"delete 2"_s});
    QCOMPARE(told(*store), nothing); // that did not end well
}

void UnitTest::withdrawsWhatWasNeverSent()
{
    const auto store = fresh();
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    QVERIFY(store->record(waiting(u"B"_s, 2, Moment::Ship)));
    for (const QString &serial : {u"A"_s, u"B"_s})
        QCOMPARE(carryOut(*store, UnitEvent::Scrap, serial)->hubs.size(), 0);
    QCOMPARE(told(*store), nothing);
    QCOMPARE(store->count(u"main"_s), (DeliveryCounts{.withdrawn = 2}));
}

void UnitTest::deletesBehindWhatIsUnderWay()
{
    const auto store = fresh();
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    const auto leased = store->lease(u"main"_s, u"test"_s, 10, 60);
    QCOMPARE(leased->deliveries.size(), 1);
    const auto done = carryOut(*store, UnitEvent::Scrap, u"A"_s);
    QCOMPARE(done->hubs.size(), 1); // it may have arrived
    QCOMPARE(told(*store), nothing);
    QVERIFY(store->settle({{leased->deliveries.first().id, DeliveryState::Confirmed}}));
    QCOMPARE(told(*store), QStringList{u"delete 1"_s});
}

void UnitTest::movesABoard()
{
    const auto store = fresh();
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    QCOMPARE(told(*store), QStringList{u"enroll 1"_s});
    QCOMPARE(store->record(passOf(u"B"_s, 1))->examination.verdict, Verdict::Fail);
    QVERIFY(carryOut(*store, UnitEvent::ReplaceBoard, u"A"_s));
    QCOMPARE(store->record(passOf(u"B"_s, 1))->examination.verdict, Verdict::Pass);
    QVERIFY(store->record(passOf(u"A"_s, 2)));
    QCOMPARE(told(*store), QStringList{u"delete 1"_s});
    QCOMPARE(told(*store), (QStringList{u"enroll 1"_s, u"enroll 2"_s}));
    // Under ids of the units, the board is free only once its old unit's is gone.
    Proposal named = passOf(u"C"_s, 3);
    named.enrollment->key = u"c"_s;
    QVERIFY(store->record(named));
    QVERIFY(store->lease(u"main"_s, u"test"_s, 10, 60).value().deliveries.size() == 1);
    QVERIFY(carryOut(*store, UnitEvent::ReplaceBoard, u"C"_s));
    named.device.serial = u"D"_s;
    named.enrollment->key = u"d"_s;
    QVERIFY(store->record(named));
    QCOMPARE(store->lease(u"main"_s, u"test"_s, 10, 60)->deliveries.size(), 0);
}

void UnitTest::keepsScrapOut()
{
    const auto store = fresh();
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    QCOMPARE(told(*store), QStringList{u"enroll 1"_s});
    const auto done = carryOut(*store, UnitEvent::Scrap, u"A"_s);
    QCOMPARE(done->hubs, (QList<HubIdentity>{{keyOf(1).registrationId(), {}}}));
    QCOMPARE(told(*store), QStringList{u"delete 1"_s});
    for (const auto &[serial, key] : {std::pair{u"A"_s, 1}, {u"A"_s, 2}, {u"B"_s, 1}}) {
        const auto recorded = store->record(passOf(serial, key));
        QCOMPARE(recorded->examination.verdict, Verdict::Fail);
        QCOMPARE(recorded->examination.findings.last().advice, u"scrapped"_s);
    }
    QCOMPARE(standing(*store, u"A"_s), Disposition::Scrapped);
    QCOMPARE(told(*store), nothing);
    const auto body = QJsonDocument::fromJson(
        readerOf(m_place).entry({m_place.stationId, done->seq})->entry.body);
    QCOMPARE(body[u"action"].toString(), u"scrap"_s);
    QCOMPARE(body[u"reason"].toString(), u"R1"_s);
    QCOMPARE(body[u"customer"].toString(), u"ACME"_s);
    QCOMPARE(body[u"hubs"].toArray().size(), 1);
}

void UnitTest::takesBackAndBeginsAnew()
{
    const auto store = fresh();
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    QVERIFY(carryOut(*store, UnitEvent::Ship, u"A"_s));
    QCOMPARE(told(*store), QStringList{u"enroll 1"_s});
    QCOMPARE(store->lookUp({u"A"_s})->size(), 1);
    QVERIFY(carryOut(*store, UnitEvent::Return, u"A"_s));
    QCOMPARE(told(*store), QStringList{u"disable 1"_s});
    QCOMPARE(store->lookUp({u"A"_s})->size(), 0); // it is tested, as any other
    QCOMPARE(store->record(failOf(u"A"_s, 1))->attempt, 1);
    QCOMPARE(standing(*store, u"A"_s), Disposition::Returned);
    QCOMPARE(store->record(passOf(u"A"_s, 1))->attempt, 2);
    QCOMPARE(told(*store), QStringList{u"enable 1"_s});
    QVERIFY(carryOut(*store, UnitEvent::Ship, u"A"_s));
    // A plan that waits enables when its moment has come.
    QVERIFY(carryOut(*store, UnitEvent::Return, u"A"_s));
    QCOMPARE(told(*store), QStringList{u"disable 1"_s});
    QVERIFY(store->record(waiting(u"A"_s, 1, Moment::Ship)));
    QCOMPARE(told(*store), nothing);
    QVERIFY(carryOut(*store, UnitEvent::Ship, u"A"_s));
    QCOMPARE(told(*store), QStringList{u"enable 1"_s});
    // Enrolled as something else now: the old enrollment makes room.
    QVERIFY(carryOut(*store, UnitEvent::Return, u"A"_s));
    Proposal other = passOf(u"A"_s, 1);
    other.enrollment->body = "{\"payload\":2}";
    QVERIFY(store->record(other));
    for (const QString &next : {u"disable 1"_s, u"delete 1"_s, u"enroll 1"_s})
        QCOMPARE(told(*store), QStringList{next});
}

void UnitTest::failsNoMoreThanThePlanAllows()
{
    const auto store = fresh();
    const RetestRule rule{.attempts = 2, .releaseBy = u"qa"_s};
    QVERIFY(store->mayTest(u"A"_s, rule));
    QVERIFY(store->record(failOf(u"A"_s, 1)));
    // The station's trouble is not the unit's, and another purpose is no attempt.
    QVERIFY(store->record(failOf(u"A"_s, 1, Verdict::Error)));
    QVERIFY(store->record(failOf(u"A"_s, 1, Verdict::Aborted)));
    Proposal golden = failOf(u"A"_s, 1);
    golden.purpose = Purpose::Golden;
    QVERIFY(store->record(golden));
    QVERIFY(store->mayTest(u"A"_s, rule));
    QVERIFY(store->record(failOf(u"A"_s, 1, Verdict::Timeout)));
    const auto refused = store->mayTest(u"A"_s, rule);
    QVERIFY(!refused && refused.error().fault == Fault::Refused);
    for (const QString &word : {u"failed 2 times"_s, u"allows 2"_s, u"\"qa\""_s})
        QVERIFY2(refused.error().detail.contains(word), qPrintable(refused.error().detail));
    QVERIFY(store->mayTest(u"A"_s, {.attempts = 0}));
    QVERIFY(store->mayTest(u"B"_s, rule));
}

void UnitTest::allowsMoreAttempts()
{
    const auto store = fresh();
    const RetestRule rule{.attempts = 1, .releaseBy = u"qa"_s};
    const UnitDeed deed{.event = UnitEvent::Retest, .serial = u"A"_s, .people = {u"Ann"_s}};
    const DeedRule asked{.persons = 1, .role = u"qa"_s};
    QVERIFY(store->record(failOf(u"A"_s, 1)));
    // Who may allow more is one person with that role.
    QVERIFY(store->addPerson(u"Ann"_s, u"operator"_s) && store->addPerson(u"Bob"_s, u"qa"_s));
    QVERIFY(store->carryOut(deed, asked).error().detail.contains(u"role \"qa\""_s));
    UnitDeed allowed = deed;
    allowed.people = {};
    QVERIFY(store->carryOut(allowed, asked).error().detail.contains(u"--by"_s));
    QVERIFY(!store->mayTest(u"A"_s, rule));
    allowed.people = {u"Bob"_s};
    const auto done = store->carryOut(allowed, asked);
    QVERIFY(done && done->disposition == Disposition::Held && done->deliveries == 0);
    QVERIFY(store->mayTest(u"A"_s, rule));
    QCOMPARE(store->record(failOf(u"A"_s, 1))->attempt, 1); // counted anew
    QVERIFY(!store->mayTest(u"A"_s, rule));
    QVERIFY(store->carryOut(allowed, asked));
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    QVERIFY(store->mayTest(u"A"_s, rule));
    allowed.serial = u"B"_s;
    QCOMPARE(store->carryOut(allowed, asked).error().fault, Fault::Missing);
    const auto body = QJsonDocument::fromJson(
        readerOf(m_place).entry({m_place.stationId, done->seq})->entry.body);
    QCOMPARE(body[u"action"].toString(), u"retest"_s);
    QVERIFY(body[u"people"][0].toString().startsWith(u"p-"_s)); // and not by name
}

QTEST_GUILESS_MAIN(UnitTest)
#include "unit.moc"
