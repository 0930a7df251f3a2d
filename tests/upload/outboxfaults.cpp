// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cloud.h"
#include "tests/upload/depot.h"

using namespace depot;
using support::Cloud;

namespace {

const QByteArray yes = R"({"isSuccessful":true,"errors":[]})";
const QByteArray page = "<html><body>Please log in</body></html>";

QByteArray said(int code)
{
    return QByteArray(R"({"errorCode":)") + QByteArray::number(code) + R"(,"message":"words"})";
}

} // namespace

/// Deliveries over a bad line, to a rude service, or to none. Whatever happens: nothing is lost,
/// nothing is decided that only the service may decide, and a run ends.
class OutboxFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void outlastsARudeService_data();
    void outlastsARudeService();
    void waitsWhileOfflineAndDeliversAfterwards();
    void losesNothingToAFault_data();
    void losesNothingToAFault();
    void asksForAPersonOverTheCredential();
    void asksForAPersonOverTheCertificate();
    void keepsTrainingAwayFromTheService();
    void pausesAsLongAsTheServiceSays();
    void slowsDownWhileTheFaultLasts();
    void endsWithoutItsLedger();

private:
    [[nodiscard]] DeliveryCounts counts() const { return shopfloor::counts(*m_ledger); }
    [[nodiscard]] std::unique_ptr<upload::Client> clientOf(
        const Cloud &cloud, std::chrono::milliseconds silence = std::chrono::seconds(10)) const
    {
        return depot::clientOf(cloud.url(), m_pki.caFile(),
            {u"localhost"_s, u"owner"_s, upload::Secret("key")}, m_places.watch, false, silence);
    }

    support::Pki m_pki;
    shopfloor::Places m_places;
    station::LedgerPlace m_place;
    std::unique_ptr<Ledger> m_ledger;
};

void OutboxFaultsTest::init()
{
    m_place = m_places.fresh(u"sqlite"_s);
    m_ledger = shopfloor::opened(m_place);
}

void OutboxFaultsTest::cleanup()
{
    m_ledger.reset();
}

void OutboxFaultsTest::outlastsARudeService_data()
{
    QTest::addColumn<Mischief>("mischief");
    QTest::newRow("throttles") << Mischief{.throttleEvery = 3};
    QTest::newRow("throttles without a time") << Mischief{.throttleEvery = 2, .retryAfter = 0};
    QTest::newRow("fails") << Mischief{.failEvery = 3};
    QTest::newRow("fails every other time") << Mischief{.failEvery = 2};
    QTest::newRow("drops answers") << Mischief{.dropEvery = 4};
    QTest::newRow("does all of it") << Mischief{.throttleEvery = 5, .failEvery = 7, .dropEvery = 6};
}

void OutboxFaultsTest::outlastsARudeService()
{
    QFETCH(const Mischief, mischief);
    House house(m_places.watch);
    house.open(mischief);
    house.enroll(enrollmentOf(4, 77));
    fill(*m_ledger, 1, 15);
    const auto client = house.client(m_places.watch);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    const auto rest = driver.workUntilDone(m_places.watch, 100);
    QVERIFY2(rest.state == State::Delivered, qPrintable(rest.detail));
    // There was something to outlast, unless the network library itself asked again after a cut.
    QVERIFY(driver.rests.size() > 1 || mischief.dropEvery > 0);
    QCOMPARE(counts(), (DeliveryCounts{.confirmed = 14, .conflict = 1}));
    QCOMPARE(house.count(), 15);
    for (int i = 1; i <= 15; ++i) {
        QCOMPARE(house.keyOf(i), support::endorsementKey(i == 4 ? 77 : i));
    }
    QCOMPARE(driver.settledAs(DeliveryState::Confirmed).size(), 14);
}

void OutboxFaultsTest::waitsWhileOfflineAndDeliversAfterwards()
{
    House house(m_places.watch);
    house.close();
    fill(*m_ledger, 1, 50);
    const auto client = house.client(m_places.watch);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    for (int i = 0; i < 3; ++i) {
        const auto rest = driver.work();
        QCOMPARE(rest.state, State::Offline);
        QVERIFY(!rest.detail.isEmpty());
        m_places.watch.add(121);
    }
    QCOMPARE(counts(), DeliveryCounts{.pending = 50}); // surely nothing was sent
    house.open();
    QCOMPARE(driver.workUntilDone(m_places.watch).state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 50});
    QCOMPARE(house.count(), 50);
}

void OutboxFaultsTest::losesNothingToAFault_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<State>("state");
    const auto row = [](const char *name, const QByteArray &bytes, State state) {
        QTest::newRow(name) << bytes << state;
    };
    using enum State;
    row("a login page", Cloud::response(200, page), Waiting);
    row("404 from a proxy", Cloud::response(404, page), Waiting);
    row("409 from a proxy", Cloud::response(409, page), Waiting);
    row("400 from a proxy", Cloud::response(400, page), Waiting);
    row("no such service", Cloud::response(404, said(404001)), NeedsPerson);
    row("a redirect", Cloud::response(302, {}, {"Location: https://elsewhere.example/"}),
        NeedsPerson);
    row("401", Cloud::response(401, said(401002)), NeedsPerson);
    row("403 from a proxy", Cloud::response(403, page), NeedsPerson);
    row("407", Cloud::response(407, page), NeedsPerson);
    row("408", Cloud::response(408, said(408001)), Waiting);
    row("429", Cloud::response(429, said(429001)), Waiting);
    row("500", Cloud::response(500, said(500001)), Waiting);
    row("503 from a proxy", Cloud::response(503, page), Waiting);
    row("half an answer", Cloud::response(200, yes).chopped(3), Offline);
    row("no HTTP", "SSH-2.0-OpenSSH_9\r\n\r\n", Offline);
    row("too much", Cloud::response(200, QByteArray(2'000'000, ' ')), Waiting);
    row("silence", {}, Offline);
}

