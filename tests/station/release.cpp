// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

using namespace shopfloor;

/// What waits for a lot or for shipment, and what is asked of an enrollment later.
class ReleaseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void frees_an_order_data() { engines(); }
    void frees_an_order();
    void frees_a_unit_that_was_tested_again_data() { engines(); }
    void frees_a_unit_that_was_tested_again();
    void keeps_what_another_line_has_data() { engines(); }
    void keeps_what_another_line_has();
    void enables_when_the_moment_comes_data() { engines(); }
    void enables_when_the_moment_comes();
    void asks_for_a_change_data() { engines(); }
    void asks_for_a_change();
    void refuses_what_means_nothing();

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }
    Places m_places;
};

namespace {

Proposal held(int number, const QString &order)
{
    Proposal proposal = passOf(u"SN-%1"_s.arg(number), number);
    proposal.device.order = order;
    proposal.when = Moment::Lot;
    return proposal;
}

template <typename Signal, typename Ask>
Result<qint64> answer(Ledger &ledger, Signal signal, Ask ask)
{
    std::optional<Result<qint64>> got;
    const auto connection = QObject::connect(
        &ledger, signal, &ledger, [&](quint64, const Result<qint64> &result) { got = result; });
    ask();
    if (!QTest::qWaitFor([&] { return got.has_value(); }, 30'000))
        qFatal("the ledger does not answer");
    QObject::disconnect(connection);
    return *got;
}

Result<qint64> release(Ledger &ledger, const Release &what)
{
    return answer(ledger, &Ledger::released, [&] { ledger.release(what); });
}

Result<qint64> request(Ledger &ledger, const QString &serial, DeliveryKind kind)
{
    return answer(ledger, &Ledger::requested, [&] { ledger.request(serial, kind); });
}

} // namespace

void ReleaseTest::frees_an_order()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    for (int i = 1; i <= 4; ++i)
        QVERIFY(record(*ledger, held(i, i < 4 ? u"A"_s : u"B"_s)));
    QCOMPARE(counts(*ledger), (DeliveryCounts{.held = 4}));
    QCOMPARE(release(*ledger, {.order = u"C"_s}), 0);
    QCOMPARE(release(*ledger, {.order = u"A"_s, .serial = u"SN-4"_s}), 0);
    QCOMPARE(release(*ledger, {.order = u"A"_s, .serial = u"SN-2"_s}), 1);
    QCOMPARE(release(*ledger, {.order = u"A"_s}), 2);
    QCOMPARE(counts(*ledger), (DeliveryCounts{.held = 1, .pending = 3}));
    auto reader = readerOf(place);
    const auto report = reader.verifyChain(place.stationId);
    QVERIFY(report && !report->firstBreak);
    QCOMPARE(report->entries, 6); // four examinations, two releases; what frees nothing is none
    const auto entry = reader.entry({place.stationId, 6});
    QCOMPARE(entry->entry.kind, u"release"_s);
    QCOMPARE(entry->entry.body, R"({"action":"release","order":"A","people":[],"serial":null})");
}

void ReleaseTest::frees_a_unit_that_was_tested_again()
{
    auto ledger = opened(fresh());
    QVERIFY(record(*ledger, held(1, u"A"_s)));
    QVERIFY(record(*ledger, held(1, u"A"_s)));
    QCOMPARE(release(*ledger, {.serial = u"SN-1"_s}), 1);
    QCOMPARE(counts(*ledger), (DeliveryCounts{.pending = 1}));
}

void ReleaseTest::keeps_what_another_line_has()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    QVERIFY(record(*ledger, held(1, u"A"_s)));
    QVERIFY(record(*ledger, held(2, u"A"_s)));
    tamper(place, u"INSERT INTO ekset VALUES ('line2', 1, '', '')"_s);
    tamper(place,
        u"INSERT INTO elsewhere VALUES ('%1', 'line2')"_s.arg(
            QString::fromLatin1(keyOf(1).sha256().toHex())));
    QCOMPARE(release(*ledger, {.order = u"A"_s}), 1);
    QCOMPARE(counts(*ledger), (DeliveryCounts{.held = 1, .pending = 1}));
}

void ReleaseTest::enables_when_the_moment_comes()
{
    auto ledger = opened(fresh());
    Proposal proposal = held(1, u"A"_s);
    proposal.isEnabledLater = true;
    QCOMPARE(record(*ledger, proposal)->delivery, DeliveryState::Pending); // disabled, and at once
    QCOMPARE(counts(*ledger), (DeliveryCounts{.held = 1, .pending = 1}));
    QCOMPARE(release(*ledger, {.serial = u"SN-1"_s}), 1);
    const auto created = lease(*ledger, u"a"_s);
    QCOMPARE(created->deliveries.size(), 1); // in order
    QCOMPARE(created->deliveries.first().kind, DeliveryKind::Enroll);
    const qint64 id = created->deliveries.first().id;
    settle(*ledger, {{id, DeliveryState::Acknowledged}}).value();
    QVERIFY(lease(*ledger, u"a"_s)->deliveries.isEmpty());
    settle(*ledger, {{id, DeliveryState::Confirmed}}).value();
    const auto enabled = lease(*ledger, u"a"_s);
    QCOMPARE(enabled->deliveries.size(), 1);
    QCOMPARE(enabled->deliveries.first().kind, DeliveryKind::Enable);
    QCOMPARE(enabled->deliveries.first().payload, created->deliveries.first().payload);
}

void ReleaseTest::asks_for_a_change()
{
    auto ledger = opened(fresh());
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QCOMPARE(request(*ledger, u"SN-1"_s, DeliveryKind::Disable), 2);
    QCOMPARE(request(*ledger, u"SN-1"_s, DeliveryKind::Delete), 3);
    const auto nobody = request(*ledger, u"SN-9"_s, DeliveryKind::Disable);
    QVERIFY(!nobody);
    QCOMPARE(nobody.error().fault, Fault::Missing);
    using enum DeliveryKind;
    for (const DeliveryKind kind : {Enroll, Disable, Delete}) {
        const auto leased = lease(*ledger, u"a"_s);
        QCOMPARE(leased->deliveries.size(), 1);
        QCOMPARE(leased->deliveries.first().kind, kind);
        QCOMPARE(leased->deliveries.first().payload.body, "{\"payload\":1}");
        settle(*ledger, {{leased->deliveries.first().id, DeliveryState::Confirmed}}).value();
    }
}

void ReleaseTest::refuses_what_means_nothing()
{
    LedgerPlace place = m_places.fresh(u"sqlite"_s);
    auto line = opened(place);
    QVERIFY(record(*line, held(1, u"A"_s)));
    QCOMPARE(release(*line, {}).error().fault, Fault::Refused);
    QCOMPARE(request(*line, u"SN-1"_s, DeliveryKind::Enroll).error().fault, Fault::Refused);
    place.role = LedgerPlace::Role::Courier;
    auto courier = opened(place);
    QCOMPARE(release(*courier, {.order = u"A"_s}).error().fault, Fault::Refused);
    QCOMPARE(request(*courier, u"SN-1"_s, DeliveryKind::Disable).error().fault, Fault::Refused);
}

QTEST_GUILESS_MAIN(ReleaseTest)
#include "release.moc"
