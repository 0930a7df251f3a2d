// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/examine.h"

#include "station/simulator.h"
#include "tests/support/lineplace.h"
#include "tests/support/spoilt.h"
#include "tests/support/workplace.h"

#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace station;
using namespace std::chrono_literals;
using support::Alter;
using support::FaultyWire;
using support::hangUp;
using support::Reply;
using support::response;
using support::spoilt;

namespace {

constexpr quint32 readPublic = 0x173;
constexpr quint32 getCapability = 0x17a;
constexpr quint32 createPrimary = 0x131;
constexpr quint32 activate = 0x147;
constexpr quint32 rcFailure = 0x101;

/// A shipped plan with five checks only: what a broken wire does to each command is the same in
/// all.
Plan planOf(const QString &name)
{
    auto plan = loadPlan(name, {});
    if (!plan)
        qFatal("%s", qPrintable(plan.error().detail));
    const QStringList few{u"presence"_s, u"kind"_s, u"key"_s, u"certificate"_s, u"challenge"_s};
    plan->leave = {};
    plan->checks.removeIf([&few](const CheckRule &rule) { return !few.contains(rule.name); });
    return *plan;
}

QString outcomes(const Examination &examination)
{
    QStringList all;
    for (const Finding &finding : examination.findings)
        all.append(finding.check + u'=' + word(finding.outcome));
    return all.join(u' ');
}

QByteArray said(const Examination &examination)
{
    return QJsonDocument(toJson(examination)).toJson();
}

} // namespace

/// One examination on a real TPM, and on one whose answers something spoils on the way.
class ExamineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aGoodTpmPasses();
    void theSeverityWeighsAFinding_data();
    void theSeverityWeighsAFinding();
    void whatIsOffIsNotAsked();
    void spoiltAnswersEndInAVerdict_data();
    void spoiltAnswersEndInAVerdict();
    void oneFailHidesNoOther();
    void aSilentTpmTimesOut();
    void aStopEndsItAtOnce();
    void aRestartedTpmIsStarted();

private:
    [[nodiscard]] Examination examined(const QString &target, const Plan &plan) const
    {
        return examine({.target = target}, plan, std::make_shared<tpm::Stop>());
    }
    [[nodiscard]] QString target() const { return m_simulator->targets().first(); }

    support::Workplace m_workplace;
    std::optional<Simulator> m_simulator;
};

void ExamineTest::initTestCase()
{
    auto simulator = Simulator::start(1, m_workplace.path(u"devices"_s));
    QVERIFY2(simulator, qPrintable(simulator ? QString() : simulator.error().detail));
    m_simulator.emplace(std::move(*simulator));
}

void ExamineTest::aGoodTpmPasses()
{
    const auto examination = examined(target(), planOf(u"training"_s));
    QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
    QCOMPARE(outcomes(examination),
        u"presence=pass kind=record key=pass certificate=pass challenge=pass"_s);
    QCOMPARE(examination.target, target());
    QCOMPARE(examination.trouble, std::nullopt);
    QCOMPARE(examination.key->publicArea, support::readPublic(target()));
    QCOMPARE(examination.properties->kind, tpm::Kind::Virtual);
    QVERIFY(!examination.certificates.isEmpty());
    QVERIFY2(examination.commands > 0 && examination.commands <= 12,
        qPrintable(QString::number(examination.commands)));
}

void ExamineTest::theSeverityWeighsAFinding_data()
{
    QTest::addColumn<QString>("plan");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("fail") << u"production"_s << Verdict::Fail << Outcome::Fail;
    QTest::newRow("warn") << u"qa"_s << Verdict::Pass << Outcome::Warn;
    QTest::newRow("record") << u"training"_s << Verdict::Pass << Outcome::Record;
}

void ExamineTest::theSeverityWeighsAFinding()
{
    QFETCH(const QString, plan);
    QFETCH(const Verdict, verdict);
    QFETCH(const Outcome, outcome);
    const auto examination = examined(target(), planOf(plan));
    QVERIFY2(examination.verdict == verdict, said(examination));
    const Finding &kind = examination.findings.at(1);
    QCOMPARE(kind.check, u"kind"_s);
    QCOMPARE(kind.outcome, outcome);
    QCOMPARE(kind.measured, u"virtual"_s);
    QCOMPARE(kind.limit, u"not virtual"_s);
    QCOMPARE(kind.advice, u"software-tpm"_s);
}

void ExamineTest::whatIsOffIsNotAsked()
{
    Plan plan = planOf(u"qa"_s);
    plan.checks = {{u"presence"_s, Severity::Off}, {u"challenge"_s, Severity::Fail}};
    const auto examination = examined(target(), plan);
    // Presence cannot be switched off, and without a key nothing can be challenged.
    QCOMPARE(outcomes(examination), u"presence=pass challenge=record"_s);
    QVERIFY(!examination.key);
}

