// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/gate.h"
#include "tests/station/shopfloor.h"
#include "tpm/handles.h"

using namespace shopfloor;

/// Which units may be packed, and every reason why one may not.
class GateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void letsPassWhatMayLeave();
    void knowsNoStranger();
    void seesANewerFail();
    void seesAFail();
    void holdsWhatIsHeld();
    void wantsTheEnrollmentAsMeant();
    void letsWaitWhatWaitsForShipment();
    void comparesTheTpm();
    void countsForNothing();

private:
    [[nodiscard]] GateFacts facts()
    {
        auto reader = readerOf(m_place);
        const auto facts = gateFactsOf(reader, u"A"_s);
        if (!facts)
            qFatal("%s", qPrintable(facts.error().detail));
        return *facts;
    }
    [[nodiscard]] QStringList reasons() { return failed(judge(facts())); }
    static QStringList failed(const QList<Finding> &findings)
    {
        QStringList checks;
        for (const Finding &finding : findings)
            if (finding.outcome == Outcome::Fail && gateAdvices().contains(finding.advice))
                checks.append(finding.check);
        return checks;
    }
    void record(const Proposal &proposal) { QVERIFY(m_store->record(proposal)); }
    /// Everything that is due ends so.
    void settle(DeliveryState state)
    {
        const auto leased = m_store->lease(u"main"_s, u"test"_s, 10, 60);
        for (const Delivery &delivery : leased->deliveries)
            QVERIFY(m_store->settle({{delivery.id, state}}));
    }
    void carryOut(UnitEvent event)
    {
        QVERIFY(m_store->carryOut({.event = event, .serial = u"A"_s, .reason = u"x"_s}, {}));
    }

    Places m_places;
    LedgerPlace m_place;
    std::unique_ptr<Store> m_store;
};

void GateTest::init()
{
    m_place = m_places.fresh(u"sqlite"_s);
    m_store = std::move(*Store::open(m_place));
}

void GateTest::letsPassWhatMayLeave()
{
    record(passOf(u"A"_s, 1));
    settle(DeliveryState::Confirmed);
    QCOMPARE(reasons(), QStringList());
}

void GateTest::knowsNoStranger()
{
    QCOMPARE(
        reasons(), (QStringList{u"verdict"_s, u"disposition"_s, u"binding"_s, u"enrollment"_s}));
}

void GateTest::seesANewerFail()
{
    record(passOf(u"A"_s, 1));
    settle(DeliveryState::Confirmed);
    Proposal golden = failOf(u"A"_s, 1);
    golden.purpose = Purpose::Golden;
    record(golden);
    QCOMPARE(reasons(), QStringList{u"newer-fail"_s});
    record(passOf(u"A"_s, 1));
    QCOMPARE(reasons(), QStringList());
}

void GateTest::seesAFail()
{
    record(passOf(u"A"_s, 1));
    settle(DeliveryState::Confirmed);
    record(failOf(u"A"_s, 1));
    QCOMPARE(
        reasons(), (QStringList{u"verdict"_s, u"newer-fail"_s, u"disposition"_s, u"enrollment"_s}));
}

void GateTest::holdsWhatIsHeld()
{
    Proposal lot = passOf(u"A"_s, 1);
    lot.when = Moment::Lot;
    record(lot);
    QCOMPARE(reasons(), (QStringList{u"disposition"_s, u"enrollment"_s}));
    QVERIFY(m_store->release({.order = u"4711"_s}));
    QCOMPARE(reasons(), QStringList{u"enrollment"_s});
    settle(DeliveryState::Confirmed);
    QCOMPARE(reasons(), QStringList());
    carryOut(UnitEvent::Ship);
    QCOMPARE(reasons(), QStringList{u"disposition"_s});
}

void GateTest::wantsTheEnrollmentAsMeant()
{
    record(passOf(u"A"_s, 1));
    QCOMPARE(reasons(), QStringList{u"enrollment"_s});
    settle(DeliveryState::Acknowledged);
    QCOMPARE(reasons(), QStringList{u"enrollment"_s});
    settle(DeliveryState::Rejected);
    QCOMPARE(reasons(), QStringList{u"enrollment"_s});
    Proposal silent = passOf(u"A"_s, 1);
    silent.enrollment.reset(); // a plan that enrolls nothing leaves it as it is
    record(silent);
    QCOMPARE(reasons(), QStringList{u"enrollment"_s});
}

void GateTest::letsWaitWhatWaitsForShipment()
{
    Proposal ship = passOf(u"A"_s, 1);
    ship.when = Moment::Ship;
    ship.isEnabledLater = true;
    record(ship);
    QCOMPARE(reasons(), QStringList{u"enrollment"_s}); // not there yet, not even disabled
    settle(DeliveryState::Confirmed);
    QCOMPARE(reasons(), QStringList());
    carryOut(UnitEvent::Ship);
    settle(DeliveryState::Confirmed);
    carryOut(UnitEvent::Return);
    QCOMPARE(reasons(), (QStringList{u"disposition"_s, u"enrollment"_s}));
}

void GateTest::comparesTheTpm()
{
    Proposal pass = passOf(u"A"_s, 1);
    pass.examination.findings.append({u"ownership"_s, Outcome::Pass, u"unowned, 2 of 32 failures"_s,
        u"as it left its maker"_s, {}, 1});
    record(pass);
    const GateFacts known = facts();
    const LeaveRule leave{.ek = true, .srk = true, .dropIdentity = true};
    GateSight sight;
    sight.examination.key = keyOf(1);
    sight.persistent = {tpm::endorsementHandle, tpm::storageHandle};
    sight.state.lockoutCounter = 2;
    QCOMPARE(failed(judge(known, sight, leave)), QStringList());
    sight.state.lockoutCounter = 3;
    QCOMPARE(failed(judge(known, sight, leave)), QStringList{u"lockout"_s});
    sight.persistent = {tpm::endorsementHandle, tpm::identityHandle};
    sight.examination.key = keyOf(2);
    QCOMPARE(failed(judge(known, sight, leave)),
        (QStringList{u"same-key"_s, u"handles"_s, u"lockout"_s}));
    QCOMPARE(failed(judge(known, sight, {})), (QStringList{u"same-key"_s, u"lockout"_s}));
    sight.examination.key.reset(); // its endorsement hierarchy is off, say
    QCOMPARE(failed(judge(known, sight, leave)), QStringList{u"same-key"_s});
}

void GateTest::countsForNothing()
{
    record(passOf(u"A"_s, 1));
    settle(DeliveryState::Confirmed);
    Proposal packout = failOf(u"A"_s, 1);
    packout.purpose = Purpose::Packout;
    record(packout);
    QCOMPARE(reasons(), QStringList()); // what it found was put right
    record(failOf(u"A"_s, 1));
    record(packout);
    const auto next = m_store->record(passOf(u"A"_s, 1));
    QCOMPARE(next->attempt, 2);
}

QTEST_GUILESS_MAIN(GateTest)
#include "gate.moc"
