// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

#include <QDateTime>
#include <QJsonDocument>

using namespace shopfloor;

/// What the ledger decides: verdicts, bindings, attempts, the queue.
class LedgerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void records_a_pass_data() { engines(); }
    void records_a_pass();
    void refuses_a_second_device_with_the_same_key_data() { engines(); }
    void refuses_a_second_device_with_the_same_key();
    void refuses_another_key_for_a_bound_serial_data() { engines(); }
    void refuses_another_key_for_a_bound_serial();
    void refuses_a_taken_registration_data() { engines(); }
    void refuses_a_taken_registration();
    void renews_a_retest_without_another_delivery_data() { engines(); }
    void renews_a_retest_without_another_delivery();
    void enrolls_again_after_a_rejection_data() { engines(); }
    void enrolls_again_after_a_rejection();
    void counts_attempts_since_the_last_pass_data() { engines(); }
    void counts_attempts_since_the_last_pass();
    void binds_only_what_may_enroll_data() { engines(); }
    void binds_only_what_may_enroll();
    void never_passes_without_a_key();
    void one_of_two_clones_passes_data() { engines(); }
    void one_of_two_clones_passes();
    void keeps_the_queue_over_a_restart_data() { engines(); }
    void keeps_the_queue_over_a_restart();
    void looks_up_bound_serials_data() { engines(); }
    void looks_up_bound_serials();
    void survives_a_server_restart();

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }
    Places m_places;
};

void LedgerTest::records_a_pass()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    Proposal proposal = passOf(u"SN-1"_s, 1);
    proposal.device.facts.insert(u"mac"_s, u"00:11"_s);
    const auto recorded = record(*ledger, proposal);
    QVERIFY2(recorded.has_value(), qPrintable(recorded ? QString() : recorded.error().detail));
    QCOMPARE(recorded->examination, proposal.examination);
    QCOMPARE(recorded->seq, 1);
    QCOMPARE(recorded->atUs, place.clock().utcUs);
    QCOMPARE(recorded->attempt, 1);
    QCOMPARE(recorded->delivery, DeliveryState::Pending);
    ledger.reset();

    auto database = rawDatabase(place);
    const auto body = database->select(u"SELECT body FROM entry"_s)->first().first().toByteArray();
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    QCOMPARE(object.value(u"serial").toString(), u"SN-1"_s);
    QCOMPARE(object.value(u"boardSerial").toString(), u"B-SN-1"_s);
    QCOMPARE(object.value(u"purpose").toString(), u"production"_s);
    QCOMPARE(object.value(u"customer").toString(), u"ACME"_s);
    QCOMPARE(object.value(u"order").toString(), u"4711"_s);
    QCOMPARE(object.value(u"verdict").toString(), u"pass"_s);
    QCOMPARE(object.value(u"plan").toObject().value(u"version").toString(), u"1.0.0"_s);
    QCOMPARE(object.value(u"facts").toObject().value(u"mac").toString(), u"00:11"_s);
    QCOMPARE(object.value(u"station").toString(), u"line1-a"_s);
    QVERIFY(object.value(u"rootBundle").isNull());
    QCOMPARE(object.value(u"software").toString(), QStringLiteral(EKSTATION_VERSION));
    const auto binding =
        database->select(u"SELECT serial, state, service, registration_key FROM binding"_s);
    QCOMPARE(*binding,
        (Database::Rows{{u"SN-1"_s, u"active"_s, u"main"_s, keyOf(1).registrationId().toLower()}}));
    QCOMPARE(database->select(u"SELECT payload FROM delivery"_s)->first().first().toByteArray(),
        proposal.enrollment->body);
}

void LedgerTest::refuses_a_second_device_with_the_same_key()
{
    auto ledger = opened(fresh());
    const auto first = record(*ledger, passOf(u"SN-1"_s, 1));
    QCOMPARE(first->examination.verdict, Verdict::Pass);
    m_places.watch.add(5);
    const auto second = record(*ledger, passOf(u"SN-2"_s, 1));
    QCOMPARE(second->examination.verdict, Verdict::Fail);
    QVERIFY(!second->delivery);
    const Finding finding = second->examination.findings.last();
    QCOMPARE(finding.check, u"uniqueness"_s);
    QCOMPARE(finding.outcome, Outcome::Fail);
    const auto time = QDateTime::fromMSecsSinceEpoch(first->atUs / 1000, Qt::UTC);
    QCOMPARE(finding.measured,
        u"serial SN-1, %1, station line1-a"_s.arg(time.toString(u"yyyy-MM-ddThh:mm:ssZ")));
    QCOMPARE(finding.limit, u"one device per EK"_s);
    QCOMPARE(finding.advice, u"duplicate-ek"_s);
    QCOMPARE(counts(*ledger).pending, 1);
}

