// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/golden.h"

#include "station/ledgerreader.h"
#include "station/store.h"
#include "tests/station/floor.h"
#include "tests/support/workplace.h"

using namespace onfloor;
using namespace std::chrono_literals;

namespace {

constexpr qint64 hourUs = 3'600'000'000;

GoldenRule rule()
{
    return {.pass = {u"G-1"_s, u"G-2"_s}, .fail = {u"B-1"_s}, .hours = 12h};
}

Examination failed()
{
    Examination examination = passed();
    examination.verdict = Verdict::Fail;
    examination.findings.append({.check = u"advisories"_s, .outcome = Outcome::Fail});
    return examination;
}

} // namespace

/// A slot examines nothing before it has shown that it tells good from bad.
class GoldenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSlotOwesBothKinds();
    void whatWasReadHoldsForAShift();
    void aWrongReadingLocks_data();
    void aWrongReadingLocks();
    void withoutARuleAllIsOpen();
    void anInterruptedOneStaysGolden();
    void aLineKeepsLockedSlotsFree();
    void aGoldenDeviceIsNeitherAskedForNorEnrolled();
    void aRestartRemembers();

private:
    [[nodiscard]] GoldenGate gate() const
    {
        return GoldenGate(rule(), [this] { return Moments{.utcUs = m_now}; });
    }
    /// From the scan to the record.
    void go(Floor &floor, int slot, const QString &serial, const Examination &examination)
    {
        QVERIFY2(floor.line.scan(serial, u"t%1"_s.arg(slot + 1)), qPrintable(serial));
        floor.line.examined(slot, examination);
        floor.record(slot, m_now);
    }

    qint64 m_now = 100 * hourUs;
};

void GoldenTest::aSlotOwesBothKinds()
{
    GoldenGate gate = this->gate();
    QCOMPARE(gate.owed(u"1"_s), (QList{rule().pass, rule().fail}));
    gate.read(u"1"_s, u"G-2"_s, Verdict::Pass, m_now);
    QCOMPARE(gate.owed(u"1"_s), QList<QStringList>{rule().fail});
    gate.read(u"1"_s, u"B-1"_s, Verdict::Fail, m_now);
    QCOMPARE(gate.owed(u"1"_s), QList<QStringList>());
    QCOMPARE(gate.owed(u"2"_s).size(), 2); // each slot for itself
    QVERIFY(gate.isGolden(u"B-1"_s));
    QVERIFY(!gate.isGolden(u"SN-1"_s));
}

void GoldenTest::whatWasReadHoldsForAShift()
{
    GoldenGate gate = this->gate();
    gate.read(u"1"_s, u"G-1"_s, Verdict::Pass, m_now);
    gate.read(u"1"_s, u"B-1"_s, Verdict::Fail, m_now + hourUs);
    m_now += 2 * hourUs;
    QCOMPARE(gate.owed(u"1"_s).size(), 0);
    m_now += 10 * hourUs;
    QCOMPARE(gate.owed(u"1"_s), QList<QStringList>{rule().pass});
    m_now -= 13 * hourUs; // the clock was set back: nobody knows when it was read
    QCOMPARE(gate.owed(u"1"_s).size(), 2);
}

void GoldenTest::aWrongReadingLocks_data()
{
    QTest::addColumn<QString>("serial");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<bool>("locks");
    QTest::newRow("good fails") << u"G-2"_s << Verdict::Fail << true;
    QTest::newRow("good is silent") << u"G-1"_s << Verdict::Timeout << true;
    QTest::newRow("bad passes") << u"B-1"_s << Verdict::Pass << true;
    QTest::newRow("bad is silent") << u"B-1"_s << Verdict::Timeout << true;
    QTest::newRow("good, as it must") << u"G-2"_s << Verdict::Pass << false;
    QTest::newRow("the station's error") << u"G-1"_s << Verdict::Error << false;
    QTest::newRow("stopped") << u"B-1"_s << Verdict::Aborted << false;
}

void GoldenTest::aWrongReadingLocks()
{
    QFETCH(const QString, serial);
    QFETCH(const Verdict, verdict);
    QFETCH(const bool, locks);
    GoldenGate gate = this->gate();
    gate.read(u"1"_s, u"G-1"_s, Verdict::Pass, m_now - hourUs);
    gate.read(u"1"_s, u"B-1"_s, Verdict::Fail, m_now - hourUs);
    gate.read(u"1"_s, serial, verdict, m_now);
    QCOMPARE(!gate.owed(u"1"_s).isEmpty(), locks);
}

