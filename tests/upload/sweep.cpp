// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/upload/watched.h"

using namespace depot;
using support::Cloud;

namespace {

constexpr int many = 250; // two pages of the list

QByteArray said(int status, int code)
{
    return Cloud::response(
        status, R"({"errorCode":)" + QByteArray::number(code) + R"(,"message":"words"})");
}

bool isQuery(const Cloud::Seen &request)
{
    return request.target.contains("/query");
}

} // namespace

/// Reading back what the service took: few one by one, many by the service's list.
class SweepTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void readsFewOneByOne();
    void looksForManyInTheList();
    void showsWhatTheListHasOtherwise();
    void sendsAgainWhatTheListLacks();
    void givesUpWhereTheServiceHoldsFarMore();
    void readsOneByOneWhatNoListShows_data();
    void readsOneByOneWhatNoListShows();
    void goesOnWhereAFaultStoppedIt();
    void readsASampleWhileItSends();

private:
    [[nodiscard]] DeliveryCounts counts() const { return shopfloor::counts(*m_ledger); }
    /// `count` deliveries that another uploader has sent, and nobody has read back.
    void acknowledge(int count);

    support::Pki m_pki;
    shopfloor::Places m_places;
    std::unique_ptr<Ledger> m_ledger;
    std::unique_ptr<Watched> m_service;
    std::unique_ptr<upload::Client> m_client;
};

void SweepTest::init()
{
    m_ledger = shopfloor::opened(m_places.fresh(u"sqlite"_s));
    m_service = std::make_unique<Watched>(m_pki);
    m_client = m_service->client(m_places.watch);
}

void SweepTest::cleanup()
{
    m_client.reset();
    m_ledger.reset();
    m_service.reset();
}

void SweepTest::acknowledge(int count)
{
    fill(*m_ledger, 1, count);
    const auto leased = shopfloor::lease(*m_ledger, u"another"_s, count);
    QVERIFY(leased && leased->deliveries.size() == count);
    QList<Settlement> taken;
    for (const auto &delivery : leased->deliveries)
        taken.append({delivery.id, DeliveryState::Acknowledged, 0, 0, {}});
    QVERIFY(shopfloor::settle(*m_ledger, taken));
}

void SweepTest::readsFewOneByOne()
{
    acknowledge(12);
    m_service->enroll(1, 12);
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 12});
    QCOMPARE(m_service->asked("GET"), 12);
    QCOMPARE(m_service->asked("POST"), 0);
}

void SweepTest::looksForManyInTheList()
{
    acknowledge(many);
    m_service->enroll(1, many + 30); // and some of another station's
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = many});
    QCOMPARE(m_service->asked("POST", "/query"), 2);
    QCOMPARE(m_service->asked("GET"), 0);
    QCOMPARE(driver.settledAs(DeliveryState::Confirmed).size(), many);
}

void SweepTest::showsWhatTheListHasOtherwise()
{
    acknowledge(many);
    m_service->enroll(1, many - 2);
    m_service->enroll(many - 1, many, 5000); // somebody has replaced the last two
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), (DeliveryCounts{.confirmed = many - 2, .conflict = 2}));
    QCOMPARE(driver.settledAs(DeliveryState::Conflict).first().serviceCode, 409201);
    QCOMPARE(m_service->asked("PUT"), 0); // of ours
}

void SweepTest::sendsAgainWhatTheListLacks()
{
    acknowledge(many);
    m_service->enroll(1, many - 15);
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Waiting);
    QCOMPARE(counts(), (DeliveryCounts{.pending = 15, .confirmed = many - 15}));
    QCOMPARE(m_service->asked("GET"), 15); // the list alone condemns nobody
    m_places.watch.add(121);
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = many});
}

void SweepTest::givesUpWhereTheServiceHoldsFarMore()
{
    acknowledge(4);
    m_service->enroll(1, 4);
    // Twenty pages without one of the four: dev-1… of the ledger sort behind these.
    for (int i = 1; i <= 4000; ++i)
        m_service->counter.ask("PUT", "/enrollments/aa-" + QByteArray::number(i),
            upload::toBody({.registrationId = u"aa-%1"_s.arg(i),
                .endorsementKey = support::endorsementKey(10'000 + i)}));
    auto eager = options(m_places.watch);
    eager.sweepFrom = 1;
    Driver driver(*m_ledger, *m_client, eager);
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 4});
    QCOMPARE(m_service->asked("POST", "/query"), 4); // as much as the reading back costs
    QCOMPARE(m_service->asked("GET"), 4);
}

void SweepTest::readsOneByOneWhatNoListShows_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("a record that nobody can read")
        << Cloud::response(200, R"([{"registrationId":"x","attestation":{}}])");
    QTest::newRow("too much") << Cloud::response(200, QByteArray(2'000'000, ' '));
    QTest::newRow("a refusal") << said(400, 400004);
    QTest::newRow("no such thing") << said(404, 404001);
}

void SweepTest::readsOneByOneWhatNoListShows()
{
    QFETCH(const QByteArray, answer);
    acknowledge(12);
    m_service->enroll(1, 12);
    m_service->spoil = [answer](const Cloud::Seen &request) {
        return isQuery(request) ? answer : QByteArray();
    };
    auto eager = options(m_places.watch);
    eager.sweepFrom = 1;
    Driver driver(*m_ledger, *m_client, eager);
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 12});
    QCOMPARE(m_service->asked("POST", "/query"), 1);
    QCOMPARE(m_service->asked("GET"), 12);
}

void SweepTest::goesOnWhereAFaultStoppedIt()
{
    acknowledge(many);
    m_service->enroll(1, many);
    int queries = 0;
    m_service->spoil = [&](const Cloud::Seen &request) {
        return isQuery(request) && ++queries == 2 ? said(429, 429001) : QByteArray();
    };
    Driver driver(*m_ledger, *m_client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Waiting);
    QCOMPARE(counts(), (DeliveryCounts{.acknowledged = many - 200, .confirmed = 200}));
    QCOMPARE(driver.workUntilDone(m_places.watch).state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = many});
    QCOMPARE(m_service->asked("POST", "/query"), 3);
    QCOMPARE(m_service->asked("GET"), 0);
}

void SweepTest::readsASampleWhileItSends()
{
    fill(*m_ledger, 1, 400);
    qsizetype readWhileSending = 0;
    m_service->spoil = [&](const Cloud::Seen &request) {
        if (request.verb == "POST" && !isQuery(request))
            readWhileSending = m_service->asked("GET");
        return QByteArray();
    };
    auto sampling = options(m_places.watch);
    sampling.readBackEvery = 20;
    Driver driver(*m_ledger, *m_client, sampling);
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 400});
    QVERIFY2(readWhileSending > 0, qPrintable(QString::number(readWhileSending)));
    QVERIFY(m_service->asked("GET") <= 20); // the rest by the list
    QVERIFY(m_service->asked("POST", "/query") <= 4);
}

QTEST_GUILESS_MAIN(SweepTest)
#include "sweep.moc"