void LedgerTest::refuses_another_key_for_a_bound_serial()
{
    auto ledger = opened(fresh());
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    const auto second = record(*ledger, passOf(u"SN-1"_s, 2));
    QCOMPARE(second->examination.verdict, Verdict::Fail);
    QCOMPARE(second->examination.findings.last().advice, u"new-ek-needs-release"_s);
    QCOMPARE(counts(*ledger).pending, 1);
}

void LedgerTest::refuses_a_taken_registration()
{
    auto ledger = opened(fresh());
    Proposal first = passOf(u"SN-1"_s, 1);
    first.enrollment->key = u"Same-Name"_s;
    Proposal second = passOf(u"SN-2"_s, 2);
    second.enrollment->key = u"same-name"_s;
    QVERIFY(record(*ledger, first));
    const auto recorded = record(*ledger, second);
    QCOMPARE(recorded->examination.verdict, Verdict::Fail);
    QCOMPARE(recorded->examination.findings.last().check, u"uniqueness"_s);
    second.enrollment->destination = u"other"_s;
    QCOMPARE(record(*ledger, second)->examination.verdict, Verdict::Pass);
}

void LedgerTest::renews_a_retest_without_another_delivery()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    Proposal proposal = passOf(u"SN-1"_s, 1);
    proposal.when = Moment::Lot;
    QCOMPARE(record(*ledger, proposal)->delivery, DeliveryState::Held);
    proposal.when = Moment::Pass;
    const auto again = record(*ledger, proposal);
    QCOMPARE(again->examination.verdict, Verdict::Pass);
    QCOMPARE(again->seq, 2);
    QCOMPARE(again->delivery, DeliveryState::Held);
    QCOMPARE(counts(*ledger), (DeliveryCounts{.held = 1}));
    ledger.reset();
    const auto bindings = rawDatabase(place)->select(u"SELECT seq, state FROM binding"_s);
    QCOMPARE(*bindings, (Database::Rows{{2, u"active"_s}}));
}

void LedgerTest::enrolls_again_after_a_rejection()
{
    auto ledger = opened(fresh());
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    const qint64 id = lease(*ledger, u"a"_s)->deliveries.first().id;
    QCOMPARE(settle(*ledger, {{id, DeliveryState::Rejected, 0, 400, u"no"_s}})->size(), 1);
    QCOMPARE(record(*ledger, passOf(u"SN-1"_s, 1))->delivery, DeliveryState::Pending);
    QCOMPARE(counts(*ledger), (DeliveryCounts{.pending = 1, .rejected = 1}));
}

void LedgerTest::counts_attempts_since_the_last_pass()
{
    auto ledger = opened(fresh());
    const auto attempt = [&](Verdict verdict) {
        return record(*ledger,
            verdict == Verdict::Pass ? passOf(u"SN-1"_s, 1) : failOf(u"SN-1"_s, 1, verdict))
            ->attempt;
    };
    QCOMPARE(attempt(Verdict::Fail), 1);
    QCOMPARE(attempt(Verdict::Error), 2);
    QCOMPARE(attempt(Verdict::Aborted), 2);
    QCOMPARE(attempt(Verdict::Timeout), 2);
    QCOMPARE(record(*ledger, failOf(u"SN-9"_s, 9))->attempt, 1);
    QCOMPARE(attempt(Verdict::Pass), 3);
    QCOMPARE(attempt(Verdict::Fail), 1);
    QCOMPARE(attempt(Verdict::Fail), 2);
}

void LedgerTest::binds_only_what_may_enroll()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    for (const Purpose purpose : {Purpose::Golden, Purpose::Engineering, Purpose::Packout}) {
        Proposal proposal = passOf(u"SN-"_s + word(purpose), 1);
        proposal.purpose = purpose;
        const auto recorded = record(*ledger, proposal);
        QCOMPARE(recorded->examination.verdict, Verdict::Pass);
        QVERIFY(!recorded->delivery);
    }
    Proposal training = passOf(u"SN-T"_s, 1);
    training.purpose = Purpose::Training;
    QCOMPARE(record(*ledger, training).error().fault, Fault::Purpose);
    QCOMPARE(record(*ledger, failOf(u"SN-F"_s, 1))->examination.verdict, Verdict::Fail);
    Proposal quiet = passOf(u"SN-Q"_s, 1);
    quiet.enrollment.reset();
    const auto bound = record(*ledger, quiet);
    QCOMPARE(bound->examination.verdict, Verdict::Pass);
    QVERIFY(!bound->delivery);
    QCOMPARE(record(*ledger, passOf(u"SN-R"_s, 1))->examination.verdict, Verdict::Fail);
    QCOMPARE(counts(*ledger), DeliveryCounts{});
    ledger.reset();
    QCOMPARE(
        rawDatabase(place)->select(u"SELECT serial FROM binding"_s), (Database::Rows{{u"SN-Q"_s}}));
}

