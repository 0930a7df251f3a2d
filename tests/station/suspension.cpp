// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

using namespace shopfloor;

/// What becomes of an enrollment when its device is examined again: it fails, it passes, it is
/// another customer's by then.
class SuspensionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_service.clear();
        m_done.clear();
    }
    void offUntilItPasses_data() { engines(); }
    void offUntilItPasses();
    void offUntilItsLotIsReleased_data() { engines(); }
    void offUntilItsLotIsReleased();
    void anotherDeviceUnderItsLabel();
    void whatIsNotOnYetStaysSo();
    void whatIsShippedIsTakenBackFirst();
    void anotherCustomersNow_data() { engines(); }
    void anotherCustomersNow();
    void anotherCustomersBeforeItWasSent();
    void aRemovalThatIsRejectedIsMeant_data() { engines(); }
    void aRemovalThatIsRejectedIsMeant();

private:
    /// Does everything that is due, in order, as a service would: destination/key → "on" or "off".
    void deliver(Store &store)
    {
        for (const QString &service : {u"main"_s, u"other"_s})
            while (true) {
                const auto leased = store.lease(service, u"test"_s, 1, 60);
                QVERIFY(leased);
                if (leased->deliveries.isEmpty())
                    break;
                const Delivery &delivery = leased->deliveries.first();
                const QString at = service + u'/' + delivery.payload.key;
                if (delivery.kind == DeliveryKind::Delete)
                    m_service.remove(at);
                else
                    m_service[at] = delivery.kind == DeliveryKind::Disable ? u"off"_s : u"on"_s;
                m_done.append(word(delivery.kind) + u' ' + service);
                QVERIFY(store.settle({{delivery.id, DeliveryState::Confirmed}}));
            }
    }
    [[nodiscard]] QStringList done() { return std::exchange(m_done, {}); }
    [[nodiscard]] std::unique_ptr<Store> store(const QString &engine = u"sqlite"_s)
    {
        auto store = Store::open(m_places.fresh(engine));
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        return std::move(*store);
    }

    Places m_places;
    QMap<QString, QString> m_service;
    QStringList m_done;
};

void SuspensionTest::offUntilItPasses()
{
    QFETCH(const QString, engine);
    const auto store = this->store(engine);
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    deliver(*store);
    QCOMPARE(done(), QStringList{u"enroll main"_s});
    QVERIFY(store->record(failOf(u"A"_s, 1)));
    QVERIFY(store->record(failOf(u"A"_s, 1))); // once is enough
    deliver(*store);
    QCOMPARE(done(), QStringList{u"disable main"_s});
    QVERIFY(store->record(failOf(u"A"_s, 1, Verdict::Error))); // the station's own trouble
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    deliver(*store);
    QCOMPARE(done(), QStringList{u"enable main"_s});
    QCOMPARE(m_service.values(), QStringList{u"on"_s});
    // Offline all the while, it is the same in the end.
    QVERIFY(store->record(failOf(u"A"_s, 1)));
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    deliver(*store);
    QCOMPARE(m_service.values(), QStringList{u"on"_s});
}

void SuspensionTest::offUntilItsLotIsReleased()
{
    QFETCH(const QString, engine);
    const auto store = this->store(engine);
    Proposal lot = passOf(u"A"_s, 1);
    lot.when = Moment::Lot;
    QVERIFY(store->record(lot));
    QCOMPARE(store->release({.order = {}, .serial = u"A"_s}), 1);
    deliver(*store);
    QVERIFY(store->record(failOf(u"A"_s, 1)));
    deliver(*store);
    QCOMPARE(m_service.values(), QStringList{u"off"_s});
    QCOMPARE(store->release({.order = {}, .serial = u"A"_s}), 0); // it has failed
    QVERIFY(store->record(lot));
    deliver(*store);
    QCOMPARE(m_service.values(), QStringList{u"off"_s});
    QCOMPARE(store->release({.order = {}, .serial = u"A"_s}), 1);
    deliver(*store);
    QCOMPARE(m_service.values(), QStringList{u"on"_s});
    QCOMPARE(done(), (QStringList{u"enroll main"_s, u"disable main"_s, u"enable main"_s}));
}

/// A wrong device scanned as A fails, and A itself is as good as before.
void SuspensionTest::anotherDeviceUnderItsLabel()
{
    const auto store = this->store();
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    deliver(*store);
    QVERIFY(store->record(failOf(u"A"_s, 2)));
    QCOMPARE(store->record(passOf(u"A"_s, 2))->examination.verdict, Verdict::Fail);
    Proposal dead = failOf(u"A"_s, 1);
    dead.examination.key.reset();
    QVERIFY(store->record(dead));
    deliver(*store);
    QCOMPARE(done(), QStringList{u"enroll main"_s});
}

