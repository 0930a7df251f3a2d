// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/replica.h"
#include "tests/benchmarks/million.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

using million::Cost;
using million::costOf;
using namespace Qt::StringLiterals;
using support::Consignment;

namespace {

constexpr qint64 mostKb = 150 << 10;
constexpr double mostSeconds = 15 * 60; // until a spare station goes on
constexpr int commits = 500;

/// What commits took, in milliseconds.
struct Commits {
    double median = 0;
    double nearlyAll = 0; ///< 95 of 100
};

Commits commitsOf(QList<double> took)
{
    std::ranges::sort(took);
    return {took.at(took.size() / 2), took.at(took.size() * 95 / 100)};
}

} // namespace

/// Copies of a ledger: what a replica costs a line, and what backup, restore and archive take.
class CopiesBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCommitBesideAReplica();
    void aMillionDevices();

private:
    [[nodiscard]] Commits shift(bool withReplica);
    void copyWhole(double floor);
    void archive(double floor);
    [[nodiscard]] static double secondsToCopy(const QString &from, const QString &to);
    void print(const char *what, const Cost &cost, double floor) const
    {
        qInfo("%-8s %6.1f s for %d devices, %4.1f x a plain copy of the file, peak %lld MB", what,
            cost.seconds, m_records, cost.seconds / floor,
            static_cast<long long>(cost.peakKb / 1024));
        QVERIFY(cost.peakKb < mostKb);
        QVERIFY(qstrcmp(what, "restore") != 0 || cost.seconds < mostSeconds);
    }

    support::Workplace m_workplace;
    std::unique_ptr<Consignment> m_place;
    const int m_records = million::recordCount();
    int m_shifts = 0;
    double m_caughtUpMs = 0; ///< from the last commit until the replica had it
};

/// As a line commits: one after another, the replica's thread beside it.
Commits CopiesBenchmark::shift(bool withReplica)
{
    const Consignment place(m_workplace.path(u"shift%1"_s.arg(++m_shifts)));
    auto line = place.place();
    if (withReplica)
        line.replica = place.path(u"replica.db"_s);
    const auto store = station::Store::open(line);
    const auto replica = withReplica ? std::make_unique<station::Replica>(line) : nullptr;
    QEventLoop loop;
    QList<double> took;
    qint64 behind = -1;
    if (replica)
        connect(
            replica.get(), &station::Replica::lagged, &loop, [&](const station::ReplicaLag &lag) {
                behind = lag.entries;
                if (took.size() == commits && behind == 0)
                    loop.quit();
            });
    QTimer next;
    connect(&next, &QTimer::timeout, &next, [&] {
        const auto proposal = place.passed(static_cast<int>(took.size()) + 1);
        QElapsedTimer timer;
        timer.start();
        if (!(*store)->record(proposal))
            qFatal("not recorded");
        took.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        if (replica)
            replica->wake();
        if (took.size() == commits) {
            next.stop();
            if (!replica)
                loop.quit();
        }
    });
    QElapsedTimer whole;
    connect(&next, &QTimer::timeout, &next, [&] { whole.start(); });
    next.start(0);
    loop.exec();
    if (withReplica)
        m_caughtUpMs = static_cast<double>(whole.elapsed());
    return commitsOf(took);
}

void CopiesBenchmark::aCommitBesideAReplica()
{
    QList<double> alone, beside, aloneMost, besideMost, caughtUp;
    for (int run = 0; run < measure::runs; ++run) {
        const Commits without = shift(false);
        const Commits with = shift(true);
        alone.append(without.median);
        beside.append(with.median);
        aloneMost.append(without.nearlyAll);
        besideMost.append(with.nearlyAll);
        caughtUp.append(m_caughtUpMs);
    }
    using measure::median;
    qInfo("a commit: median %.2f ms alone, %.2f beside a replica, %.2f x; 95 %% within %.2f and "
          "%.2f ms",
        median(alone), median(beside), median(beside) / median(alone), median(aloneMost),
        median(besideMost));
    qInfo("the replica has the last of %d after %.0f ms", commits, median(caughtUp));
    measure::sayLoad();
    QVERIFY(median(beside) < 2 * median(alone));
}

/// The floor: the file's bytes read, written and synced.
double CopiesBenchmark::secondsToCopy(const QString &from, const QString &to)
{
    QElapsedTimer timer;
    timer.start();
    const auto copied = support::run(
        u"dd"_s, {u"if="_s + from, u"of="_s + to, u"bs=1M"_s, u"conv=fsync"_s, u"status=none"_s});
    if (copied.exit != 0)
        qFatal("%s", copied.said().constData());
    QFile::remove(to);
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

void CopiesBenchmark::copyWhole(double floor)
{
    const QString backup = m_place->path(u"backup.db"_s);
    print("backup",
        costOf({u"ledger"_s, u"backup"_s, u"--station"_s, m_place->path(u"station.toml"_s),
            u"--out"_s, backup}),
        floor);
    const QString spare = m_workplace.path(u"spare"_s);
    QVERIFY(QDir().mkpath(spare));
    QVERIFY(QFile::copy(m_place->path(u"station.toml"_s), spare + u"/station.toml"_s));
    print("restore",
        costOf({u"ledger"_s, u"restore"_s, backup, u"--station"_s, spare + u"/station.toml"_s}),
        floor);
    QVERIFY(QDir(spare).removeRecursively());
    QVERIFY(QFile::remove(backup));
}

/// Every body into a bundle that is verified, then out of the ledger.
void CopiesBenchmark::archive(double floor)
{
    print("archive",
        costOf(
            QStringList{u"ledger"_s, u"archive"_s, u"--station"_s, m_place->path(u"station.toml"_s),
                u"--before"_s, u"2024-01"_s, u"--out"_s, m_place->path(u"2023.zip"_s)}
            + m_place->signer(u"factory"_s)),
        floor);
    print("verify", costOf({u"verify"_s, m_place->ledgerUrl()}), floor);
}

void CopiesBenchmark::aMillionDevices()
{
    m_place = std::make_unique<Consignment>(m_workplace.path(u"station"_s));
    m_place->writeStation("line1-a", nullptr);
    m_place->makeSigner(u"factory"_s);
    million::fill(*m_place, m_records, [](int, station::Proposal &) { });
    const double floor = secondsToCopy(m_place->path(u"ledger.db"_s), m_place->path(u"plain.db"_s));
    qInfo("a plain copy takes %.1f s", floor);
    copyWhole(floor);
    archive(floor);
    measure::sayLoad();
}

QTEST_GUILESS_MAIN(CopiesBenchmark)
#include "copies.moc"
