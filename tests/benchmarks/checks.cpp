// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "station/store.h"
#include "tests/benchmarks/measure.h"
#include "tests/benchmarks/relay.h"
#include "tests/station/shopfloor.h"
#include "tests/support/workplace.h"

using namespace measure;

namespace {

constexpr std::chrono::milliseconds delay{100};
constexpr int bindings = 1'000'000;
constexpr int questions = 1'000;

/// Devices that passed, made by the database itself: a million examinations would take hours.
void fillWith(const station::LedgerPlace &place, int count)
{
    const QString numbers =
        u"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "_s.arg(
            count + 1);
    shopfloor::tamper(place,
        u"INSERT INTO entry SELECT station_id, i, kind, at_us, monotonic_us, clock_state, salt, "
        "NULL, digest, prev, hash FROM n, entry WHERE seq = 1"_s.prepend(numbers));
    shopfloor::tamper(place,
        u"INSERT INTO binding (ek_sha256, serial, board_serial, registration_key, service, state, "
        "station_id, seq) SELECT printf('%064x', i * 2654435761), 'SN-' || i, '', 'r' || i, "
        "'main', 'active', 'line1-a', i FROM n"_s.prepend(numbers));
}

station::ClaimKeys keysOf(int device)
{
    return {u"%1"_s.arg(device * 2654435761LL, 64, 16, QLatin1Char('0')), u"SN-%1"_s.arg(device),
        u"main"_s, u"r%1"_s.arg(device)};
}

/// The median of what a call takes; in milliseconds.
double medianMs(const std::function<void(int device)> &call)
{
    QList<double> each;
    for (int question = 0; question < questions; ++question) {
        QElapsedTimer timer;
        timer.start();
        call(2 + question * 997 % bindings);
        each.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return median(each);
}

} // namespace

/// What each check costs: in commands and time on a slow TPM, and in questions to a large ledger.
class ChecksBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWholePlanOnASlowTpm();
    void uniquenessAmongAMillion();

private:
    support::Workplace m_workplace;
};

void ChecksBenchmark::theWholePlanOnASlowTpm()
{
    sayLoad();
    const auto simulator = devices(1, m_workplace.path(u"devices"_s));
    const Relay relay(simulator.targets(), m_workplace.folder(), delay);
    const auto plan = station::loadPlan(u"training"_s, {});
    QVERIFY(plan.has_value());
    shopfloor::Places places;
    const auto ledger = shopfloor::opened(places.fresh(u"sqlite"_s));
    QList<double> walls;
    QMap<QString, int> before; // commands answered when a check began
    QStringList order;
    station::Examination examination;
    for (int run = 0; run < runs; ++run) {
        order.clear();
        const int base = relay.answers();
        // The first run leaves keys; the others find everything in place.
        examination = station::examine(
            {.target = relay.targets().first(),
                .intend = [&](const station::Intent &intent) { return ledger->intend(intent); }},
            *plan, std::make_shared<tpm::Stop>(), tpm::secureRandom,
            [&](const station::Progress &progress) {
                before[progress.check] = relay.answers() - base;
                order.append(progress.check);
            });
        QCOMPARE(examination.verdict, station::Verdict::Pass);
        walls.append(static_cast<double>(examination.ms)
            / (examination.commands * static_cast<double>(delay.count())));
    }
    for (qsizetype at = 0; at < order.size(); ++at) {
        const int next = at + 1 < order.size() ? before[order[at + 1]] : examination.commands;
        qInfo("%-14s %2d commands %5lld ms", qPrintable(order[at]), next - before[order[at]],
            static_cast<long long>(examination.findings.value(at).ms));
    }
    qInfo("%d commands, wall %.3f x what they take", examination.commands, median(walls));
    QVERIFY(examination.commands < 60);
    QVERIFY(median(walls) <= 1.05);
}

void ChecksBenchmark::uniquenessAmongAMillion()
{
    shopfloor::Places places;
    const auto place = places.fresh(u"sqlite"_s);
    {
        const auto ledger = shopfloor::opened(place);
        QVERIFY(shopfloor::record(*ledger, shopfloor::passOf(u"SN-1"_s, 1)).has_value());
    }
    fillWith(place, bindings);
    sayLoad();
    auto reader = shopfloor::readerOf(place);
    const auto raw = shopfloor::rawDatabase(place);
    QList<double> ours, theirs, opening;
    for (int run = 0; run < runs; ++run) {
        ours.append(medianMs([&](int device) {
            const auto claim = reader.claim(keysOf(device));
            if (!claim || !claim->renews || !claim->conflicts.isEmpty())
                qFatal("device %d is not found", device);
        }));
        theirs.append(medianMs([&](int device) {
            const auto rows = raw->select(
                u"SELECT serial FROM binding WHERE state = 'active' AND ek_sha256 = ?"_s,
                {keysOf(device).ekSha256});
            if (!rows || rows->size() != 1)
                qFatal("device %d is not found", device);
        }));
        QElapsedTimer timer;
        timer.start();
        std::ignore = shopfloor::readerOf(place);
        opening.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    qInfo("%d bindings: a question %.3f ms, one raw lookup %.3f ms; opening the ledger %.2f ms",
        bindings, median(ours), median(theirs), median(opening));
    QVERIFY(median(ours) < 1.0);
}

QTEST_GUILESS_MAIN(ChecksBenchmark)
#include "checks.moc"
