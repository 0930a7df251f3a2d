// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/line/verdicts.h"
#include "tests/support/lineplace.h"
#include "tests/support/spoilt.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/session.h"
#include "tpm/templates.h"

#include <QTest>

using namespace verdicts;
using support::Swtpm;

namespace {

using Prepare = std::function<void(const Swtpm &)>;

void must(const support::Ran &ran)
{
    if (ran.exit != 0)
        qFatal("%s", ran.said().constData());
}

Prepare tool(const QString &name, const QStringList &arguments)
{
    return [name, arguments](const Swtpm &tpm) { must(tpm.tool(name, arguments)); };
}

std::unique_ptr<tpm::Session> sessionAt(const Swtpm &tpm)
{
    auto session = tpm::Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    return std::move(*session);
}

void persistTheSdksKey(const Swtpm &tpm)
{
    const auto session = sessionAt(tpm);
    const auto key = session->createPrimary(
        tpm::Hierarchy::Endorsement, tpm::templateArea(tpm::Template::SdkEmptyUnique));
    if (!key || !session->persist(*key, 0x81010001))
        qFatal("the SDK's key cannot be persisted");
}

void fillAllSlots(const Swtpm &tpm)
{
    const auto session = sessionAt(tpm);
    const auto key = session->createPrimary(tpm::Hierarchy::Owner, tpm::challengeArea());
    if (!key)
        qFatal("%s", qPrintable(key.error().detail));
    for (quint32 handle = 0x81000200; session->persist(*key, handle); ++handle) { }
}

/// One wrong password, where one is enough.
void guessWrong(const Swtpm &tpm)
{
    const QString index = u"0x01500001"_s;
    must(tpm.tool(u"tpm2_dictionarylockout"_s,
        {u"--setup-parameters"_s, u"--max-tries=1"_s, u"--recovery-time=1000"_s,
            u"--lockout-recovery-time=1000"_s}));
    must(tpm.tool(u"tpm2_nvdefine"_s,
        {index, u"-C"_s, u"o"_s, u"-s"_s, u"8"_s, u"-p"_s, u"right"_s, u"-a"_s,
            u"authread|authwrite"_s}));
    if (tpm.tool(u"tpm2_nvread"_s, {index, u"-C"_s, index, u"-P"_s, u"wrong"_s}).exit == 0)
        qFatal("a wrong password was taken");
}

void storeAnothersCertificate(const Swtpm &tpm)
{
    constexpr quint32 index = 0x01c00002;
    const Swtpm other({.manufactured = true});
    const auto certificate = sessionAt(other)->readNv(index, 1024);
    if (!certificate)
        qFatal("%s", qPrintable(certificate.error().detail));
    QTemporaryDir folder;
    QFile file(folder.filePath(u"certificate"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(*certificate) != certificate->size())
        qFatal("%s", qPrintable(file.errorString()));
    file.close();
    must(tpm.tool(u"tpm2_nvdefine"_s,
        {u"0x01c00002"_s, u"-C"_s, u"o"_s, u"-s"_s, QString::number(certificate->size()), u"-a"_s,
            u"ownerwrite|ownerread|authread|no_da"_s}));
    must(tpm.tool(u"tpm2_nvwrite"_s, {u"0x01c00002"_s, u"-C"_s, u"o"_s, u"-i"_s, file.fileName()}));
}

} // namespace

/// What each kind of device gets from the shipped plans: which verdict, and which finding says why.
class DevicesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachKind_data();
    void eachKind();
    void theBankThatIsNotActive();
    void theLedgerIsAskedBeforeTheTpmHasToWork();
    void aWholePlanNeedsFewCommands();
    void qaLeavesNoTrace();

private:
    support::Workplace m_workplace;
};