void ExamineTest::spoiltAnswersEndInAVerdict_data()
{
    QTest::addColumn<Alter>("script");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("code"); // the trouble's, or the check that failed
    const auto row = [](const char *name, Verdict verdict, const QString &code,
                         const Alter &script) { QTest::newRow(name) << script << verdict << code; };
    const auto at = [](quint32 code, const std::function<Reply(const QByteArray &)> &spoil) {
        return [code, spoil](quint32 command, const QByteArray &answer) {
            return command == code ? spoil(answer) : Reply(answer);
        };
    };
    const auto always = [](const Reply &reply) {
        return [reply](const QByteArray &) { return reply; };
    };
    row("hangs up at once", Verdict::Error, u"link"_s, at(getCapability, always(hangUp())));
    row("hangs up in the middle", Verdict::Error, u"link"_s, at(activate, always(hangUp())));
    row("answers garbage", Verdict::Fail, u"protocol"_s,
        at(getCapability, always(QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n"))));
    row("announces too much", Verdict::Fail, u"protocol"_s,
        at(readPublic, always(QByteArray::fromHex("8001ffffffff00000000"))));
    row("announces too little", Verdict::Fail, u"protocol"_s,
        at(readPublic, always(QByteArray::fromHex("80010000000900000000"))));
    row("says more than it announced", Verdict::Fail, u"protocol"_s,
        at(getCapability, [](const QByteArray &answer) { return answer + "more"; }));
    row("answers with a lie about sizes", Verdict::Fail, u"protocol"_s,
        at(readPublic, [](QByteArray answer) {
            answer[10] = '\x7f';
            return answer;
        }));
    row("is in failure mode", Verdict::Fail, u"presence"_s,
        at(getCapability, always(response(rcFailure))));
    row("makes no key", Verdict::Fail, u"key"_s, [](quint32 command, const QByteArray &answer) {
        const bool isKey = command == readPublic || command == createPrimary;
        return isKey ? response(rcFailure) : answer;
    });
    row("cannot prove its key", Verdict::Fail, u"challenge"_s,
        at(activate, always(response(rcFailure))));
    row("returns another nonce than it signed for", Verdict::Fail, u"protocol"_s,
        at(activate, [](QByteArray answer) {
            answer[20] = static_cast<char>(answer[20] ^ 1);
            return answer;
        }));
}

void ExamineTest::spoiltAnswersEndInAVerdict()
{
    QFETCH(const Alter, script);
    QFETCH(const Verdict, verdict);
    QFETCH(const QString, code);
    FaultyWire peer(spoilt(target(), script));
    const auto examination = examined(peer.listen().text, planOf(u"training"_s));
    QVERIFY2(examination.verdict == verdict, said(examination));
    QCOMPARE(examination.trouble.has_value(), verdict == Verdict::Error);
    if (examination.trouble) {
        QCOMPARE(examination.trouble->code, code);
        QVERIFY(!examination.trouble->detail.isEmpty());
    } else if (verdict == Verdict::Fail) {
        const auto failed =
            std::ranges::find(examination.findings, Outcome::Fail, &Finding::outcome);
        QVERIFY2(failed->check == code, said(examination));
        QVERIFY2(!failed->measured.isEmpty() && !failed->advice.isEmpty(), said(examination));
    }
    // The TPM behind is as it was.
    QCOMPARE(support::run(u"tpm2_getcap"_s, {u"-T"_s, target(), u"handles-transient"_s}).said(),
        "exit 0\n");
    QCOMPARE(examined(target(), planOf(u"training"_s)).verdict, Verdict::Pass);
}

void ExamineTest::oneFailHidesNoOther()
{
    FaultyWire peer(spoilt(target(), [](quint32 command, const QByteArray &answer) {
        return command == activate ? response(rcFailure) : answer;
    }));
    const auto examination = examined(peer.listen().text, planOf(u"production"_s));
    QCOMPARE(outcomes(examination),
        u"presence=pass kind=fail key=pass certificate=pass challenge=fail"_s);
}

void ExamineTest::aSilentTpmTimesOut()
{
    Plan plan = planOf(u"training"_s);
    plan.budget.command = 200ms;
    ::kill(m_simulator->pidOf(0), SIGSTOP);
    const auto examination = examined(target(), plan);
    ::kill(m_simulator->pidOf(0), SIGCONT);
    QVERIFY2(examination.verdict == Verdict::Timeout, said(examination));
    QCOMPARE(examination.trouble, (Trouble{u"presence"_s, u"TPM2_GetCapability"_s}));
    QCOMPARE(outcomes(examination), u"presence=fail"_s);
    QCOMPARE(examination.findings[0].advice, u"tpm-silent"_s);
    QVERIFY(examination.ms >= 200);
    QTRY_COMPARE(examined(target(), planOf(u"training"_s)).verdict, Verdict::Pass);
}

void ExamineTest::aStopEndsItAtOnce()
{
    const auto stop = std::make_shared<tpm::Stop>();
    FaultyWire peer(spoilt(target(), [stop](quint32 command, const QByteArray &answer) {
        if (command == activate)
            stop->request();
        return command == activate ? Reply() : Reply(answer);
    }));
    const auto examination = examine({.target = peer.listen().text}, planOf(u"training"_s), stop);
    QVERIFY2(examination.verdict == Verdict::Aborted, said(examination));
    QCOMPARE(examination.trouble->code, u"stopped"_s);
    // What was seen before is kept.
    QVERIFY(examination.key && examination.properties);
    QCOMPARE(outcomes(examination), u"presence=pass kind=record key=pass certificate=pass"_s);
    const auto never = examine({.target = target()}, planOf(u"training"_s), stop);
    QCOMPARE(never.verdict, Verdict::Aborted);
    QCOMPARE(examined(target(), planOf(u"training"_s)).verdict, Verdict::Pass);
}

void ExamineTest::aRestartedTpmIsStarted()
{
    // The first command of a TPM that has just got its power: TPM_RC_INITIALIZE.
    bool started = false;
    FaultyWire peer(spoilt(target(), [&started](quint32 command, const QByteArray &answer) {
        started = started || command == 0x144;
        return started && command != 0x144 ? answer : response(command == 0x144 ? 0 : 0x100);
    }));
    const auto examination = examined(peer.listen().text, planOf(u"training"_s));
    QVERIFY2(examination.verdict == Verdict::Pass && started, said(examination));
}

QTEST_GUILESS_MAIN(ExamineTest)
#include "examine.moc"
