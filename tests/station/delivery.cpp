// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

using namespace shopfloor;

/// What couriers may take from the ledger, and what they may write back.
class DeliveryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hands_each_delivery_to_one_courier_data() { engines(); }
    void hands_each_delivery_to_one_courier();
    void calls_an_expired_lease_uncertain_data() { engines(); }
    void calls_an_expired_lease_uncertain();
    void calls_a_dead_couriers_rows_uncertain_data() { engines(); }
    void calls_a_dead_couriers_rows_uncertain();
    void settles_only_its_own_data() { engines(); }
    void settles_only_its_own();
    void keeps_the_order_of_a_key_data() { engines(); }
    void keeps_the_order_of_a_key();
    void waits_until_a_retry_is_due_data() { engines(); }
    void waits_until_a_retry_is_due();
    void reads_back_what_was_acknowledged_data() { engines(); }
    void reads_back_what_was_acknowledged();
    void counts_only_what_was_tried_data() { engines(); }
    void counts_only_what_was_tried();
    void finds_what_was_acknowledged_data() { engines(); }
    void finds_what_was_acknowledged();
    void never_leaves_an_end_data();
    void never_leaves_an_end();
    void hands_out_no_held_delivery_data() { engines(); }
    void hands_out_no_held_delivery();

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }
    /// A courier process of its own, as far as the ledger can tell.
    [[nodiscard]] static std::unique_ptr<Ledger> courier(LedgerPlace place)
    {
        place.role = LedgerPlace::Role::Courier;
        return opened(place);
    }
    Places m_places;
};

