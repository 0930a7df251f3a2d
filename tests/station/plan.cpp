// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/plan.h"

#include "station/checks/check.h"

#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace station;

namespace {

const QByteArray head = "schema = 1\nname = \"mine\"\nversion = \"1\"\n";

QByteArray shipped(const char *name)
{
    QFile file(
        QStringLiteral(SOURCE_FOLDER "/resources/plans/") + QString::fromLatin1(name) + u".toml"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    return file.readAll();
}

/// The lines that say something, comments and blanks left out.
QList<QByteArray> linesOf(const QByteArray &toml)
{
    QList<QByteArray> lines;
    for (const QByteArray &line : toml.split('\n'))
        if (!line.trimmed().isEmpty() && !line.startsWith('#'))
            lines.append(line);
    return lines;
}

} // namespace

/// A plan: which are taken, what those that ship say, and what a wrong one is told.
class PlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theShippedOnesAreValid_data();
    void theShippedOnesAreValid();
    void trainingDiffersFromProductionInOneCheck();
    void qaAsksForNothingThatLeavesATrace();
    void aPlanSaysWhatItSays();
    void whatIsLeftOutHasADefault();
    void aPatternHoldsForTheWholeSerial();
    void wrongPlansAreNamed_data();
    void wrongPlansAreNamed();
    void aPlanIsFoundByNameOrFile();
    void whatIsNoPlanFileIsNamed();
    void placeholdersAreFilled();
    void wrongPlaceholdersAreNamed_data();
    void wrongPlaceholdersAreNamed();

private:
    support::Workplace m_workplace;
};

void PlanTest::theShippedOnesAreValid_data()
{
    QTest::addColumn<Purpose>("purpose");
    QTest::addColumn<QString>("software"); // what becomes of a software TPM
    QTest::newRow("production") << Purpose::Production << u"fail"_s;
    QTest::newRow("training") << Purpose::Training << u"record"_s;
    QTest::newRow("qa") << Purpose::Engineering << u"warn"_s;
}

void PlanTest::theShippedOnesAreValid()
{
    QFETCH(const Purpose, purpose);
    QFETCH(const QString, software);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const auto plan = loadPlan(name, m_workplace.folder());
    QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().detail));
    QCOMPARE(plan->name, name);
    QCOMPARE(plan->purpose, purpose);
    QCOMPARE(plan, parsePlan(shipped(QTest::currentDataTag()), name));
    const auto expected = software == u"fail" ? Severity::Fail
        : software == u"warn"                 ? Severity::Warn
                                              : Severity::Record;
    QCOMPARE(plan->severityOf(u"kind"_s), expected);
    for (const QString &check : {u"presence"_s, u"key"_s, u"certificate"_s, u"challenge"_s})
        QCOMPARE(plan->severityOf(check), Severity::Fail);
    // No check is forgotten, but in QA, where neither label nor ledger is known.
    for (const Check *check : allChecks()) {
        const QString one = QString::fromLatin1(check->name);
        const bool isKnown = name != u"qa" || (one != u"identity" && one != u"uniqueness");
        QCOMPARE(plan->severityOf(one) == Severity::Off, !isKnown);
    }
    QCOMPARE(plan->severityOf(u"no such check"_s), Severity::Off);
}

void PlanTest::trainingDiffersFromProductionInOneCheck()
{
    const auto production = linesOf(shipped("production"));
    const auto training = linesOf(shipped("training"));
    QCOMPARE(training.size(), production.size());
    QList<QByteArray> differences;
    for (qsizetype i = 0; i < production.size(); ++i)
        if (training[i] != production[i])
            differences << production[i] + " -> " + training[i];
    QCOMPARE(differences,
        QList<QByteArray>({"name = \"production\" -> name = \"training\"",
            "purpose = \"production\" -> purpose = \"training\"",
            "severity = \"fail\" -> severity = \"record\""}));
}

