// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/line/leaver.h"
#include "tests/station/shopfloor.h"
#include "tests/support/faultywire.h"
#include "tests/support/lineplace.h"

#include <QTest>

using namespace leaver;

/// When a line writes to a TPM and when it does not, and that others find what it has left.
class LeavingRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_factory = std::make_unique<Factory>(m_workplace.folder()); }
    void productionWritesNothingToASoftwareTpm();
    void onceInPlaceNothingIsWritten();
    void aBoundKeyIsNotReplaced();
    void whoKeepsNoRecordWritesNothing();
    void aDeadLedgerIsTheStationsFault();
    void clearingGivesTheSameEkAndANewStorageKey();
    void whatIsLeftIsWhatIsEnrolled();

private:
    support::Workplace m_workplace;
    std::unique_ptr<Factory> m_factory;
};

void LeavingRulesTest::productionWritesNothingToASoftwareTpm()
{
    const Swtpm tpm;
    support::FaultyWire relay(support::FaultyWire::relay(tpm.socketPath()));
    const auto examination = m_factory->examined(relay.listen().text, planOf(u"production"_s));
    QVERIFY2(examination.verdict == Verdict::Fail, said(examination));
    const auto failed = std::ranges::find(examination.findings, Outcome::Fail, &Finding::outcome);
    QCOMPARE(failed->check, u"kind"_s);
    QCOMPARE(failed->advice, u"software-tpm"_s);
    // EvictControl, Clear, NV_DefineSpace, NV_Write, HierarchyChangeAuth.
    for (const quint32 writing : {0x120U, 0x126U, 0x12aU, 0x137U, 0x129U})
        QVERIFY(!relay.commands().contains(writing));
    QCOMPARE(findingOf(examination, u"leave-ek"_s).outcome, Outcome::Skip);
    QCOMPARE(tpm.handles("persistent"), QByteArray());
}

void LeavingRulesTest::onceInPlaceNothingIsWritten()
{
    const Swtpm tpm({.manufactured = true});
    const Plan plan = planOf(u"training"_s);
    QCOMPARE(m_factory->examined(tpm.text(), plan).verdict, Verdict::Pass);
    const QByteArray before = tpm.handles("persistent");
    support::FaultyWire relay(support::FaultyWire::relay(tpm.socketPath()));
    const auto examination = m_factory->examined(relay.listen().text, plan);
    QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
    QVERIFY2(examination.commands < 60, said(examination));
    QVERIFY(!relay.commands().contains(0x120U)); // EvictControl
    QCOMPARE(tpm.handles("persistent"), before);
    QCOMPARE(examination.key->handle, tpm::endorsementHandle);
}

/// A device in the field is known by the key that would go.
void LeavingRulesTest::aBoundKeyIsNotReplaced()
{
    const Swtpm tpm;
    persistTheSdksKey(tpm);
    const QByteArray old = publicAt(tpm, tpm::endorsementHandle);
    Proposal proposal = shopfloor::passOf(u"FIELD-7"_s, 1);
    proposal.purpose = Purpose::Training;
    proposal.examination.key->publicArea = old;
    QVERIFY(shopfloor::record(m_factory->ledger(), proposal).has_value());
    const Plan plan = planWith([](LeaveRule &rule) { rule.replace = true; });
    const auto refused = m_factory->examined(tpm.text(), plan);
    const Finding finding = findingOf(refused, u"leave-ek"_s);
    QVERIFY2(finding.outcome == Outcome::Fail && finding.advice == u"ek-bound", said(refused));
    QVERIFY2(finding.measured.contains(u"FIELD-7"), said(refused));
    QCOMPARE(findingOf(refused, u"leave-srk"_s).outcome, Outcome::Skip);
    QCOMPARE(publicAt(tpm, tpm::endorsementHandle), old);
    // Released: the binding is not active any more.
    shopfloor::tamper(m_factory->place(), u"UPDATE binding SET state = 'superseded'"_s);
    const auto passed = m_factory->examined(tpm.text(), plan);
    QVERIFY2(passed.verdict == Verdict::Pass, said(passed));
    const QJsonObject action = m_factory->actions().last();
    QCOMPARE(action[u"losesEk"].toString().toLatin1(),
        QCryptographicHash::hash(old, QCryptographicHash::Sha256).toHex());
    QCOMPARE(action[u"ekSha256"].toString().toLatin1(), passed.key->sha256().toHex());
    QCOMPARE(publicAt(tpm, tpm::endorsementHandle), passed.key->publicArea);
}