namespace {

void recordPasses(Ledger &ledger, int devices)
{
    for (int number = 1; number <= devices; ++number)
        QVERIFY(record(ledger, passOf(u"SN-%1"_s.arg(number), number)));
}

QList<qint64> idsOf(const Result<Leased> &leased)
{
    QList<qint64> ids;
    for (const Delivery &delivery : leased.value_or(Leased{{Delivery{.id = -1}}, {}}).deliveries)
        ids.append(delivery.id);
    return ids;
}

Result<QList<Delivery>> acknowledged(Ledger &ledger, const QString &owner)
{
    std::optional<Result<QList<Delivery>>> got;
    const auto connection = QObject::connect(&ledger, &Ledger::leased, &ledger,
        [&](quint64, const Result<QList<Delivery>> &deliveries) { got = deliveries; });
    ledger.leaseAcknowledged(u"main"_s, owner, 10, 60);
    if (!QTest::qWaitFor([&] { return got.has_value(); }, 30'000))
        qFatal("the ledger does not answer");
    QObject::disconnect(connection);
    return *got;
}

} // namespace

void DeliveryTest::hands_each_delivery_to_one_courier()
{
    const LedgerPlace place = fresh();
    auto line = opened(place);
    recordPasses(*line, 5);
    auto first = courier(place), second = courier(place);
    const auto three = lease(*first, u"a"_s, 3);
    QCOMPARE(three->deliveries.size(), 3);
    QCOMPARE(three->uncertain, QList<qint64>());
    const Delivery delivery = three->deliveries.first();
    QCOMPARE(delivery.state, DeliveryState::Sent);
    QCOMPARE(delivery.attempts, 1);
    QCOMPARE(delivery.kind, DeliveryKind::Enroll);
    QCOMPARE(delivery.seq, 1);
    QCOMPARE(delivery.payload,
        (Payload{u"main"_s, keyOf(1).registrationId().toLower(), "{\"payload\":1}"}));
    const auto rest = lease(*second, u"b"_s, 10);
    QCOMPARE(rest->deliveries.size(), 2);
    QVERIFY(!idsOf(three).contains(idsOf(rest).first()));
    QVERIFY(idsOf(lease(*first, u"a"_s)).isEmpty());
    QCOMPARE(counts(*line), (DeliveryCounts{.sent = 5}));
}

void DeliveryTest::calls_an_expired_lease_uncertain()
{
    const LedgerPlace place = fresh();
    auto line = opened(place);
    recordPasses(*line, 2);
    auto first = courier(place), second = courier(place);
    const auto taken = lease(*first, u"a"_s, 1, 60);
    m_places.watch.add(59);
    QCOMPARE(idsOf(lease(*second, u"b"_s, 1, 600)).size(), 1); // the other one, which is certain
    m_places.watch.add(1);
    const auto expired = lease(*second, u"b"_s, 10, 60);
    QCOMPARE(idsOf(expired), idsOf(taken));
    QCOMPARE(expired->uncertain, idsOf(taken)); // read back before it is sent again
    QCOMPARE(expired->deliveries.first().attempts, 2);
}

void DeliveryTest::calls_a_dead_couriers_rows_uncertain()
{
    const LedgerPlace place = fresh();
    auto line = opened(place);
    recordPasses(*line, 2);
    auto first = courier(place);
    const auto taken = lease(*first, u"a"_s, 1, 3600);
    first.reset();
    auto again = courier(place); // under its old name: what it held has no known outcome
    const auto leased = lease(*again, u"a"_s, 10, 3600);
    QCOMPARE(leased->uncertain, idsOf(taken));
    QCOMPARE(leased->deliveries.size(), 2);
    QCOMPARE(leased->deliveries.first().id, taken->deliveries.first().id); // read back first
    QVERIFY(idsOf(lease(*again, u"a"_s)).isEmpty());
}

void DeliveryTest::settles_only_its_own()
{
    const LedgerPlace place = fresh();
    auto line = opened(place);
    recordPasses(*line, 1);
    auto first = courier(place), second = courier(place);
    const qint64 id = idsOf(lease(*first, u"a"_s, 1, 60)).first();
    const Settlement late{id, DeliveryState::Acknowledged, 0, 200, u"a"_s};
    const Settlement other{id, DeliveryState::Rejected, 0, 400, u"b"_s};
    QCOMPARE(settle(*second, {other}), QList<Settlement>()); // not b's
    m_places.watch.add(61);
    QCOMPARE(idsOf(lease(*second, u"b"_s, 1, 60)), QList<qint64>{id});
    QCOMPARE(settle(*first, {late}), QList<Settlement>()); // no longer a's
    QCOMPARE(settle(*second, {other, {id + 1000}}), QList<Settlement>{other});
    QCOMPARE(counts(*line), (DeliveryCounts{.rejected = 1}));
    auto reader = readerOf(place);
    const Delivery delivery = reader.entry({place.stationId, 1})->deliveries.first();
    QCOMPARE(delivery.serviceCode, 400);
    QCOMPARE(delivery.serviceText, u"b"_s);
}

void DeliveryTest::keeps_the_order_of_a_key()
{
    const LedgerPlace place = fresh();
    auto line = opened(place);
    recordPasses(*line, 2);
    // A released replacement: the old enrollment is deleted before the new one is created.
    const QString key = keyOf(1).registrationId().toLower();
    for (const QString &kind : {u"delete"_s, u"enroll"_s})
        tamper(place,
            u"INSERT INTO delivery (station_id, seq, kind, destination, key, payload, state, "
            "attempts, next_at_us, lease_owner, lease_until_us, service_code, service_text) "
            "SELECT station_id, seq, '%1', destination, key, payload, 'pending', 0, 0, '', 0, 0, "
            "'' "
            "FROM delivery WHERE key = '%2' AND state = 'pending' ORDER BY id LIMIT 1"_s.arg(
                kind, key));
    const auto kinds = [&] {
        QList<DeliveryKind> list;
        const auto leased = lease(*line, u"a"_s);
        for (const Delivery &delivery : leased->deliveries) {
            list.append(delivery.kind);
            settle(*line, {{delivery.id, DeliveryState::Confirmed}}).value();
        }
        return list;
    };
    using enum DeliveryKind;
    QCOMPARE(kinds(), (QList<DeliveryKind>{Enroll, Enroll})); // one of each key
    QCOMPARE(kinds(), QList<DeliveryKind>{Delete});
    QCOMPARE(kinds(), QList<DeliveryKind>{Enroll});
    QCOMPARE(kinds(), QList<DeliveryKind>{});
}

void DeliveryTest::waits_until_a_retry_is_due()
{
    auto line = opened(fresh());
    recordPasses(*line, 1);
    const qint64 id = idsOf(lease(*line, u"a"_s)).first();
    const qint64 due = *m_places.watch.utcUs + 30'000'000;
    QCOMPARE(settle(*line, {{id, DeliveryState::Pending, due, 429, u"slow down"_s}})->size(), 1);
    m_places.watch.add(29);
    QVERIFY(idsOf(lease(*line, u"a"_s)).isEmpty());
    m_places.watch.add(1);
    const auto retried = lease(*line, u"a"_s);
    QCOMPARE(idsOf(retried), QList<qint64>{id});
    QCOMPARE(retried->uncertain, QList<qint64>()); // the service has answered
    QCOMPARE(retried->deliveries.first().attempts, 2);
}

void DeliveryTest::reads_back_what_was_acknowledged()
{
    auto line = opened(fresh());
    recordPasses(*line, 2);
    const auto ids = idsOf(lease(*line, u"a"_s));
    QCOMPARE(settle(*line, {{ids.at(0), DeliveryState::Acknowledged, 0, 200, {}}})->size(), 1);
    const auto rows = acknowledged(*line, u"a"_s);
    QCOMPARE(rows->size(), 1);
    QCOMPARE(rows->first().id, ids.at(0));
    QCOMPARE(rows->first().state, DeliveryState::Acknowledged);
    QCOMPARE(rows->first().attempts, 1); // reading is no sending
    QCOMPARE(acknowledged(*line, u"b"_s)->size(), 0); // under a lease like any other
    QCOMPARE(settle(*line, {{ids.at(0), DeliveryState::Confirmed, 0, 200, {}}})->size(), 1);
    QCOMPARE(acknowledged(*line, u"a"_s)->size(), 0);
    QCOMPARE(counts(*line), (DeliveryCounts{.sent = 1, .confirmed = 1}));
}

void DeliveryTest::counts_only_what_was_tried()
{
    auto line = opened(fresh());
    recordPasses(*line, 1);
    const qint64 id = idsOf(lease(*line, u"a"_s)).first();
    QCOMPARE(settle(*line, {{.id = id, .untried = true}})->size(), 1);
    QCOMPARE(lease(*line, u"a"_s)->deliveries.first().attempts, 1); // of a fault before it
    QCOMPARE(settle(*line, {{.id = id}})->size(), 1);
    QCOMPARE(lease(*line, u"a"_s)->deliveries.first().attempts, 2);
}

void DeliveryTest::finds_what_was_acknowledged()
{
    auto line = opened(fresh());
    recordPasses(*line, 3);
    const auto leased = lease(*line, u"a"_s);
    QStringList keys{u"nobody"_s};
    for (const Delivery &delivery : leased->deliveries)
        keys.append(delivery.payload.key.toUpper());
    settle(*line, {{leased->deliveries.first().id, DeliveryState::Acknowledged}}).value();
    std::optional<Result<QList<Delivery>>> found;
    connect(line.get(), &Ledger::found, this,
        [&](quint64, const Result<QList<Delivery>> &deliveries) { found = deliveries; });
    line->findAcknowledged(u"main"_s, keys);
    QTRY_VERIFY_WITH_TIMEOUT(found && found->has_value(), 30'000);
    QCOMPARE((*found)->size(), 1);
    QCOMPARE((*found)->first().id, leased->deliveries.first().id);
    found.reset();
    line->findAcknowledged(u"main"_s, {});
    QTRY_VERIFY_WITH_TIMEOUT(found && found->has_value() && (*found)->isEmpty(), 30'000);
}

void DeliveryTest::never_leaves_an_end_data()
{
    QTest::addColumn<QString>("engine");
    QTest::addColumn<int>("end");
    for (const QString &engine : {u"sqlite"_s, u"postgres"_s}) {
        using enum DeliveryState;
        for (const DeliveryState end : {Confirmed, Rejected, Conflict, Withdrawn})
            QTest::addRow("%s: %s", qPrintable(engine), qPrintable(word(end)))
                << engine << static_cast<int>(end);
    }
}

void DeliveryTest::never_leaves_an_end()
{
    QFETCH(int, end);
    auto line = opened(fresh());
    recordPasses(*line, 1);
    const qint64 id = idsOf(lease(*line, u"a"_s)).first();
    QCOMPARE(settle(*line, {{id, static_cast<DeliveryState>(end)}})->size(), 1);
    const auto before = counts(*line);
    for (const auto state : {DeliveryState::Pending, DeliveryState::Acknowledged})
        QCOMPARE(settle(*line, {{id, state}}), QList<Settlement>());
    m_places.watch.add(1'000'000);
    QVERIFY(idsOf(lease(*line, u"b"_s)).isEmpty());
    QCOMPARE(counts(*line), before);
}

void DeliveryTest::hands_out_no_held_delivery()
{
    auto line = opened(fresh());
    Proposal lot = passOf(u"SN-1"_s, 1);
    lot.when = Moment::Lot;
    QCOMPARE(record(*line, lot)->delivery, DeliveryState::Held);
    QVERIFY(idsOf(lease(*line, u"a"_s)).isEmpty());
    QCOMPARE(settle(*line, {{1, DeliveryState::Acknowledged}}), QList<Settlement>());
    QCOMPARE(counts(*line), (DeliveryCounts{.held = 1}));
    QCOMPARE(settle(*line, {{1, DeliveryState::Withdrawn}})->size(), 1);
    QCOMPARE(counts(*line), (DeliveryCounts{.withdrawn = 1}));
}

QTEST_GUILESS_MAIN(DeliveryTest)
#include "delivery.moc"
