// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/upload/depot.h"

using namespace depot;

/// Deliveries between a real ledger and a stand-in that means well.
class OutboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void delivers();
    void restsWhereNothingWaits();
    void leavesHeldDeliveriesAlone();
    void takesWhatIsThereAlready();
    void reportsAnotherKeyAndKeepsIt();
    void reportsAnotherDevice();
    void refusesOneBadRecordAlone();
    void sendsAgainWhatTheServiceForgot();
    void readsBackWhatMayHaveBeenSent_data();
    void readsBackWhatMayHaveBeenSent();
    void survivesACrash();
    void sharesTheWorkWithAnother();
    void remembersACallWhileItWorks();
    void wakesByItself();
    void keepsToItsQuota();

private:
    [[nodiscard]] DeliveryCounts counts() const { return shopfloor::counts(*m_ledger); }

    shopfloor::Places m_places;
    station::LedgerPlace m_place;
    std::unique_ptr<House> m_house;
    std::unique_ptr<Ledger> m_ledger;
    std::unique_ptr<upload::Client> m_client;
};

void OutboxTest::init()
{
    m_house = std::make_unique<House>(m_places.watch);
    m_place = m_places.fresh(u"sqlite"_s);
    m_ledger = shopfloor::opened(m_place);
    m_client = m_house->client(m_places.watch);
}

void OutboxTest::cleanup()
{
    m_client.reset();
    m_ledger.reset();
    m_house.reset();
}

void OutboxTest::delivers()
{
    fill(*m_ledger, 1, 25);
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    const auto rest = driver.work();
    QVERIFY2(rest.state == State::Delivered, qPrintable(rest.detail));
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 25});
    QCOMPARE(m_house->count(), 25);
    for (int i = 1; i <= 25; ++i) {
        QCOMPARE(m_house->keyOf(i), support::endorsementKey(i));
    }
    QCOMPARE(driver.settledAs(DeliveryState::Acknowledged).size(), 25);
    QCOMPARE(driver.settledAs(DeliveryState::Confirmed).size(), 25);
    QCOMPARE(driver.rests.size(), 1);
}

void OutboxTest::restsWhereNothingWaits()
{
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    m_house->close(); // where there is nothing to say, nobody is called
    QCOMPARE(driver.work().state, State::Delivered);
    QVERIFY(driver.settled.isEmpty());
}

void OutboxTest::leavesHeldDeliveriesAlone()
{
    auto proposal = shopfloor::passOf(u"SN-1"_s, 1);
    proposal.when = station::Moment::Lot;
    QVERIFY(shopfloor::record(*m_ledger, proposal));
    fill(*m_ledger, 2, 2);
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), (DeliveryCounts{.held = 1, .confirmed = 1}));
}

void OutboxTest::takesWhatIsThereAlready()
{
    m_house->enroll(enrollmentOf(2, 2));
    fill(*m_ledger, 1, 3);
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 3});
}

void OutboxTest::reportsAnotherKeyAndKeepsIt()
{
    m_house->enroll(enrollmentOf(2, 99));
    fill(*m_ledger, 1, 3);
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), (DeliveryCounts{.confirmed = 2, .conflict = 1}));
    QCOMPARE(m_house->keyOf(2), support::endorsementKey(99));
    const auto conflict = driver.settledAs(DeliveryState::Conflict).first();
    QCOMPARE(conflict.serviceCode, 409201);
    QVERIFY(!conflict.serviceText.isEmpty());
}

void OutboxTest::reportsAnotherDevice()
{
    auto other = enrollmentOf(1, 1);
    other.deviceId = u"somebody-else"_s;
    m_house->enroll(other);
    fill(*m_ledger, 1, 1);
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.conflict = 1});
    QVERIFY(driver.settled.last().serviceText.contains(u"somebody-else"));
}

void OutboxTest::refusesOneBadRecordAlone()
{
    auto bad = shopfloor::passOf(u"SN-1"_s, 1);
    bad.enrollment = upload::makePayload(u"main"_s,
        {.registrationId = nameOf(1),
            .endorsementKey = "AAAA",
            .deviceId = nameOf(1)}); // no TPM's key
    QVERIFY(shopfloor::record(*m_ledger, bad));
    auto garbage = shopfloor::passOf(u"SN-2"_s, 2);
    garbage.enrollment->body = "{\"payload\":";
    QVERIFY(shopfloor::record(*m_ledger, garbage));
    fill(*m_ledger, 3, 10);
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), (DeliveryCounts{.confirmed = 8, .rejected = 2}));
    const auto rejected = driver.settledAs(DeliveryState::Rejected);
    QVERIFY(std::ranges::any_of(
        rejected, [](const Settlement &settlement) { return settlement.serviceCode == 400004; }));
    QVERIFY(std::ranges::none_of(
        rejected, [](const Settlement &settlement) { return settlement.serviceText.isEmpty(); }));
}

