// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// A unit's life by the built program: shipment, repair, and the gate before the box.
class UnitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void shipmentEnables();
    void theGateIsGreen();
    void theGateNamesEachReason_data();
    void theGateNamesEachReason();
    void theGateAfterAFail();
    void theGateBeforeTheService_data();
    void theGateBeforeTheService();
    void tellsItsWholeLife();
    void refusesInWords();
    void failsNoMoreThanThePlanAllows();

private:
    [[nodiscard]] Ran unit(const QString &words, const QStringList &more) const
    {
        return runCli(m_place->command(words, more));
    }
    [[nodiscard]] Ran gate(const QString &serial, const QString &target) const
    {
        return unit(u"gate"_s, {serial, u"--device"_s, target, u"--json"_s});
    }
    [[nodiscard]] QString target(int device) const { return m_simulator->targets()[device]; }

    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_place;
    std::unique_ptr<station::Simulator> m_simulator;
};

namespace {

constexpr int devices = 8;

QString serialOf(int device)
{
    return u"UNIT-%1"_s.arg(device);
}

QStringList failedOf(const Ran &ran)
{
    QStringList failed;
    for (const QJsonValue &finding : ran.json().value(0)[u"findings"].toArray())
        if (finding[u"outcome"].toString() == u"fail")
            failed.append(finding[u"check"].toString());
    return failed;
}

} // namespace

void UnitsTest::initTestCase()
{
    m_place = std::make_unique<LinePlace>(1, m_workplace.path(u"place"_s));
    m_place->addSlots(devices - 1);
    m_place->usePlan(u"when = \"pass\""_s, u"when = \"ship\""_s);
    m_place->edit(u"plan.toml"_s, u"create_as = \"enabled\""_s, u"create_as = \"disabled\""_s);
    m_simulator = std::make_unique<station::Simulator>(
        support::blankDevices(devices, m_workplace.path(u"tpms"_s)));
    QStringList serials;
    for (int device = 0; device < devices; ++device)
        serials.append(serialOf(device) + u'\t' + target(device));
    const Ran ran = m_place->run(serials);
    QVERIFY2(ran.exit == 0, ran.said());
}

void UnitsTest::shipmentEnables()
{
    const auto &service = m_place->training().settings().services[u"main"_s];
    const QStringList registration{u"register"_s, u"--device"_s, target(0), u"--service"_s,
        service.url, u"--ca"_s, service.caFile, u"--id-scope"_s, service.idScope, u"--json"_s};
    const Ran early = runCli(registration);
    QVERIFY2(early.exit != 0 && early.said().contains("disabled"), early.said());
    const Ran ship = unit(u"unit ship"_s, {u"UNIT-0"_s, u"--json"_s});
    QVERIFY2(ship.exit == 0, ship.said());
    QCOMPARE(ship.json().value(0)[u"disposition"].toString(), u"shipped"_s);
    QCOMPARE(unit(u"upload"_s, {}).exit, 0);
    const Ran late = runCli(registration);
    QVERIFY2(late.exit == 0 && late.out.contains("assigned"), late.said());
    const Ran again = unit(u"unit ship"_s, {u"UNIT-0"_s});
    QVERIFY2(again.exit == 1 && again.err.contains("cannot leave again"), again.said());
}

void UnitsTest::theGateIsGreen()
{
    const Ran ran = gate(u"UNIT-1"_s, target(1));
    QVERIFY2(ran.exit == 0 && failedOf(ran).isEmpty(), ran.said());
    const auto entry =
        m_place->ledger().entry({u"training"_s, ran.json().value(0)[u"entry"].toInteger()});
    QCOMPARE(entry->record->purpose, station::Purpose::Packout);
    QCOMPARE(entry->record->verdict, station::Verdict::Pass);
    QVERIFY(entry->deliveries.isEmpty() || entry->deliveries.first().seq != entry->entry.seq);
}

void UnitsTest::theGateNamesEachReason_data()
{
    QTest::addColumn<int>("device");
    QTest::addColumn<QStringList>("tool"); // at the TPM
    QTest::addColumn<QStringList>("words"); // of a command about the unit
    QTest::addColumn<QStringList>("failed");
    QTest::newRow("changed EPS") << 2 << QStringList{u"tpm2_changeeps"_s} << QStringList()
                                 << QStringList{u"same-key"_s, u"handles"_s};
    QTest::newRow("cleared") << 3 << QStringList{u"tpm2_clear"_s, u"-c"_s, u"p"_s} << QStringList()
                             << QStringList{u"handles"_s};
    QTest::newRow("a handle is missing")
        << 4 << QStringList{u"tpm2_evictcontrol"_s, u"-C"_s, u"o"_s, u"-c"_s, u"0x81000001"_s}
        << QStringList() << QStringList{u"handles"_s};
    QTest::newRow("no key can be read")
        << 6 << QStringList{u"tpm2_hierarchycontrol"_s, u"-C"_s, u"p"_s, u"ehEnable"_s, u"clear"_s}
        << QStringList() << QStringList{u"same-key"_s};
    QTest::newRow("another's TPM")
        << 5 << QStringList() << QStringList() << QStringList{u"same-key"_s};
    QTest::newRow("its board was replaced")
        << 5 << QStringList()
        << QStringList{u"unit replace-board"_s, u"UNIT-5"_s, u"--reason"_s, u"x"_s}
        << QStringList{u"disposition"_s, u"binding"_s, u"enrollment"_s, u"same-key"_s};
}

