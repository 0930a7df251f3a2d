// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/line/verdicts.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"

#include <QTest>

using namespace verdicts;
using support::Swtpm;

/// Whether the TPM sits in the unit that was scanned.
class IdentityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void crossedCablesFailOnBoth();
    void whatAUnitSaysOfItself_data();
    void whatAUnitSaysOfItself();

private:
    support::Workplace m_workplace;
};

/// Two units, and each cable in the other's place: both say what they are, neither is what was
/// scanned.
void IdentityTest::crossedCablesFailOnBoth()
{
    const Swtpm tpms[2];
    const QString serials[] = {u"SN-1"_s, u"SN-2"_s};
    for (const int slot : {0, 1}) {
        Subject subject{.target = tpms[slot].text(), .device = {.serial = serials[slot]}};
        for (const int unit : {slot, 1 - slot}) {
            subject.identity = {u"/bin/echo"_s, u"{\"serial\":\"%1\"}"_s.arg(serials[unit])};
            const auto examination = examined(subject);
            const Finding finding = findingOf(examination, u"identity"_s);
            const bool isCrossed = unit != slot;
            QCOMPARE(examination.verdict, isCrossed ? Verdict::Fail : Verdict::Pass);
            QCOMPARE(finding.measured, u"serial "_s + serials[unit]);
            QCOMPARE(finding.advice, isCrossed ? u"another-unit"_s : QString());
        }
    }
}

void IdentityTest::whatAUnitSaysOfItself_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("says"); // the finding's advice, or the trouble's code
    const auto echo = [](const char *json) {
        return QStringList{u"/bin/echo"_s, QString::fromLatin1(json)};
    };
    const QString wrong = u"another-unit"_s;
    QTest::newRow("all of it") << echo(
        R"({"serial":"SN-1","boardSerial":"B-1","macs":["00:00","00-1A-2B-3C-4D-5E"]})")
                               << Verdict::Pass << QString();
    QTest::newRow("another board")
        << echo(R"({"serial":"SN-1","boardSerial":"B-2","mac":"001a2b3c4d5e"})") << Verdict::Fail
        << wrong;
    QTest::newRow("another interface")
        << echo(R"({"serial":"SN-1","boardSerial":"B-1","mac":"001a2b3c4d5f"})") << Verdict::Fail
        << wrong;
    QTest::newRow("a fact left out")
        << echo(R"({"serial":"SN-1","mac":"001a2b3c4d5e"})") << Verdict::Fail << wrong;
    QTest::newRow("no JSON") << echo("SN-1") << Verdict::Fail << u"identity-unread"_s;
    QTest::newRow("it fails") << QStringList{u"/bin/false"_s} << Verdict::Error << u"identity"_s;
    QTest::newRow("no such program")
        << QStringList{u"/no/such/program"_s} << Verdict::Error << u"identity"_s;
    QTest::newRow("never an answer")
        << QStringList{u"/bin/sh"_s, u"-c"_s, u"read nothing < /dev/zero"_s} << Verdict::Error
        << u"identity"_s;
    QTest::newRow("an answer without end")
        << QStringList{u"/bin/cat"_s, u"/dev/zero"_s} << Verdict::Error << u"identity"_s;
}

void IdentityTest::whatAUnitSaysOfItself()
{
    QFETCH(const QStringList, command);
    QFETCH(const Verdict, verdict);
    QFETCH(const QString, says);
    const Swtpm tpm;
    const Device device{.serial = u"SN-1"_s,
        .boardSerial = u"B-1"_s,
        .order = {},
        .customer = {},
        .product = {},
        .facts = {{u"mac"_s, u"00:1A:2B:3C:4D:5E"_s}}};
    Plan plan = planOf(u"training"_s);
    const auto rule = std::ranges::find(plan.checks, u"identity"_s, &CheckRule::name);
    rule->limits[u"deadline_ms"_s] = 2000;
    const auto examination = examine({.target = tpm.text(), .device = device, .identity = command},
        plan, std::make_shared<tpm::Stop>());
    QVERIFY2(examination.verdict == verdict, said(examination));
    QCOMPARE(examination.trouble ? examination.trouble->code
                                 : findingOf(examination, u"identity"_s).advice,
        says);
}

QTEST_GUILESS_MAIN(IdentityTest)
#include "identity.moc"
