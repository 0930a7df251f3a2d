// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/million.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"
#include "upload/handover/draft.h"

using namespace Qt::StringLiterals;
using million::Cost;
using million::costOf;
using support::Consignment;

namespace {

constexpr qint64 mostKb = 150 << 10;

} // namespace

/// Exports of a million devices: rows a second beside what reading and writing them must cost.
class ExportsBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aMillionDevices();

private:
    [[nodiscard]] double floorRate();
    void print(const char *what, const Cost &cost, double floor) const
    {
        const double rate = m_records / cost.seconds;
        qInfo("%-10s %7.0f rows/s, %.2f of the floor, peak %lld MB", what, rate, rate / floor,
            static_cast<long long>(cost.peakKb / 1024));
        QVERIFY(cost.peakKb < mostKb);
    }

    support::Workplace m_workplace;
    std::unique_ptr<Consignment> m_place;
    const int m_records = million::recordCount();
};

void ExportsBenchmark::initTestCase()
{
    m_place = std::make_unique<Consignment>(m_workplace.path(u"station"_s));
    m_place->makeSigner(u"factory"_s);
    million::fill(*m_place, m_records, [](int, station::Proposal &) { });
}

/// What no export can do without: the bodies and payloads out of the database, the bytes to a file.
double ExportsBenchmark::floorRate()
{
    const auto &place = m_place->place();
    const auto database = station::Database::open(
        *station::parseDatabasePlace(place.url, place.folder), station::Database::Access::ReadOnly);
    QElapsedTimer timer;
    timer.start();
    const auto draft =
        upload::handover::Draft::of(m_place->path(u"floor"_s), upload::handover::Draft::Kind::File);
    const auto file = upload::handover::created(draft->path());
    qint64 after = 0;
    while (true) {
        const auto rows = (*database)->select(
            u"SELECT e.seq, e.body, (SELECT d.payload FROM delivery d WHERE d.station_id = "
            "e.station_id AND d.seq = e.seq) FROM entry e WHERE e.station_id = ? AND e.seq > ? "
            "ORDER BY e.seq "
            "LIMIT 500"_s,
            {place.stationId, after});
        if (!rows || rows->isEmpty())
            break;
        after = rows->last().first().toLongLong();
        for (const QVariantList &row : *rows)
            if (!upload::handover::put(**file, row.at(1).toByteArray())
                || !upload::handover::put(**file, row.at(2).toByteArray()))
                qFatal("not written");
    }
    if (after != m_records || !upload::handover::closed(**file))
        qFatal("not everything was read");
    return m_records / (static_cast<double>(timer.nsecsElapsed()) / 1e9);
}

void ExportsBenchmark::aMillionDevices()
{
    const QStringList start{u"export"_s, u"--ledger"_s, m_place->ledgerUrl(), u"--out"_s};
    const double floor = floorRate();
    qInfo("floor      %7.0f rows/s", floor);
    for (const char *format : {"csv", "jsonl", "dps-bulk", "xlsx"}) {
        const QString name = QString::fromLatin1(format);
        const Cost cost =
            costOf(start + QStringList{m_place->path(u"out-"_s + name), u"--format"_s, name});
        print(format, cost, floor);
        std::ignore = support::run(u"rm"_s, {u"-rf"_s, m_place->path(u"out-"_s + name)});
    }
    for (const QString &name : {u"bundle"_s, u"bundle.zip"_s}) {
        const QString path = m_place->path(name);
        const Cost made = costOf(
            start + QStringList{path, u"--format"_s, u"bundle"_s} + m_place->signer(u"factory"_s));
        print(name == u"bundle" ? "bundle" : "as zip", made, floor);
        const Cost seen =
            costOf({u"verify"_s, path, u"--signers"_s, m_place->path(u"factory.pem"_s)});
        print("verify", seen, floor);
        std::ignore = support::run(u"rm"_s, {u"-rf"_s, path});
    }
    measure::sayLoad();
}

QTEST_GUILESS_MAIN(ExportsBenchmark)
#include "exports.moc"