void UnitsTest::theGateNamesEachReason()
{
    QFETCH(const int, device);
    QFETCH(QStringList, tool);
    QFETCH(QStringList, words);
    QFETCH(const QStringList, failed);
    if (!tool.isEmpty()) {
        const QString program = tool.takeFirst();
        const Ran ran = support::run(program, QStringList{u"-T"_s, target(device)} + tool);
        QVERIFY2(ran.exit == 0, ran.said());
    }
    if (!words.isEmpty()) {
        const QString verb = words.takeFirst();
        const Ran ran = unit(verb, words);
        QVERIFY2(ran.exit == 0, ran.said());
    }
    const bool isOther = device == 5 && words.isEmpty();
    const Ran ran = gate(serialOf(device), target(isOther ? 1 : device));
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(failedOf(ran), failed);
}

/// The unit came back to a slot, and somebody had taken its TPM into possession.
void UnitsTest::theGateAfterAFail()
{
    const Ran owned =
        support::run(u"tpm2_changeauth"_s, {u"-T"_s, target(7), u"-c"_s, u"owner"_s, u"secret"_s});
    QVERIFY2(owned.exit == 0, owned.said());
    const Ran failed = m_place->run({serialOf(7) + u'\t' + target(7)}, {u"--again"_s});
    QVERIFY2(failed.exit == 1, failed.said());
    const Ran ran = gate(serialOf(7), target(7));
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(failedOf(ran), (QStringList{u"verdict"_s, u"newer-fail"_s, u"disposition"_s}));
}

void UnitsTest::theGateBeforeTheService_data()
{
    QTest::addColumn<QString>("before"); // in the plan, or in the settings
    QTest::addColumn<QString>("after");
    QTest::addColumn<QStringList>("failed");
    QTest::newRow("held for its lot") << u"when = \"pass\""_s << u"when = \"lot\""_s
                                      << QStringList{u"disposition"_s, u"enrollment"_s};
    QTest::newRow("not enrolled yet")
        << u"[trust]"_s << u"[deliver]\nautomatic = false\n\n[trust]"_s
        << QStringList{u"enrollment"_s};
}

void UnitsTest::theGateBeforeTheService()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QFETCH(const QStringList, failed);
    const LinePlace place(
        1, m_workplace.path(QString::fromLatin1(QTest::currentDataTag()).remove(u' ')));
    if (before.startsWith(u"when"_s))
        place.usePlan(before, after);
    else
        place.edit(u"station.toml"_s, before, after);
    const QString device = place.training().simulator().targets().first();
    const Ran passed = place.run({u"SOLO-1\t"_s + device});
    QVERIFY2(passed.exit == 0, passed.said());
    const Ran ran =
        runCli(place.command(u"gate"_s, {u"SOLO-1"_s, u"--device"_s, device, u"--json"_s}));
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(failedOf(ran), failed);
}