void PlanTest::qaAsksForNothingThatLeavesATrace()
{
    const auto qa = loadPlan(u"qa"_s, {});
    QVERIFY(qa);
    QVERIFY(qa->enroll.service.isEmpty());
    QVERIFY(qa->serialPattern.match(u"anything at all"_s).hasMatch());
}

void PlanTest::aPlanSaysWhatItSays()
{
    const auto plan = parsePlan(head
            + "purpose = \"rework\"\n[serial]\npattern = \"[0-9]+\"\n"
              "[[check]]\nname = \"key\"\n[[check]]\nname = \"challenge\"\nseverity = \"fail\"\n"
              "[[check]]\nname = \"kind\"\nseverity = \"off\"\n"
              "[enroll]\nregistration_id = \"r-{serial}\"\ndevice_id = \"{boardSerial}\"\n"
              "service = \"second\"\nwhen = \"lot\"\ncreate_as = \"disabled\"\n"
              "[trial]\nevery = 0\ndeadline_ms = 9000\n[retest]\nattempts = 0\nrelease_by = "
              "\"qa\"\n"
              "[budget]\ncommand_ms = 1\ncreation_ms = 3600000\nexamination_ms = 7\n",
        u"mine.toml"_s);
    QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().detail));
    QCOMPARE(plan->purpose, Purpose::Rework);
    QCOMPARE(plan->checks,
        QList<CheckRule>({{u"key"_s, Severity::Fail}, {u"challenge"_s, Severity::Fail},
            {u"kind"_s, Severity::Off}}));
    QCOMPARE(plan->enroll,
        (EnrollRule{u"r-{serial}"_s, u"{boardSerial}"_s, u"second"_s, {}, Moment::Lot, false}));
    QCOMPARE(plan->retest.attempts, 0);
    using namespace std::chrono_literals;
    QCOMPARE(plan->trial, (TrialRule{0, 9000ms}));
    QCOMPARE(
        plan->budget, (tpm::Budget{.command = 1ms, .creation = 3'600'000ms, .examination = 7ms}));
}

void PlanTest::whatIsLeftOutHasADefault()
{
    const auto plan = parsePlan(head, u"mine.toml"_s);
    QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().detail));
    QCOMPARE(plan->purpose, Purpose::Production);
    QCOMPARE(plan->checks, QList<CheckRule>());
    QCOMPARE(plan->leave, LeaveRule());
    QCOMPARE(plan->enroll, (EnrollRule{u"{sdkRegistrationId}"_s, u"{serial}"_s, {}, {}, {}, true}));
    QCOMPARE(plan->retest.attempts, 3);
    QCOMPARE(plan->budget, tpm::Budget());
    QVERIFY(plan->serialPattern.match(u"SN-0001"_s).hasMatch());
}

void PlanTest::aPatternHoldsForTheWholeSerial()
{
    const auto plan = parsePlan(head + "[serial]\npattern = \"A|BC\"\n", u"mine.toml"_s);
    QVERIFY(plan);
    QVERIFY(plan->serialPattern.match(u"BC"_s).hasMatch());
    QVERIFY(!plan->serialPattern.match(u"ABC"_s).hasMatch());
    QVERIFY(!plan->serialPattern.match(u"BC\n"_s).hasMatch());
}

