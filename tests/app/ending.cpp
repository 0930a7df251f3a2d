// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ending.h"

#include "app/report.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace app;
using station::DeliveryState;
using station::Verdict;

/// How a device's end, a run's sum and a command's exit code follow from each other.
class EndingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theExitCodeIsThatOfTheWorst_data();
    void theExitCodeIsThatOfTheWorst();
    void deliveriesAreCountedOnce();
    void aVerdictHasAnExitCode();
    void wrongUseIsWorstAndFailureLeast();
    void faultsOfAFileAreWrongUse();
    void whatWasNotRecordedHasNoEntry();
    void everyCommandIsDescribed();
};

void EndingTest::theExitCodeIsThatOfTheWorst_data()
{
    QTest::addColumn<QList<Verdict>>("verdicts");
    QTest::addColumn<QList<DeliveryState>>("deliveries");
    QTest::addColumn<Exit>("exit");
    using enum Verdict;
    const auto row = [](const char *name, const QList<Verdict> &verdicts,
                         const QList<DeliveryState> &deliveries,
                         Exit exit) { QTest::newRow(name) << verdicts << deliveries << exit; };
    row("nothing", {}, {}, Exit::Good);
    row("passes", {Pass, Pass}, {}, Exit::Good);
    row("a fail", {Pass, Fail}, {}, Exit::DeviceFailed);
    row("a timeout", {Timeout, Pass}, {}, Exit::DeviceFailed);
    row("an abort", {Aborted}, {}, Exit::DeviceFailed);
    row("an error", {Pass, Verdict::Error}, {}, Exit::StationError);
    row("an error among fails", {Fail, Verdict::Error, Timeout}, {}, Exit::StationError);
    row("waiting", {Pass},
        {DeliveryState::Held, DeliveryState::Pending, DeliveryState::Sent,
            DeliveryState::Withdrawn},
        Exit::Good);
    row("confirmed", {Pass}, {DeliveryState::Confirmed}, Exit::Good);
    row("rejected", {Pass}, {DeliveryState::Rejected}, Exit::DeviceFailed);
    row("a conflict", {Pass}, {DeliveryState::Conflict}, Exit::DeviceFailed);
    row("an error and a conflict", {Verdict::Error}, {DeliveryState::Conflict}, Exit::StationError);
}

void EndingTest::theExitCodeIsThatOfTheWorst()
{
    QFETCH(const QList<Verdict>, verdicts);
    QFETCH(const QList<DeliveryState>, deliveries);
    QFETCH(const Exit, exit);
    Tally tally;
    for (const Verdict verdict : verdicts)
        tally.add(verdict);
    for (const DeliveryState delivery : deliveries)
        tally.add(delivery);
    QCOMPARE(tally.exit(), exit);
    QCOMPARE(tally.total, verdicts.size());
    QCOMPARE(tally.pass + tally.fail + tally.error + tally.timeout + tally.aborted, tally.total);
}

void EndingTest::deliveriesAreCountedOnce()
{
    Tally tally;
    for (const auto state : {DeliveryState::Held, DeliveryState::Pending, DeliveryState::Sent,
             DeliveryState::Acknowledged, DeliveryState::Confirmed, DeliveryState::Rejected,
             DeliveryState::Conflict, DeliveryState::Withdrawn})
        tally.add(state);
    QCOMPARE(tally.acknowledged, 2); // what is confirmed was acknowledged too
    QCOMPARE(tally.confirmed, 1);
    QCOMPARE(tally.rejected, 2);
    tally.seconds = 1.25;
    QCOMPARE(tally.toJson(),
        QJsonObject({{u"total"_s, 0}, {u"pass"_s, 0}, {u"fail"_s, 0}, {u"error"_s, 0},
            {u"timeout"_s, 0}, {u"aborted"_s, 0}, {u"acknowledged"_s, 2}, {u"confirmed"_s, 1},
            {u"seconds"_s, 1.25}}));
    QVERIFY(tally.toText().contains(u"2 rejected by the service"));
}

void EndingTest::aVerdictHasAnExitCode()
{
    QCOMPARE(exitOf(Verdict::Pass), Exit::Good);
    QCOMPARE(exitOf(Verdict::Fail), Exit::DeviceFailed);
    QCOMPARE(exitOf(Verdict::Timeout), Exit::DeviceFailed);
    QCOMPARE(exitOf(Verdict::Aborted), Exit::DeviceFailed);
    QCOMPARE(exitOf(Verdict::Error), Exit::StationError);
}

void EndingTest::wrongUseIsWorstAndFailureLeast()
{
    const QList<Exit> order{Exit::Good, Exit::DeviceFailed, Exit::StationError, Exit::WrongUse};
    for (qsizetype a = 0; a < order.size(); ++a)
        for (qsizetype b = 0; b < order.size(); ++b)
            QCOMPARE(worse(order[a], order[b]), order[std::max(a, b)]);
    QCOMPARE(static_cast<int>(Exit::Good), 0);
    QCOMPARE(static_cast<int>(Exit::DeviceFailed), 1);
    QCOMPARE(static_cast<int>(Exit::WrongUse), 2);
    QCOMPARE(static_cast<int>(Exit::StationError), 3);
}

void EndingTest::faultsOfAFileAreWrongUse()
{
    using station::Fault;
    for (const Fault fault : {Fault::Syntax, Fault::Missing, Fault::Purpose})
        QCOMPARE(stationError({fault, u"a file"_s}), Exit::WrongUse);
    for (const Fault fault : {Fault::Ledger, Fault::LedgerNewer, Fault::LedgerBusy, Fault::Full,
             Fault::Damaged, Fault::Down})
        QCOMPARE(stationError({fault, u"the station"_s}), Exit::StationError);
}

void EndingTest::whatWasNotRecordedHasNoEntry()
{
    station::Recorded recorded{.serial = u"SN-1"_s, .slot = u"1"_s, .examination = {}};
    recorded.examination.verdict = Verdict::Error;
    recorded.examination.trouble = station::Trouble{u"ledger"_s, u"full"_s};
    const Ending ending = endingOf(recorded);
    QVERIFY(ending.json[u"entry"].isNull());
    QVERIFY(ending.json[u"delivery"].isNull());
    QCOMPARE(ending.json[u"resumed"], QJsonValue(false));
    QCOMPARE(ending.json[u"error"][u"code"].toString(), u"ledger"_s);
    QVERIFY(rowOfTable(ending).contains(u"full"));
    recorded.seq = 7;
    recorded.delivery = DeliveryState::Pending;
    QCOMPARE(endingOf(recorded).json[u"entry"].toInteger(), 7);
    QCOMPARE(endingOf(recorded).json[u"delivery"].toString(), u"pending"_s);
}

void EndingTest::everyCommandIsDescribed()
{
    QSet<QString> names;
    for (const Command &command : allCommands()) {
        const QString name = QString::fromLatin1(command.name);
        QVERIFY2(!names.contains(name), command.name);
        names.insert(name);
        QVERIFY2(qstrlen(command.summary) > 10, command.name);
        QVERIFY2(QString::fromUtf8(command.example).startsWith(u"ekstation-cli "_s + name),
            command.name);
    }
    QVERIFY(names.contains(u"read"_s) && names.contains(u"run"_s) && names.contains(u"demo"_s));
}

QTEST_GUILESS_MAIN(EndingTest)
#include "ending.moc"
