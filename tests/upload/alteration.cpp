// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/upload/watched.h"

using namespace depot;
using station::DeliveryKind;
using support::Cloud;

/// Enabling, disabling and deleting what is enrolled: in order, and never another's.
class AlterationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void createsDisabledAndEnablesAtRelease();
    void goesInOrder();
    void changesTheStatusAlone();
    void leavesAnothersAlone_data();
    void leavesAnothersAlone();
    void confirmsWhatIsSoAlready();
    void saysWhatIsNotThere();
    void triesAgainWhereSomebodyWasFaster();
    void looksAgainAfterALostAnswer();
    void showsWhatSomebodyHasUndone();

private:
    [[nodiscard]] DeliveryCounts counts() const { return shopfloor::counts(*m_ledger); }
    [[nodiscard]] QJsonObject record(int number)
    {
        return counter::json(
            m_service->counter.ask("GET", "/enrollments/" + nameOf(number).toUtf8()));
    }
    /// One device, enrolled and confirmed, of which something is asked.
    void enrollAndAsk(const QList<DeliveryKind> &kinds);

    support::Pki m_pki;
    shopfloor::Places m_places;
    station::LedgerPlace m_place;
    std::unique_ptr<Ledger> m_ledger;
    std::unique_ptr<Watched> m_service;
    std::unique_ptr<upload::Client> m_client;
    std::unique_ptr<Driver> m_driver;
};

void AlterationTest::init()
{
    m_place = m_places.fresh(u"sqlite"_s);
    m_ledger = shopfloor::opened(m_place);
    m_service = std::make_unique<Watched>(m_pki);
    m_client = m_service->client(m_places.watch);
    m_driver = std::make_unique<Driver>(*m_ledger, *m_client, options(m_places.watch));
}

void AlterationTest::cleanup()
{
    m_driver.reset();
    m_client.reset();
    m_ledger.reset();
    m_service.reset();
}

void AlterationTest::enrollAndAsk(const QList<DeliveryKind> &kinds)
{
    fill(*m_ledger, 1, 1);
    QCOMPARE(m_driver->work().state, State::Delivered);
    for (const DeliveryKind kind : kinds)
        m_ledger->request(u"SN-1"_s, kind);
    m_driver->settled.clear();
}

void AlterationTest::createsDisabledAndEnablesAtRelease()
{
    auto proposal = shopfloor::passOf(u"SN-1"_s, 1);
    auto enrollment = enrollmentOf(1, 1);
    enrollment.enabled = false;
    proposal.enrollment = upload::makePayload(u"main"_s, enrollment);
    proposal.when = station::Moment::Lot;
    proposal.isEnabledLater = true;
    QVERIFY(shopfloor::record(*m_ledger, proposal));
    QCOMPARE(m_driver->work().state, State::Delivered);
    QCOMPARE(counts(), (DeliveryCounts{.held = 1, .confirmed = 1}));
    QCOMPARE(record(1)[u"provisioningStatus"].toString(), u"disabled"_s);
    m_ledger->release({.serial = u"SN-1"_s});
    QCOMPARE(m_driver->work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 2});
    QCOMPARE(record(1)[u"provisioningStatus"].toString(), u"enabled"_s);
}

void AlterationTest::goesInOrder()
{
    using enum DeliveryKind;
    fill(*m_ledger, 1, 1);
    for (const DeliveryKind kind : {Disable, Enable, Disable, Delete})
        m_ledger->request(u"SN-1"_s, kind);
    QCOMPARE(m_driver->work().state, State::Delivered); // all of it in one run
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 5});
    QCOMPARE(m_service->counter.count(), 0);
    QStringList statuses;
    for (const auto &request : m_service->cloud.seen())
        if (request.verb == "PUT")
            statuses.append(
                QJsonDocument::fromJson(request.body)[u"provisioningStatus"].toString());
    QCOMPARE(statuses, (QStringList{u"disabled"_s, u"enabled"_s, u"disabled"_s}));
    QCOMPARE(m_service->asked("DELETE"), 1);
}

