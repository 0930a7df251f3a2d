// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/lineplace.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// A station whose clock cannot be right says so before a TPM is asked anything.
class ClockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recordsOfTheDayAfterTomorrow();
    void longerThanThePlanAllows();
    void wrongUse();

private:
    support::Workplace m_workplace;
};

void ClockTest::recordsOfTheDayAfterTomorrow()
{
    const LinePlace place(1, m_workplace.path(u"place"_s));
    const QStringList serials{u"DEV-1\t"_s + place.training().simulator().targets().first()};
    QCOMPARE(place.run(serials).exit, 0);
    QCOMPARE(
        runCli(place.command(u"person add"_s, {u"Ann Example"_s, u"--role"_s, u"technician"_s}))
            .exit,
        0);
    {
        const auto database = station::Database::open(
            *station::parseDatabasePlace(u"sqlite:"_s + place.path(u"ledger.db"_s), {}),
            station::Database::Access::ReadWrite);
        QVERIFY((*database)->change(u"UPDATE station SET latest_us = latest_us + 172800000000"_s));
    }
    const Ran refused = place.run(serials, {u"--again"_s});
    QVERIFY2(refused.exit == 3 && refused.err.contains("the clock was set back")
            && refused.err.contains("ledger clock --confirm"),
        refused.said());
    QVERIFY2(refused.out.isEmpty(), refused.said());
    const Ran doctor = runCli({u"doctor"_s, u"--station"_s, place.station()});
    QVERIFY2(doctor.exit == 3 && doctor.out.contains("the clock was set back"), doctor.said());
    const Ran stranger =
        runCli(place.command(u"ledger clock"_s, {u"--confirm"_s, u"--by"_s, u"Nobody"_s}));
    QVERIFY2(stranger.exit == 2 && stranger.err.contains("Nobody"), stranger.said());
    QCOMPARE(place.run(serials, {u"--again"_s}).exit, 3);
    const Ran confirmed = runCli(place.command(
        u"ledger clock"_s, {u"--confirm"_s, u"--by"_s, u"Ann Example"_s, u"--json"_s}));
    QVERIFY2(confirmed.exit == 0, confirmed.said());
    auto ledger = place.ledger();
    const auto entry =
        ledger.entry({u"training"_s, confirmed.json().value(0)[u"entry"].toInteger()});
    QVERIFY(entry && entry->entry.body.contains("\"action\":\"clock\""));
    QVERIFY(!entry->entry.body.contains("Ann")); // an id that outlives the name
    QCOMPARE(place.run(serials, {u"--again"_s}).exit, 0);
}

/// What this computer's clock is, is not the test's to say: either answer is looked at.
void ClockTest::longerThanThePlanAllows()
{
    const support::StandIn service(m_workplace.path(u"service"_s));
    const Consignment place(m_workplace.path(u"production"_s));
    place.writeStation("line1-a", &service);
    QFile shipped(u":/plans/production.toml"_s);
    QVERIFY(shipped.open(QIODevice::ReadOnly));
    QFile plan(place.path(u"plan.toml"_s));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(shipped.readAll().replace("# unsynced_hours = 24", "unsynced_hours = 0"));
    plan.close();
    QFile settings(place.path(u"station.toml"_s));
    QVERIFY(settings.open(QIODevice::ReadOnly));
    const QByteArray text =
        settings.readAll().replace("plan = \"production\"", "plan = \"plan.toml\"");
    settings.close();
    QVERIFY(settings.open(QIODevice::WriteOnly) && settings.write(text) == text.size());
    settings.close();
    const Ran ran = runCli({u"run"_s, u"--station"_s, place.path(u"station.toml"_s), u"--serials"_s,
                               u"-"_s, u"--json"_s},
        "SN-0001\n");
    QVERIFY2(ran.exit == 3, ran.said());
    const bool isSynced = station::systemClock().state == station::Moments::State::Synced;
    QCOMPARE(ran.err.contains("was not synchronised for"), !isSynced);
    auto reader = station::LedgerReader::open(place.place());
    QCOMPARE(*reader->lengthOf(u"line1-a"_s), isSynced ? 1 : 0); // the slot's error, or nothing
}

void ClockTest::wrongUse()
{
    for (const QStringList &words : {QStringList{}, {u"--confirm"_s}, {u"--by"_s, u"Ann"_s}}) {
        const Ran ran = runCli(QStringList{u"ledger"_s, u"clock"_s} + words);
        QVERIFY2(ran.exit == 2 && ran.err.contains("--confirm and --by"), ran.said());
    }
}

QTEST_GUILESS_MAIN(ClockTest)
#include "clock.moc"