void DevicesTest::eachKind_data()
{
    QTest::addColumn<bool>("manufactured");
    QTest::addColumn<Prepare>("prepare");
    QTest::addColumn<QString>("check");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("measured"); // begins so
    QTest::addColumn<QString>("advice");
    const auto good = [](const char *name, bool manufactured, const QString &check,
                          const QString &measured, Outcome outcome = Outcome::Pass,
                          const QString &advice = {}) {
        QTest::newRow(name) << manufactured << Prepare([](const Swtpm &) { }) << check << outcome
                            << measured << advice;
    };
    const auto bad = [](const char *name, bool manufactured, const Prepare &prepare,
                         const QString &check, const QString &measured, const QString &advice) {
        QTest::newRow(name) << manufactured << prepare << check << Outcome::Fail << measured
                            << advice;
    };
    good("blank", false, u"template"_s, u"tcg-l1, not persisted"_s);
    good("blank, no certificate", false, u"certificate"_s, u"none in NV"_s, Outcome::Record);
    good("from its maker", true, u"certificate"_s, u"matches the key"_s);
    good("from its maker, its template", true, u"template"_s, u"tcg-l1, persisted"_s);
    good("attests", true, u"rehearsal"_s, u"attested"_s);
    good("software", true, u"kind"_s, u"virtual"_s, Outcome::Record, u"software-tpm"_s);
    good("nobody knows its weaknesses", true, u"advisories"_s, u"unknown"_s, Outcome::Record);
    good("no identity command", true, u"identity"_s, u"no identity command"_s, Outcome::Skip);
    const auto auth = [](const QString &who) {
        return tool(u"tpm2_changeauth"_s, {u"-c"_s, who, u"secret"_s});
    };
    bad("owned", true, auth(u"owner"_s), u"ownership"_s, u"owner password set"_s, u"tpm-owned"_s);
    bad("endorsement password set", true, auth(u"endorsement"_s), u"ownership"_s,
        u"endorsement password set"_s, u"tpm-owned"_s);
    bad("endorsement password set: no proof", true, auth(u"endorsement"_s), u"challenge"_s,
        u"not proven"_s, u"possession-not-proven"_s);
    bad("lockout password set", true, auth(u"lockout"_s), u"ownership"_s, u"lockout password set"_s,
        u"tpm-owned"_s);
    bad("clear disabled", true, tool(u"tpm2_clearcontrol"_s, {u"-C"_s, u"l"_s, u"s"_s}),
        u"ownership"_s, u"clear disabled"_s, u"tpm-owned"_s);
    bad("in lockout", true, guessWrong, u"ownership"_s, u"in lockout"_s, u"tpm-in-lockout"_s);
    bad("owner hierarchy disabled", true,
        tool(u"tpm2_hierarchycontrol"_s, {u"-C"_s, u"p"_s, u"shEnable"_s, u"clear"_s}),
        u"ownership"_s, u"owner hierarchy disabled"_s, u"hierarchy-disabled"_s);
    bad("endorsement hierarchy disabled", false,
        tool(u"tpm2_hierarchycontrol"_s, {u"-C"_s, u"p"_s, u"ehEnable"_s, u"clear"_s}), u"key"_s,
        u"TPM2_CreatePrimary"_s, u"tpm-refused"_s);
    bad("the SDK's key persisted", false, persistTheSdksKey, u"template"_s,
        u"sdk-empty-unique, persisted"_s, u"ek-of-another-template"_s);
    bad("another's certificate", false, storeAnothersCertificate, u"certificate"_s,
        u"another key"_s, u"certificate-of-another-key"_s);
    bad("no free slots", false, fillAllSlots, u"slots"_s, u"0 free"_s, u"no-free-slots"_s);
}