void PlanTest::wrongPlansAreNamed_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char *name, const QByteArray &toml, const char *place,
                         const QStringList &says) {
        QTest::newRow(name) << toml << u"bad.toml:%1: "_s.arg(QLatin1String(place)) << says;
    };
    const auto more = [&](const char *name, const QByteArray &toml, const char *place,
                          const QStringList &says) { row(name, head + toml, place, says); };
    row("nothing at all", "", "1:1", {u"schema is missing"_s});
    row("no name", "schema = 1\nversion = \"1\"\n", "1:1", {u"name is missing"_s});
    row("a newer form", "schema = 2\nname = \"a\"\nversion = \"1\"\n", "1:10",
        {u"schema"_s, u"from 1 to 1"_s});
    row("an empty name", "schema = 1\nname = \"\"\nversion = \"1\"\n", "2:8",
        {u"name"_s, u"1 to 64 characters"_s});
    row("an empty version", "schema = 1\nname = \"a\"\nversion = \"\"\n", "3:11",
        {u"version"_s, u"1 to 64 characters"_s});
    row("a number for a name", "schema = 1\nname = 7\nversion = \"1\"\n", "2:8",
        {u"name"_s, u"text in quotes"_s});
    row("a bracket too many", "[[[", "1:", {u"key"_s});
    row("an open string", "schema = 1\nname = \"mine\n", "2:13", {});
    row("a key twice", head + "name = \"again\"\n", "4:", {u"name"_s});
    row("bytes that are no UTF-8", "schema = 1\nname = \"\xff\xfe\"\n", "2:", {});
    more("an unknown key", "serail = 3\n", "4:10",
        {u"\"serail\""_s, u"allowed here"_s, u"serial"_s, u"retest"_s, u"purpose"_s});
    more("an unknown key of a check", "[[check]]\nname = \"key\"\nlimit = 3\n", "6:9",
        {u"\"limit\""_s, u"name, severity"_s});
    more("an unknown key of the budget", "[budget]\ncommand = 3\n", "5:11",
        {u"\"command\""_s, u"command_ms, creation_ms, examination_ms"_s});
    more("an unknown purpose", "purpose = \"fun\"\n", "4:11",
        {u"purpose"_s, u"\"fun\""_s, u"production, rework, golden"_s, u"training"_s});
    more("a check that the code does not know", "[[check]]\nname = \"smell\"\n", "5:8",
        {u"name"_s, u"\"smell\""_s, u"presence, selftest, model, kind"_s,
            u"challenge, rehearsal"_s});
    more("a check without a name", "[[check]]\nseverity = \"fail\"\n", "4:1",
        {u"name is missing"_s});
    more("a check twice", "[[check]]\nname = \"key\"\n[[check]]\nname = \"key\"\n", "7:8",
        {u"name"_s, u"\"key\""_s, u"twice"_s});
    more("an unknown severity", "[[check]]\nname = \"key\"\nseverity = \"hard\"\n", "6:12",
        {u"severity"_s, u"\"hard\""_s, u"fail, warn, record, off"_s});
    more("a check that is no list", "[check]\nname = \"key\"\n", "4:1", {u"[[check]]"_s});
    more("an unknown moment", "[enroll]\nwhen = \"later\"\n", "5:8",
        {u"when"_s, u"\"later\""_s, u"pass, lot, ship"_s});
    more("a trial of none", "[trial]\nevery = -1\n", "5:9", {u"every"_s, u"from 0"_s});
    more("a trial without a service", "[trial]\nevery = 5\n", "5:9",
        {u"every"_s, u"when = \"pass\""_s});
    more("a trial in no time", "[trial]\ndeadline_ms = 1\n", "5:15", {u"deadline_ms"_s});
    more("an unknown state", "[enroll]\ncreate_as = \"on\"\n", "5:13",
        {u"create_as"_s, u"enabled or disabled"_s});
    more("an unknown placeholder", "[enroll]\ndevice_id = \"{serail}\"\n", "5:13",
        {u"device_id"_s, u"{serail}"_s, u"{serial}"_s});
    more("a brace too many", "[enroll]\ndevice_id = \"{serial\"\n", "5:13",
        {u"device_id"_s, u"brace"_s});
    more("a pattern that is none", "[serial]\npattern = \"[A-\"\n", "5:11", {u"pattern"_s});
    more("too many attempts", "[retest]\nattempts = 1001\n", "5:12",
        {u"attempts"_s, u"0 to 1000"_s});
    more("a fraction of attempts", "[retest]\nattempts = 1.5\n", "5:12", {u"whole number"_s});
    more("no time at all", "[budget]\ncommand_ms = 0\n", "5:14",
        {u"command_ms"_s, u"1 to 3600000"_s});
    more("a table that is none", "budget = 3\n", "4:10", {u"budget"_s, u"[budget]"_s});
    more("to enroll what is not proven",
        "[[check]]\nname = \"key\"\n[[check]]\nname = \"challenge\"\nseverity = \"warn\"\n"
        "[enroll]\nservice = \"main\"\n",
        "9:1", {u"enroll"_s, u"\"challenge\""_s, u"\"fail\""_s});
}