void SuspensionTest::whatIsNotOnYetStaysSo()
{
    const auto store = this->store();
    Proposal ship = passOf(u"A"_s, 1);
    ship.when = Moment::Ship;
    ship.isEnabledLater = true;
    QVERIFY(store->record(ship));
    deliver(*store);
    QVERIFY(store->record(failOf(u"A"_s, 1)));
    deliver(*store);
    QCOMPARE(done(), QStringList{u"enroll main"_s});
    QVERIFY(!store->carryOut({.event = UnitEvent::Ship, .serial = u"A"_s}, {}));
    QVERIFY(store->record(ship));
    QVERIFY(store->carryOut({.event = UnitEvent::Ship, .serial = u"A"_s}, {}));
    deliver(*store);
    QCOMPARE(done(), QStringList{u"enable main"_s});
}

void SuspensionTest::whatIsShippedIsTakenBackFirst()
{
    const auto store = this->store();
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    deliver(*store);
    QVERIFY(store->carryOut({.event = UnitEvent::Ship, .serial = u"A"_s}, {}));
    QVERIFY(store->record(failOf(u"A"_s, 1)));
    deliver(*store);
    QCOMPARE(done(), QStringList{u"enroll main"_s}); // it is the customer's
    QVERIFY(store->carryOut({.event = UnitEvent::Return, .serial = u"A"_s, .reason = u"x"_s}, {}));
    deliver(*store);
    QCOMPARE(m_service.values(), QStringList{u"off"_s});
}

namespace {

Proposal forOther(int key)
{
    Proposal proposal = passOf(u"A"_s, key);
    proposal.device.customer = u"other"_s;
    proposal.enrollment->destination = u"other"_s;
    return proposal;
}

} // namespace

/// First it leaves the one service, then it is in the other.
void SuspensionTest::anotherCustomersNow()
{
    QFETCH(const QString, engine);
    const auto store = this->store(engine);
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    deliver(*store);
    QVERIFY(store->record(forOther(1)));
    const auto early = store->lease(u"other"_s, u"test"_s, 10, 60);
    QVERIFY(early && early->deliveries.isEmpty());
    deliver(*store);
    QCOMPARE(done(), (QStringList{u"enroll main"_s, u"delete main"_s, u"enroll other"_s}));
    QCOMPARE(m_service.size(), 1);
    QVERIFY(m_service.firstKey().startsWith(u"other/"_s));
    // And back, for good.
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    deliver(*store);
    deliver(*store);
    QCOMPARE(m_service.size(), 1);
    QVERIFY(m_service.firstKey().startsWith(u"main/"_s));
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    QVERIFY(!done().isEmpty());
    deliver(*store);
    QCOMPARE(done(), QStringList()); // a retest tells the service nothing new
}

void SuspensionTest::anotherCustomersBeforeItWasSent()
{
    const auto store = this->store();
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    QVERIFY(store->record(forOther(1)));
    deliver(*store);
    QCOMPARE(done(), QStringList{u"enroll other"_s});
}

/// The old board's enrollment stands, and the new one waits, until somebody has it removed.
void SuspensionTest::aRemovalThatIsRejectedIsMeant()
{
    QFETCH(const QString, engine);
    const auto place = m_places.fresh(engine);
    const auto opened = Store::open(place);
    Store &store = **opened;
    QVERIFY(store.record(passOf(u"A"_s, 1)));
    deliver(store);
    QVERIFY(
        store.carryOut({.event = UnitEvent::ReplaceBoard, .serial = u"A"_s, .reason = u"x"_s}, {}));
    QVERIFY(store.record(passOf(u"A"_s, 2)));
    const auto removal = store.lease(u"main"_s, u"test"_s, 10, 60);
    QCOMPARE(removal->deliveries.size(), 1);
    const Delivery delivery = removal->deliveries.first();
    QCOMPARE(delivery.kind, DeliveryKind::Delete);
    QVERIFY(store.settle({{delivery.id, DeliveryState::Rejected}}));
    deliver(store);
    QCOMPARE(done(), QStringList{u"enroll main"_s});
    auto reader = readerOf(place);
    const auto expected = reader.expected(u"main"_s, delivery.payload.key);
    QVERIFY(expected && !*expected);
    QVERIFY(store.repair({.kind = Repair::Kind::Remove,
        .service = u"main"_s,
        .key = delivery.payload.key,
        .found = delivery.payload.body,
        .why = u"extra"_s}));
    deliver(store);
    QCOMPARE(done(), (QStringList{u"delete main"_s, u"enroll main"_s}));
    QCOMPARE(m_service.size(), 1);
}

QTEST_GUILESS_MAIN(SuspensionTest)
#include "suspension.moc"