void GoldenTest::withoutARuleAllIsOpen()
{
    const GoldenGate gate;
    QCOMPARE(gate.owed(u"1"_s), QList<QStringList>());
    QVERIFY(!gate.isGolden(QString()));
}

void GoldenTest::aLineKeepsLockedSlotsFree()
{
    Floor floor(2, gate());
    const auto refused = floor.line.scan(u"SN-1"_s);
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.contains(u"slot 2 has to read G-1 or G-2 and B-1"_s),
        qPrintable(refused.error().detail));
    go(floor, 0, u"G-1"_s, passed());
    QVERIFY(!floor.line.scan(u"SN-1"_s));
    go(floor, 0, u"B-1"_s, failed());
    QVERIFY(floor.line.scan(u"SN-1"_s));
    QVERIFY(floor.line.scan(u"SN-2"_s));
    // The second waits, although a slot is free: that one is locked.
    QCOMPARE(floor.line.placeAt(0).device.serial, u"SN-1"_s);
    QCOMPARE(floor.line.waiting(), QStringList{u"SN-2"_s});
    QCOMPARE(floor.line.placeAt(1).owed.size(), 2);
}

void GoldenTest::aGoldenDeviceIsNeitherAskedForNorEnrolled()
{
    Floor floor(1, gate());
    QVERIFY(floor.line.scan(u"G-1"_s));
    QCOMPARE(floor.said(), QStringList{u"examine 0 G-1 t1"_s});
    floor.line.examined(0, passed());
    QCOMPARE(floor.proposed[0].purpose, Purpose::Golden);
    QVERIFY(!floor.proposed[0].enrollment);
}

/// The readings are entries as all others are, without a binding, and without a delivery.
void GoldenTest::aRestartRemembers()
{
    support::Workplace workplace;
    const LedgerPlace place{.url = u"sqlite:ledger.db"_s,
        .folder = workplace.folder(),
        .stationId = u"a"_s,
        .purpose = Purpose::Production};
    {
        const auto store = Store::open(place);
        QVERIFY(store);
        Proposal proposal{.device = {.serial = u"G-1"_s},
            .slot = u"1"_s,
            .purpose = Purpose::Golden,
            .examination = passed()};
        QVERIFY((*store)->record(proposal));
        proposal.device.serial = u"B-1"_s;
        proposal.examination = failed();
        QVERIFY((*store)->record(proposal));
        proposal.slot = u"2"_s;
        const auto again = (*store)->record(proposal);
        QVERIFY(again);
        QCOMPARE(again->attempt, 1); // nobody counts how often a known-bad device fails
    }
    auto reader = LedgerReader::open(place);
    QVERIFY(reader);
    const auto found = goldenGate(*reader, u"a"_s, rule());
    QVERIFY(found);
    QCOMPARE(found->owed(u"1"_s), QList<QStringList>());
    QCOMPARE(found->owed(u"2"_s), QList<QStringList>{rule().pass});
    QCOMPARE(reader->bindings()->size(), 0);
    QVERIFY(!*reader->unit(u"G-1"_s));
    const auto other = goldenGate(*reader, u"b"_s, rule());
    QVERIFY(other);
    QCOMPARE(other->owed(u"1"_s).size(), 2);
}

/// The station died while it read one: nobody takes that for an examination of a unit.
void GoldenTest::anInterruptedOneStaysGolden()
{
    support::Workplace workplace;
    const LedgerPlace place{.url = u"sqlite:ledger.db"_s,
        .folder = workplace.folder(),
        .stationId = u"a"_s,
        .goldens = {u"G-1"_s}};
    for (const QString &serial : {u"G-1"_s, u"SN-1"_s}) {
        const auto store = Store::open(place);
        QVERIFY(store && (*store)->begin(serial, u"1"_s));
    }
    QVERIFY(Store::open(place)); // which writes down what was interrupted
    auto reader = LedgerReader::open(place);
    QVERIFY(reader);
    const auto records = reader->find({});
    QVERIFY(records && records->size() == 2);
    for (const RecordRow &record : *records)
        QCOMPARE(record.purpose, record.serial == u"G-1" ? Purpose::Golden : Purpose::Production);
    QVERIFY(!*reader->unit(u"G-1"_s));
    QVERIFY(*reader->unit(u"SN-1"_s));
}

QTEST_GUILESS_MAIN(GoldenTest)
#include "golden.moc"