void AlterationTest::changesTheStatusAlone()
{
    enrollAndAsk({DeliveryKind::Disable});
    // Meanwhile the service's owner has given it a hub and a twin.
    QJsonObject owners = record(1);
    owners[u"iotHubHostName"_s] = u"hub.ekstation.test"_s;
    owners[u"initialTwin"_s] = QJsonObject{{u"tags"_s, QJsonObject{{u"site"_s, u"b"_s}}}};
    QCOMPARE(
        m_service->counter
            .ask("PUT", "/enrollments/dev-1", QJsonDocument(owners).toJson(), {{"if-match", "*"}})
            .status,
        200);
    QCOMPARE(m_driver->work().state, State::Delivered);
    const QJsonObject now = record(1);
    QCOMPARE(now[u"provisioningStatus"].toString(), u"disabled"_s);
    QCOMPARE(now[u"iotHubHostName"], owners[u"iotHubHostName"]);
    QCOMPARE(now[u"initialTwin"], owners[u"initialTwin"]);
}

void AlterationTest::leavesAnothersAlone_data()
{
    QTest::addColumn<DeliveryKind>("kind");
    QTest::newRow("enable") << DeliveryKind::Enable;
    QTest::newRow("disable") << DeliveryKind::Disable;
    QTest::newRow("delete") << DeliveryKind::Delete;
}

void AlterationTest::leavesAnothersAlone()
{
    QFETCH(const DeliveryKind, kind);
    enrollAndAsk({kind});
    m_service->counter.ask("DELETE", "/enrollments/dev-1", {}, {{"if-match", "*"}});
    m_service->enroll(1, 1, 5000);
    const QJsonObject before = record(1);
    QCOMPARE(m_driver->work().state, State::Delivered);
    QCOMPARE(counts(), (DeliveryCounts{.confirmed = 1, .conflict = 1}));
    QCOMPARE(record(1), before);
}

void AlterationTest::confirmsWhatIsSoAlready()
{
    enrollAndAsk({DeliveryKind::Enable});
    QCOMPARE(m_driver->work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 2});
    QCOMPARE(m_service->asked("PUT"), 0);
}

void AlterationTest::saysWhatIsNotThere()
{
    enrollAndAsk({DeliveryKind::Disable, DeliveryKind::Delete});
    m_service->counter.ask("DELETE", "/enrollments/dev-1", {}, {{"if-match", "*"}});
    QCOMPARE(m_driver->work().state, State::Delivered);
    QCOMPARE(
        counts(), (DeliveryCounts{.confirmed = 2, .rejected = 1})); // gone is what delete wants
    QCOMPARE(m_driver->settledAs(DeliveryState::Rejected).first().serviceCode, 404201);
}

void AlterationTest::triesAgainWhereSomebodyWasFaster()
{
    enrollAndAsk({DeliveryKind::Disable});
    m_service->spoil = [this, isChanged = false](const Cloud::Seen &request) mutable {
        if (request.verb == "PUT" && !std::exchange(isChanged, true))
            m_service->counter.ask("PUT", "/enrollments/dev-1", // with another etag
                upload::toBody(enrollmentOf(1, 1)), {{"if-match", "*"}});
        return QByteArray();
    };
    QCOMPARE(m_driver->work().state, State::Waiting);
    QCOMPARE(record(1)[u"provisioningStatus"].toString(), u"enabled"_s);
    QCOMPARE(m_driver->workUntilDone(m_places.watch).state, State::Delivered);
    QCOMPARE(record(1)[u"provisioningStatus"].toString(), u"disabled"_s);
}

void AlterationTest::looksAgainAfterALostAnswer()
{
    enrollAndAsk({DeliveryKind::Disable});
    m_service->spoil = [this, isLost = false](const Cloud::Seen &request) mutable {
        if (request.verb != "PUT" || std::exchange(isLost, true))
            return QByteArray();
        return m_service->answer(request).chopped(20) + QByteArray(20, ' '); // done, and unreadable
    };
    QCOMPARE(m_driver->work().state, State::Waiting);
    QCOMPARE(m_driver->workUntilDone(m_places.watch).state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 2});
    QCOMPARE(m_service->asked("PUT"), 1);
}

void AlterationTest::showsWhatSomebodyHasUndone()
{
    enrollAndAsk({DeliveryKind::Disable});
    m_service->spoil = [this, isPut = false](const Cloud::Seen &request) mutable {
        if (std::exchange(isPut, request.verb == "PUT"))
            m_service->counter.ask("PUT", "/enrollments/dev-1", upload::toBody(enrollmentOf(1, 1)),
                {{"if-match", "*"}});
        return QByteArray();
    };
    QCOMPARE(m_driver->work().state, State::Delivered);
    QCOMPARE(counts(), (DeliveryCounts{.confirmed = 1, .conflict = 1}));
    QCOMPARE(record(1)[u"provisioningStatus"].toString(), u"enabled"_s);
}

QTEST_GUILESS_MAIN(AlterationTest)
#include "alteration.moc"