void LedgerTest::never_passes_without_a_key()
{
    auto ledger = opened(m_places.fresh(u"sqlite"_s));
    Proposal proposal = passOf(u"SN-1"_s, 1);
    proposal.examination.key.reset();
    const auto recorded = record(*ledger, proposal);
    QCOMPARE(recorded->examination.verdict, Verdict::Error);
    QCOMPARE(recorded->examination.trouble->code, u"ledger"_s);
    proposal.device.serial.clear();
    QCOMPARE(record(*ledger, proposal).error().fault, Fault::Refused);
}

void LedgerTest::one_of_two_clones_passes()
{
    const LedgerPlace first = fresh();
    LedgerPlace second = first;
    second.stationId = u"line1-b"_s;
    std::array ledgers{opened(first), opened(second)};
    constexpr int Rounds = 25;
    QMap<QString, int> passes;
    int answers = 0;
    for (auto &ledger : ledgers) {
        connect(
            ledger.get(), &Ledger::recorded, this, [&](quint64, const Result<Recorded> &recorded) {
                QVERIFY2(recorded.has_value(),
                    qPrintable(recorded ? QString() : recorded.error().detail));
                ++answers;
                if (recorded->examination.verdict == Verdict::Pass)
                    ++passes[recorded->serial.section(u'/', 1)];
            });
    }
    for (int round = 0; round < Rounds; ++round) {
        // Both threads work at once: the same key under two labels.
        ledgers[0]->record(passOf(u"a/%1"_s.arg(round), round));
        ledgers[1]->record(passOf(u"b/%1"_s.arg(round), round));
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers, 2 * Rounds, 60'000);
    QCOMPARE(passes.size(), Rounds);
    for (const int passed : std::as_const(passes))
        QCOMPARE(passed, 1);
    QCOMPARE(counts(*ledgers[0]).pending, Rounds);
}

void LedgerTest::keeps_the_queue_over_a_restart()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    const auto rows = answer(*ledger, &Ledger::queueWritten, [&] {
        return ledger->enqueue(
            {{u"SN-1"_s, {}}, {u"SN-2"_s, {}}, {u"SN-3"_s, u"2"_s}, {u"SN-4"_s, {}}});
    });
    QCOMPARE(rows->size(), 4);
    const auto begin = [&](const QString &serial) {
        return answer(
            *ledger, &Ledger::queueWritten, [&] { return ledger->begin(serial, u"1"_s); });
    };
    QCOMPARE(begin(u"SN-1"_s)->first(), (Queued{u"SN-1"_s, u"1"_s, Queued::State::Running, 1}));
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QCOMPARE(begin(u"SN-2"_s)->size(), 3);
    QCOMPARE(
        answer(*ledger, &Ledger::queueWritten, [&] { return ledger->forget(u"SN-4"_s); })->size(),
        2);
    ledger.reset(); // a kill leaves the same rows: each call is committed when it answers

    ledger = opened(place);
    QCOMPARE(
        ledger->interrupted(), (QList<Queued>{{u"SN-2"_s, u"1"_s, Queued::State::Interrupted, 1}}));
    QCOMPARE(ledger->waiting(), (QList<Queued>{{u"SN-3"_s, u"2"_s, Queued::State::Waiting, 0}}));
    ledger = nullptr;
    ledger = opened(place); // still interrupted, and no second entry for it
    QCOMPARE(ledger->interrupted().size(), 1);
    QCOMPARE(begin(u"SN-2"_s)->at(1).state, Queued::State::Running);
    QCOMPARE(record(*ledger, passOf(u"SN-2"_s, 2))->seq, 3);
    ledger.reset();
    const auto aborted = rawDatabase(place)->select(
        u"SELECT serial, slot, error_code FROM record WHERE verdict = 'aborted'"_s);
    QCOMPARE(*aborted, (Database::Rows{{u"SN-2"_s, u"1"_s, u"interrupted"_s}}));
}

void LedgerTest::looks_up_bound_serials()
{
    auto ledger = opened(fresh());
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QVERIFY(record(*ledger, failOf(u"SN-2"_s, 2)));
    const auto bound = answer(*ledger, &Ledger::lookedUp,
        [&] { return ledger->lookUp({u"SN-2"_s, u"SN-1"_s, u"SN-3"_s}); });
    QCOMPARE(bound->size(), 1);
    QCOMPARE(bound->first().serial, u"SN-1"_s);
    QCOMPARE(bound->first().seq, 1);
    QCOMPARE(bound->first().delivery, DeliveryState::Pending);
    QVERIFY(bound->first().body.contains("SN-1"));
}

void LedgerTest::survives_a_server_restart()
{
    auto ledger = opened(m_places.fresh(u"postgres"_s));
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    m_places.postgres().restart();
    const auto recorded = record(*ledger, passOf(u"SN-2"_s, 2));
    QVERIFY2(recorded.has_value(), qPrintable(recorded ? QString() : recorded.error().detail));
    QCOMPARE(recorded->seq, 2);
}

QTEST_GUILESS_MAIN(LedgerTest)
#include "ledger.moc"
