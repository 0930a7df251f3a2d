// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/measure.h"
#include "tests/support/consignment.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"
#include "upload/enrollment.h"
#include "upload/handover/draft.h"

#include <QFile>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using support::Consignment;

namespace {

constexpr qint64 mostKb = 150 << 10;

/// What one run of ekstation-cli took.
struct Cost {
    double seconds = 0;
    qint64 peakKb = 0;
};

/// As a process of its own, so that its memory is its own.
Cost costOf(const QStringList &arguments)
{
    QList<QByteArray> words{BINARY_FOLDER "/ekstation-cli"};
    for (const QString &argument : arguments)
        words.append(argument.toLocal8Bit());
    QList<char *> argv;
    for (QByteArray &word : words)
        argv.append(word.data());
    argv.append(nullptr);
    QElapsedTimer timer;
    timer.start();
    pid_t pid = 0;
    if (posix_spawn(&pid, argv.first(), nullptr, nullptr, argv.data(), environ) != 0)
        qFatal("ekstation-cli does not start");
    int status = 0;
    rusage usage{};
    wait4(pid, &status, 0, &usage);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        qFatal("%s ended with %d", qPrintable(arguments.join(u' ')), status);
    return {static_cast<double>(timer.nsecsElapsed()) / 1e9, usage.ru_maxrss};
}

int recordCount()
{
    const int asked = qEnvironmentVariableIntValue("EKSTATION_BENCHMARK_RECORDS");
    return asked > 0 ? asked : 1'000'000;
}

} // namespace

/// Exports of a million devices: rows a second beside what reading and writing them must cost.
class ExportsBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aMillionDevices();

private:
    void fill();
    void add(station::Database &database, const station::Proposal &proposal, station::Head &head);
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
    const int m_records = recordCount();
};

void ExportsBenchmark::initTestCase()
{
    m_place = std::make_unique<Consignment>(m_workplace.path(u"station"_s));
    m_place->makeSigner(u"factory"_s);
    QElapsedTimer timer;
    timer.start();
    // In another process: the memory that filling takes would be counted as its children's, too.
    const pid_t filler = fork();
    if (filler == 0) {
        fill();
        _exit(QTest::currentTestFailed() ? 1 : 0);
    }
    int status = 0;
    QVERIFY(waitpid(filler, &status, 0) == filler && status == 0);
    qInfo("%d records in %.0f s, %.2f GB", m_records, static_cast<double>(timer.elapsed()) / 1e3,
        static_cast<double>(QFile(m_place->path(u"ledger.db"_s)).size()) / 1e9);
    measure::sayLoad();
}

/// Entries as a line seals them, ten thousand in a transaction in place of one.
void ExportsBenchmark::fill()
{
    const auto &place = m_place->place();
    const auto database =
        station::Database::open(*station::parseDatabasePlace(place.url, place.folder),
            station::Database::Access::ReadWrite);
    // The keys come in no order: with SQLite's own small cache each would cost a page of the disk.
    QVERIFY((*database)->change(u"PRAGMA cache_size = -1000000"_s));
    station::Proposal proposal = m_place->passed(1);
    station::Head head;
    for (int device = 0; device < m_records;) {
        const auto done = (*database)->transact([&]() -> station::Result<void> {
            for (const int end = std::min(device + 10'000, m_records); device < end; ++device) {
                const QString serial = u"%1"_s.arg(device, 8, 10, QLatin1Char('0'));
                proposal.device.serial = serial;
                proposal.examination.key->publicArea = Consignment::keyOf(device);
                const upload::Enrollment enrollment{
                    .registrationId = proposal.examination.key->registrationId(),
                    .endorsementKey = proposal.examination.key->base64(),
                    .deviceId = u"dev-"_s + serial};
                proposal.enrollment = upload::makePayload(u"main"_s, enrollment);
                add(**database, proposal, head);
            }
            return {};
        });
        QVERIFY(done);
    }
    QVERIFY((*database)->change(
        u"UPDATE station SET head_seq = ?, head_hash = ?"_s, {head.seq, head.hash}));
}

void ExportsBenchmark::add(
    station::Database &database, const station::Proposal &proposal, station::Head &head)
{
    const QString line = m_place->place().stationId;
    station::Entry entry{.stationId = line,
        .kind = u"exam"_s,
        .atUs = 1'700'000'000'000'000 + head.seq * 1'000'000,
        .clockState = u"synced"_s,
        .salt = QByteArray(16, 's'),
        .body = station::bodyOf(proposal, line, 1)};
    entry = sealed(entry, head);
    head = {entry.seq, entry.hash};
    const QString ek = QString::fromLatin1(proposal.examination.key->sha256().toHex());
    const auto change = [&database](const char *sql, const QVariantList &values) {
        if (!database.change(QString::fromLatin1(sql), values))
            qFatal("%s", sql);
    };
    change(
        "INSERT INTO entry (station_id, seq, kind, at_us, monotonic_us, clock_state, salt, body, "
        "digest, prev, hash) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
        {line, entry.seq, entry.kind, entry.atUs, entry.clockState, entry.salt, entry.body,
            entry.digest, entry.prev, entry.hash});
    change(
        "INSERT INTO record (station_id, seq, at_us, serial, board_serial, order_ref, customer, "
        "product, slot, attempt, verdict, error_code, first_fail, ek_sha256, registration_id, "
        "manufacturer, firmware, plan, plan_version, purpose) VALUES (?, ?, ?, ?, '', 'ORDER-1', "
        "'ACME', 'gateway', '1', 1, 'pass', '', '', ?, ?, 'IFX', '', 'production', '1.1.0', "
        "'production')",
        {line, entry.seq, entry.atUs, proposal.device.serial, ek, proposal.enrollment->key});
    change(
        "INSERT INTO binding (ek_sha256, serial, board_serial, registration_key, service, state, "
        "station_id, seq) VALUES (?, ?, '', ?, 'main', 'active', ?, ?)",
        {ek, proposal.device.serial, proposal.enrollment->key, line, entry.seq});
    change(
        "INSERT INTO delivery (station_id, seq, kind, destination, key, payload, state, attempts, "
        "next_at_us, lease_owner, lease_until_us, service_code, service_text) VALUES (?, ?, "
        "'enroll', 'main', ?, ?, 'confirmed', 1, 0, '', 0, 0, '')",
        {line, entry.seq, proposal.enrollment->key, proposal.enrollment->body});
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