void OutboxTest::sendsAgainWhatTheServiceForgot()
{
    fill(*m_ledger, 1, 2);
    const auto leased = shopfloor::lease(*m_ledger, u"another"_s);
    QVERIFY(leased && leased->deliveries.size() == 2);
    QList<Settlement> taken;
    for (const auto &delivery : leased->deliveries) {
        taken.append({delivery.id, DeliveryState::Acknowledged, 0, 0, {}});
    }
    QVERIFY(shopfloor::settle(*m_ledger, taken));
    m_house->enroll(enrollmentOf(1, 1));
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Waiting);
    QCOMPARE(counts(), (DeliveryCounts{.pending = 1, .confirmed = 1}));
    m_places.watch.add(61);
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(m_house->count(), 2);
}

void OutboxTest::readsBackWhatMayHaveBeenSent_data()
{
    QTest::addColumn<int>("there"); // number of the key that is enrolled; 0: none
    QTest::addColumn<DeliveryCounts>("expected");
    QTest::newRow("it was") << 1 << DeliveryCounts{.confirmed = 1};
    QTest::newRow("it was not") << 0 << DeliveryCounts{.confirmed = 1};
    QTest::newRow("another was") << 9 << DeliveryCounts{.conflict = 1};
}

void OutboxTest::readsBackWhatMayHaveBeenSent()
{
    QFETCH(const int, there);
    QFETCH(const DeliveryCounts, expected);
    fill(*m_ledger, 1, 1);
    QVERIFY(shopfloor::lease(*m_ledger, u"one that died"_s, 10, 60));
    if (there > 0) {
        m_house->enroll(enrollmentOf(1, there));
    }
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Waiting);
    QCOMPARE(counts(), DeliveryCounts{.sent = 1}); // nobody takes what a live lease holds
    m_places.watch.add(61);
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), expected);
    QCOMPARE(driver.settledAs(DeliveryState::Acknowledged).size(), there == 0 ? 1 : 0);
}

void OutboxTest::survivesACrash()
{
    fill(*m_ledger, 1, 35);
    {
        Driver doomed(*m_ledger, *m_client, options(m_places.watch, u"doomed"_s));
        doomed.outbox.wake();
        // Dies with some settled, some under way and some untouched.
        QVERIFY(QTest::qWaitFor([&] { return !doomed.settled.isEmpty(); }, 20'000));
        QVERIFY(doomed.rests.isEmpty());
    }
    m_client = m_house->client(m_places.watch);
    m_ledger.reset();
    m_ledger = shopfloor::opened(m_place);
    m_places.watch.add(121);
    Driver heir(*m_ledger, *m_client, options(m_places.watch, u"heir"_s));
    QCOMPARE(heir.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 35});
    QCOMPARE(m_house->count(), 35);
}

void OutboxTest::sharesTheWorkWithAnother()
{
    fill(*m_ledger, 1, 600);
    station::LedgerPlace courier = m_place;
    courier.role = station::LedgerPlace::Role::Courier;
    const auto otherLedger = shopfloor::opened(courier);
    const auto otherClient = m_house->client(m_places.watch);
    Driver one(*m_ledger, *m_client, options(m_places.watch, u"one"_s));
    Driver two(*otherLedger, *otherClient, options(m_places.watch, u"two"_s));
    one.outbox.wake();
    two.outbox.wake();
    QVERIFY(QTest::qWaitFor([&] { return !one.rests.isEmpty() && !two.rests.isEmpty(); }, 20'000));
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 600});
    QSet<qint64> ids;
    for (const auto &settlement : one.settled + two.settled) {
        if (settlement.state == DeliveryState::Acknowledged) {
            QVERIFY(!ids.contains(settlement.id));
            ids.insert(settlement.id);
        }
    }
    QCOMPARE(ids.size(), 600);
    QVERIFY(!one.settled.isEmpty() && !two.settled.isEmpty());
}

void OutboxTest::remembersACallWhileItWorks()
{
    fill(*m_ledger, 1, 3);
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    bool isFilled = false;
    QObject::connect(&driver.outbox, &upload::Outbox::settled, &driver.outbox, [&] {
        if (!std::exchange(isFilled, true)) {
            fill(*m_ledger, 4, 6);
            driver.outbox.wake();
            driver.outbox.wake();
        }
    });
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 6});
    QCOMPARE(driver.rests.size(), 1);
}

void OutboxTest::wakesByItself()
{
    // Here time passes, so that the timer is put to the test.
    station::LedgerPlace place = m_places.fresh(u"sqlite"_s);
    place.clock = station::systemClock;
    m_ledger.reset();
    m_ledger = shopfloor::opened(place);
    m_house->close();
    fill(*m_ledger, 1, 2);
    auto living = options(m_places.watch);
    living.clock = station::systemClock;
    Driver driver(*m_ledger, *m_client, living);
    QCOMPARE(driver.work().state, State::Offline);
    m_house->open();
    QTRY_COMPARE_WITH_TIMEOUT(driver.rests.last().state, State::Delivered, 15'000);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 2});
}

void OutboxTest::keepsToItsQuota()
{
    fill(*m_ledger, 1, 60);
    auto slow = options(m_places.watch);
    slow.quotaPerMinute = 60; // a burst of 15, then one a second; the clock stands
    Driver driver(*m_ledger, *m_client, slow);
    driver.outbox.wake();
    QTRY_COMPARE_WITH_TIMEOUT(driver.settled.size(), 20, 10'000);
    QCOMPARE(m_house->count(), 20);
    QVERIFY(driver.rests.isEmpty());
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "outbox.moc"