void OutboxFaultsTest::losesNothingToAFault()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const State, state);
    Cloud cloud(m_pki.server());
    for (int i = 0; i < 30; ++i) {
        bytes.isEmpty() ? cloud.answerNever() : cloud.answerRaw(bytes, true);
    }
    fill(*m_ledger, 1, 12);
    const std::chrono::milliseconds patience(bytes.isEmpty() ? 300 : 10'000);
    const auto client = clientOf(cloud, patience);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    const auto rest = driver.work();
    QVERIFY2(rest.state == state, qPrintable(u"%1: %2"_s.arg(int(rest.state)).arg(rest.detail)));
    QVERIFY(!rest.detail.isEmpty());
    const auto left = counts();
    QCOMPARE(left.pending + left.sent, 12);
    // A service in trouble is not asked once for each device.
    QVERIFY2(cloud.seen().size() <= 12, qPrintable(QString::number(cloud.seen().size())));
}

void OutboxFaultsTest::asksForAPersonOverTheCredential()
{
    House house(m_places.watch);
    fill(*m_ledger, 1, 12);
    const auto stranger = depot::clientOf(house.url(), house.authority().caFile,
        {u"localhost"_s, house.authority().credential.policy, upload::Secret("wrong")},
        m_places.watch);
    Driver refused(*m_ledger, *stranger, options(m_places.watch, u"stranger"_s));
    QCOMPARE(refused.work().state, State::NeedsPerson);
    QCOMPARE(counts(), DeliveryCounts{.pending = 12});
    const auto client = house.client(m_places.watch); // the person was there
    Driver driver(*m_ledger, *client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(house.count(), 12);
}

void OutboxFaultsTest::asksForAPersonOverTheCertificate()
{
    House house(m_places.watch);
    fill(*m_ledger, 1, 12);
    const auto client =
        depot::clientOf(house.url(), m_pki.caFile(), house.authority().credential, m_places.watch);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::NeedsPerson);
    QCOMPARE(counts(), DeliveryCounts{.pending = 12});
    QCOMPARE(house.count(), 0);
}

void OutboxFaultsTest::keepsTrainingAwayFromTheService()
{
    House house(m_places.watch);
    house.open({.disguised = true}); // as the real service: it does not call itself a stand-in
    fill(*m_ledger, 1, 3);
    const auto client = house.client(m_places.watch, true);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::NeedsPerson);
    QCOMPARE(house.count(), 0);
    QCOMPARE(counts(), DeliveryCounts{.pending = 3});
    house.open();
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(house.count(), 3);
}

void OutboxFaultsTest::pausesAsLongAsTheServiceSays()
{
    Cloud cloud(m_pki.server());
    cloud.otherwise([](const Cloud::Seen &) {
        return Cloud::response(429, said(429001), {"Retry-After: 300"});
    });
    fill(*m_ledger, 1, 5);
    const auto client = clientOf(cloud);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Waiting);
    QCOMPARE(cloud.seen().size(), 1);
    QCOMPARE(counts(), DeliveryCounts{.pending = 5});
    fill(*m_ledger, 6, 6); // a new one does not break the pause
    m_places.watch.add(299);
    QCOMPARE(driver.work().state, State::Waiting);
    QCOMPARE(cloud.seen().size(), 1);
    m_places.watch.add(302); // the watch's monotonic time goes at half the speed
    QCOMPARE(driver.work().state, State::Waiting);
    QCOMPARE(cloud.seen().size(), 2);
}

void OutboxFaultsTest::slowsDownWhileTheFaultLasts()
{
    Cloud cloud(m_pki.server());
    cloud.otherwise(
        [](const Cloud::Seen &) { return Cloud::response(429, said(429001), {"Retry-After: 0"}); });
    fill(*m_ledger, 1, 1);
    const auto client = clientOf(cloud);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    driver.work();
    driver.work(); // zero seconds, so at once
    QCOMPARE(cloud.seen().size(), 2);
    driver.work(); // but not again and again
    QCOMPARE(cloud.seen().size(), 2);
    m_places.watch.add(10);
    driver.work();
    QCOMPARE(cloud.seen().size(), 3);
}

void OutboxFaultsTest::endsWithoutItsLedger()
{
    House house(m_places.watch);
    fill(*m_ledger, 1, 2);
    const auto client = house.client(m_places.watch);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    QVERIFY(shopfloor::rawDatabase(m_place)->change(u"ALTER TABLE delivery RENAME TO gone"_s));
    const auto rest = driver.work();
    QCOMPARE(rest.state, State::NoLedger);
    QVERIFY(!rest.detail.isEmpty());
    QVERIFY(shopfloor::rawDatabase(m_place)->change(u"ALTER TABLE gone RENAME TO delivery"_s));
    QCOMPARE(driver.work().state, State::Delivered);
}

QTEST_GUILESS_MAIN(OutboxFaultsTest)
#include "outboxfaults.moc"