/// As `read` does, whatever the plan.
void LeavingRulesTest::whoKeepsNoRecordWritesNothing()
{
    const Swtpm tpm;
    persistTheSdksKey(tpm);
    const Plan plan = planWith([](LeaveRule &rule) { rule.clear = rule.replace = true; });
    const QByteArray before = tpm.handles("persistent");
    const auto examination = examine({.target = tpm.text()}, plan, std::make_shared<tpm::Stop>());
    QCOMPARE(findingOf(examination, u"template"_s).outcome, Outcome::Fail);
    for (const QString &step :
        {u"leave-clear"_s, u"leave-identity"_s, u"leave-ek"_s, u"leave-srk"_s})
        QVERIFY2(findingOf(examination, step).outcome == Outcome::Skip, said(examination));
    QCOMPARE(tpm.handles("persistent") + tpm.leftovers(), before);
}

void LeavingRulesTest::aDeadLedgerIsTheStationsFault()
{
    const Swtpm tpm;
    persistTheSdksKey(tpm);
    const QByteArray before = publicAt(tpm, tpm::endorsementHandle);
    const auto full = [](const Intent &) -> Result<qint64> {
        return std::unexpected(Error{Fault::Full, u"no space left"_s});
    };
    const auto examination = examine({.target = tpm.text(), .intend = full},
        planWith([](LeaveRule &rule) { rule.replace = true; }), std::make_shared<tpm::Stop>());
    QCOMPARE(examination.verdict, Verdict::Error);
    QCOMPARE(examination.trouble, (Trouble{u"ledger"_s, u"no space left"_s}));
    QCOMPARE(publicAt(tpm, tpm::endorsementHandle), before);
}

void LeavingRulesTest::clearingGivesTheSameEkAndANewStorageKey()
{
    const Swtpm tpm({.manufactured = true});
    QCOMPARE(m_factory->examined(tpm.text(), planOf(u"training"_s)).verdict, Verdict::Pass);
    const QByteArray ek = publicAt(tpm, tpm::endorsementHandle);
    const QByteArray srk = publicAt(tpm, tpm::storageHandle);
    const auto examination = m_factory->examined(tpm.text(), planWith(allowClear));
    QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
    QCOMPARE(publicAt(tpm, tpm::endorsementHandle), ek);
    QVERIFY(publicAt(tpm, tpm::storageHandle) != srk && !srk.isEmpty());
    QVERIFY(!tpm.handles("persistent").contains("0x81010016")); // the plan allowed it
    QCOMPARE(findingOf(m_factory->examined(tpm.text(), planOf(u"training"_s)), u"certificate"_s)
                 .measured,
        u"matches the key"_s);
}

/// The whole line, on a device as its maker sends it; asked by a tool that knows the handles alone.
void LeavingRulesTest::whatIsLeftIsWhatIsEnrolled()
{
    const support::LinePlace place(1, m_workplace.path(u"place"_s));
    const Swtpm tpm;
    const QStringList serial{u"BLANK-1\t"_s + tpm.text()};
    const auto first = place.run(serial);
    QVERIFY2(first.exit == 0, first.said());
    const auto enrolled = place.enrolled();
    QCOMPARE(enrolled.size(), 1);
    QCOMPARE(support::readPublic(tpm.text()), QByteArray::fromBase64(enrolled.first()));
    const QStringList storage{u"-c"_s, u"0x81000001"_s};
    QCOMPARE(tpm.tool(u"tpm2_readpublic"_s, storage).exit, 0);
    QCOMPARE(first.json().value(0)[u"ek"][u"handle"].toString(), u"0x81010001"_s);

    tool(tpm, u"tpm2_clear"_s, {});
    QCOMPARE(tpm.handles("persistent"), QByteArray());
    const auto again = place.run(serial, {u"--again"_s});
    QVERIFY2(again.exit == 0, again.said());
    for (const char *field : {"public", "registrationId", "handle"})
        QCOMPARE(again.json().value(0)[u"ek"][QLatin1String(field)],
            first.json().value(0)[u"ek"][QLatin1String(field)]);
    QCOMPARE(place.enrolled(), enrolled);
    QCOMPARE(support::readPublic(tpm.text()), QByteArray::fromBase64(enrolled.first()));
    QCOMPARE(tpm.tool(u"tpm2_readpublic"_s, storage).exit, 0);
}

QTEST_GUILESS_MAIN(LeavingRulesTest)
#include "leavingrules.moc"