void UnitsTest::tellsItsWholeLife()
{
    const Ran back = unit(u"unit return"_s, {u"UNIT-0"_s, u"--reason"_s, u"rma"_s});
    QVERIFY2(back.exit == 0, back.said());
    QCOMPARE(unit(u"person add"_s, {u"Rita Repair"_s, u"--role"_s, u"technician"_s}).exit, 0);
    const QStringList repair{u"UNIT-0"_s, u"--reason"_s, u"no-boot"_s, u"--by"_s, u"Rita Repair"_s};
    const Ran half = unit(u"unit repair"_s, repair);
    QVERIFY2(half.exit == 1 && half.err.contains("--action"), half.said());
    const Ran repaired =
        unit(u"unit repair"_s, repair + QStringList{u"--action"_s, u"reflow"_s, u"--json"_s});
    QVERIFY2(repaired.exit == 0, repaired.said());
    QCOMPARE(repaired.json().value(0)[u"disposition"].toString(), u"returned"_s); // as it was
    const Ran ran = unit(u"unit history"_s, {u"UNIT-0"_s, u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    const auto lines = ran.json();
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines[4][u"work"].toString(), u"reflow"_s);
    QCOMPARE(lines[4][u"names"].toArray(), QJsonArray{u"Rita Repair"_s});
    QVERIFY(lines[4][u"people"][0].toString().startsWith(u"p-"_s));
    QCOMPARE(lines[0][u"disposition"].toString(), u"returned"_s);
    QCOMPARE(lines[0][u"bindings"].toArray().size(), 1);
    QCOMPARE(lines[1][u"verdict"].toString(), u"pass"_s);
    QCOMPARE(lines[1][u"deliveries"].toArray().size(), 2); // created, and enabled later
    QCOMPARE(lines[2][u"action"].toString(), u"ship"_s);
    QCOMPARE(lines[3][u"action"].toString(), u"return"_s);
    QCOMPARE(lines[3][u"reason"].toString(), u"rma"_s);
    const Ran text = unit(u"unit history"_s, {u"UNIT-0"_s});
    QVERIFY2(text.exit == 0 && text.out.contains("return rma [disable"), text.said());
    QVERIFY2(text.out.contains("repair no-boot reflow Rita Repair"), text.said());
    QCOMPARE(unit(u"person erase"_s, {u"Rita Repair"_s}).exit, 0);
    const Ran erased = unit(u"unit history"_s, {u"UNIT-0"_s});
    QVERIFY2(erased.out.contains("repair no-boot reflow p-"), erased.said());
    QCOMPARE(unit(u"unit history"_s, {u"NOBODY"_s}).exit, 2);
}

void UnitsTest::refusesInWords()
{
    const Ran scrap = unit(u"unit scrap"_s, {u"UNIT-1"_s});
    QVERIFY2(scrap.exit == 1 && scrap.err.contains("--reason"), scrap.said());
    QCOMPARE(unit(u"unit scrap"_s, {u"NOBODY"_s, u"--reason"_s, u"x"_s}).exit, 2);
    m_place->edit(u"plan.toml"_s, u"[rework]\npersons = 0\nreasons = []"_s,
        u"[rework]\npersons = 2\nreasons = [\"cracked\"]"_s);
    const QStringList words{u"UNIT-1"_s, u"--reason"_s, u"cracked"_s, u"--by"_s, u"Ann"_s};
    const Ran alone = unit(u"unit scrap"_s, words);
    QVERIFY2(alone.exit == 2 && alone.err.contains("person add"), alone.said());
    for (const QString &name : {u"Ann"_s, u"Bob"_s})
        QCOMPARE(unit(u"person add"_s, {name, u"--role"_s, u"qa"_s}).exit, 0);
    const Ran one = unit(u"unit scrap"_s, words);
    QVERIFY2(one.exit == 1 && one.err.contains("two different people"), one.said());
    const Ran two = unit(u"unit scrap"_s, words + QStringList{u"--with"_s, u"Bob"_s, u"--json"_s});
    QVERIFY2(two.exit == 0, two.said());
    QCOMPARE(two.json().value(0)[u"hubs"][0][u"deviceId"].toString(), u"UNIT-1"_s);
}

/// Refused before any TPM command is sent: nothing is recorded of it.
void UnitsTest::failsNoMoreThanThePlanAllows()
{
    m_place->edit(u"plan.toml"_s, u"attempts = 3"_s, u"attempts = 1"_s);
    // Another unit's TPM: a fail.
    const QStringList wrong{u"WRONG-1\t"_s + target(3)};
    QCOMPARE(m_place->run(wrong).exit, 1);
    const auto records = [this] {
        return m_place->ledger().find({.serial = u"WRONG-1"_s})->size();
    };
    QCOMPARE(records(), 1);
    const Ran refused = m_place->run(wrong);
    QVERIFY2(refused.exit == 1 && refused.err.contains("the plan allows 1"), refused.said());
    QVERIFY2(refused.err.contains("unit retest") && refused.err.contains("qa"), refused.said());
    QCOMPARE(records(), 1);
    const Ran nobody = unit(u"unit retest"_s, {u"WRONG-1"_s});
    QVERIFY2(nobody.exit == 1 && nobody.err.contains("--by"), nobody.said());
    const Ran allowed = unit(u"unit retest"_s,
        {u"WRONG-1"_s, u"--by"_s, u"Ann"_s, u"--reason"_s, u"cable"_s, u"--json"_s});
    QVERIFY2(allowed.exit == 0, allowed.said());
    QCOMPARE(allowed.json().value(0)[u"action"].toString(), u"retest"_s);
    QCOMPARE(m_place->run(wrong).exit, 1);
    QCOMPARE(records(), 2);
}

QTEST_GUILESS_MAIN(UnitsTest)
#include "units.moc"