void DevicesTest::eachKind()
{
    QFETCH(const bool, manufactured);
    QFETCH(const Prepare, prepare);
    QFETCH(const QString, check);
    QFETCH(const Outcome, outcome);
    QFETCH(const QString, measured);
    QFETCH(const QString, advice);
    const Swtpm tpm({.manufactured = manufactured});
    prepare(tpm);
    const QByteArray before = tpm.handles("persistent") + tpm.leftovers();
    const auto examination = examined({.target = tpm.text()});
    const auto expected = outcome == Outcome::Fail ? Verdict::Fail : Verdict::Pass;
    QVERIFY2(examination.verdict == expected, said(examination));
    const Finding finding = findingOf(examination, check);
    QVERIFY2(finding.outcome == outcome && finding.measured.startsWith(measured)
            && finding.advice == advice,
        said(examination));
    QCOMPARE(tpm.handles("persistent") + tpm.leftovers(), before);
}

void DevicesTest::theBankThatIsNotActive()
{
    Swtpm tpm;
    must(tpm.tool(u"tpm2_pcrallocate"_s, {u"sha1:all+sha256:none+sha384:none+sha512:none"_s}));
    tpm.restart();
    const auto examination = examined({.target = tpm.text()});
    const Finding finding = findingOf(examination, u"pcr"_s);
    QVERIFY2(finding.outcome == Outcome::Fail && finding.measured == u"sha1"
            && finding.advice == u"pcr-bank-missing",
        said(examination));
}

/// A clone is known before the device has to prove anything, and so before anything is written.
void DevicesTest::theLedgerIsAskedBeforeTheTpmHasToWork()
{
    const support::LinePlace place(1, m_workplace.path(u"clone"_s));
    const Swtpm original;
    const auto first = place.run({u"FIRST\t"_s + original.text()});
    QVERIFY2(first.exit == 0, first.said());
    // Only now: a TPM that has just begun may not have written its seeds yet.
    const Swtpm clone({.original = &original});
    const auto second = place.run({u"SECOND\t"_s + clone.text()});
    QVERIFY2(second.exit == 1, second.said());
    const QJsonArray findings = second.json().value(0)[u"findings"].toArray();
    QStringList order;
    for (const QJsonValue &finding : findings)
        order.append(finding[u"check"].toString() + u'=' + finding[u"outcome"].toString());
    QVERIFY2(order.count(u"uniqueness=fail"_s) == 1, second.said());
    QVERIFY(order.indexOf(u"uniqueness=fail"_s) < order.indexOf(u"challenge=pass"_s));
    const QJsonValue finding = findings[order.indexOf(u"uniqueness=fail"_s)];
    QVERIFY(finding[u"measured"].toString().contains(u"serial FIRST"));
    QCOMPARE(finding[u"advice"].toString(), u"duplicate-ek"_s);
}

void DevicesTest::aWholePlanNeedsFewCommands()
{
    for (const bool manufactured : {false, true}) {
        const Swtpm tpm({.manufactured = manufactured});
        const auto examination = examined({.target = tpm.text()});
        QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
        QVERIFY2(examination.commands < 60, said(examination));
    }
}

void DevicesTest::qaLeavesNoTrace()
{
    const Swtpm tpm({.manufactured = true});
    const QByteArray before = tpm.handles("persistent") + tpm.handles("transient");
    const QStringList read{u"read"_s, u"--device"_s, tpm.text(), u"--plan"_s, u"qa"_s};
    const auto table = support::runCli(read);
    const auto json = support::runCli(read + QStringList{u"--json"_s});
    QVERIFY2(table.exit == 0 && json.exit == 0, table.said());
    QCOMPARE(tpm.handles("persistent") + tpm.handles("transient"), before);
    const auto plan = planOf(u"qa"_s);
    QCOMPARE(json.json().value(0)[u"findings"].toArray().size(), plan.checks.size());
    for (const char *outcome : {"pass ", "warn ", "record "})
        QVERIFY2(table.out.contains(outcome), table.said());
    for (const QJsonValue &finding : json.json().value(0)[u"findings"].toArray())
        QVERIFY2(table.out.contains(finding[u"measured"].toString().toUtf8()), table.said());
}

QTEST_GUILESS_MAIN(DevicesTest)
#include "devices.moc"