void PlanTest::wrongPlansAreNamed()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, place);
    QFETCH(const QStringList, says);
    const auto plan = parsePlan(toml, u"bad.toml"_s);
    QVERIFY(!plan);
    QCOMPARE(plan.error().fault, Fault::Syntax);
    const QString &detail = plan.error().detail;
    // A place that ends in the line alone: the parser's own columns are not ours to fix.
    QVERIFY2(
        detail.startsWith(place.endsWith(u":: "_s) ? place.chopped(2) : place), qPrintable(detail));
    for (const QString &word : says)
        QVERIFY2(detail.contains(word), qPrintable(detail));
}

void PlanTest::aPlanIsFoundByNameOrFile()
{
    QFile file(m_workplace.path(u"mine.toml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(head);
    file.close();
    const auto relative = loadPlan(u"mine.toml"_s, m_workplace.folder());
    QVERIFY(relative);
    QCOMPARE(relative->name, u"mine"_s);
    QCOMPARE(relative, loadPlan(file.fileName(), u"/"_s));
    const auto absent = loadPlan(u"yours.toml"_s, m_workplace.folder());
    QVERIFY(!absent);
    QCOMPARE(absent.error().fault, Fault::Missing);
    QVERIFY(absent.error().detail.contains(u"\"yours.toml\""));
    QVERIFY(absent.error().detail.contains(u"production, training, qa"));
}

void PlanTest::whatIsNoPlanFileIsNamed()
{
    const auto folder = loadPlan(m_workplace.folder(), u"/"_s);
    QVERIFY(!folder);
    QVERIFY(folder.error().detail.contains(m_workplace.folder()));
    QFile file(m_workplace.path(u"large.toml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray((1 << 20) + 1, '#'));
    file.close();
    const auto large = loadPlan(file.fileName(), u"/"_s);
    QVERIFY(!large);
    QCOMPARE(large.error().fault, Fault::Syntax);
    QVERIFY(
        large.error().detail.contains(u"large.toml") && large.error().detail.contains(u"1 MiB"));
}

void PlanTest::placeholdersAreFilled()
{
    const QMap<QString, QString> values{{u"serial"_s, u"SN-1"_s}, {u"order"_s, u"{serial}"_s}};
    QCOMPARE(fill(u"plain"_s, values), u"plain"_s);
    QCOMPARE(fill(QString(), values), QString());
    QCOMPARE(fill(u"{serial}"_s, values), u"SN-1"_s);
    QCOMPARE(fill(u"a-{serial}-{serial}."_s, values), u"a-SN-1-SN-1."_s);
    // A value is text, whatever it holds: nobody fills in a second time.
    QCOMPARE(fill(u"{order}"_s, values), u"{serial}"_s);
}

void PlanTest::wrongPlaceholdersAreNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown") << u"{mac}"_s << u"{mac}"_s;
    QTest::newRow("empty") << u"{}"_s << u"{}"_s;
    QTest::newRow("in capitals") << u"{Serial}"_s << u"{Serial}"_s;
    QTest::newRow("never closed") << u"{serial"_s << u"brace"_s;
    QTest::newRow("never opened") << u"serial}"_s << u"brace"_s;
    QTest::newRow("closed twice") << u"{serial}}"_s << u"brace"_s;
}

void PlanTest::wrongPlaceholdersAreNamed()
{
    QFETCH(const QString, text);
    QFETCH(const QString, says);
    const auto filled = fill(text, {{u"serial"_s, u"SN-1"_s}});
    QVERIFY(!filled);
    QCOMPARE(filled.error().fault, Fault::Syntax);
    QVERIFY2(filled.error().detail.contains(says), qPrintable(filled.error().detail));
}

QTEST_GUILESS_MAIN(PlanTest)
#include "plan.moc"
