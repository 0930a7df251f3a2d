// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/measure.h"
#include "tests/support/consignment.h"
#include "upload/enrollment.h"

#include <QFile>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

/// A ledger of a million devices, and what it takes to work on it.
namespace million {

using namespace Qt::StringLiterals;

/// What one run of ekstation-cli took.
struct Cost {
    double seconds = 0;
    qint64 peakKb = 0;
};

/// As a process of its own, so that its memory is its own; it must end as told.
inline Cost costOf(const QStringList &arguments, int exit = 0)
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
    if (!WIFEXITED(status) || WEXITSTATUS(status) != exit)
        qFatal("%s ended with %d", qPrintable(arguments.join(u' ')), status);
    return {static_cast<double>(timer.nsecsElapsed()) / 1e9, usage.ru_maxrss};
}

inline int recordCount()
{
    const int asked = qEnvironmentVariableIntValue("EKSTATION_BENCHMARK_RECORDS");
    return asked > 0 ? asked : 1'000'000;
}

inline void add(const support::Consignment &consignment, station::Database &database,
    const station::Proposal &proposal, station::Head &head)
{
    const QString line = consignment.place().stationId;
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
    change("INSERT INTO record (station_id, seq, at_us, serial, board_serial, order_ref, customer, "
           "product, slot, attempt, verdict, error_code, first_fail, ek_sha256, registration_id, "
           "manufacturer, firmware, plan, plan_version, purpose) VALUES (?, ?, ?, ?, '', ?, ?, "
           "'gateway', "
           "'1', 1, 'pass', '', '', ?, ?, ?, ?, 'production', '1.1.0', 'production')",
        {line, entry.seq, entry.atUs, proposal.device.serial, proposal.device.order,
            proposal.device.customer, ek, proposal.enrollment->key,
            proposal.examination.properties->manufacturer,
            proposal.examination.properties->firmware()});
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

/// Entries as a line seals them, ten thousand in a transaction in place of one.
inline void fillNow(const support::Consignment &consignment, int records,
    const std::function<void(int, station::Proposal &)> &alter)
{
    const auto &place = consignment.place();
    const auto database =
        station::Database::open(*station::parseDatabasePlace(place.url, place.folder),
            station::Database::Access::ReadWrite);
    // The keys come in no order: with SQLite's own small cache each would cost a page of the disk.
    QVERIFY((*database)->change(u"PRAGMA cache_size = -1000000"_s));
    station::Proposal proposal = consignment.passed(1);
    station::Head head;
    for (int device = 0; device < records;) {
        const auto done = (*database)->transact([&]() -> station::Result<void> {
            for (const int end = std::min(device + 10'000, records); device < end; ++device) {
                const QString serial = u"%1"_s.arg(device, 8, 10, QLatin1Char('0'));
                proposal.device.serial = serial;
                proposal.examination.key->publicArea = support::Consignment::keyOf(device);
                const upload::Enrollment enrollment{
                    .registrationId = proposal.examination.key->registrationId(),
                    .endorsementKey = proposal.examination.key->base64(),
                    .deviceId = u"dev-"_s + serial};
                proposal.enrollment = upload::makePayload(u"main"_s, enrollment);
                alter(device, proposal);
                add(consignment, **database, proposal, head);
            }
            return {};
        });
        QVERIFY(done);
    }
    QVERIFY((*database)->change(
        u"UPDATE station SET head_seq = ?, head_hash = ?"_s, {head.seq, head.hash}));
}

/// Fills an empty ledger; `alter` makes each device what it should be. In another process: the
/// memory that filling takes would be counted as its children's, too.
inline void fill(const support::Consignment &consignment, int records,
    const std::function<void(int device, station::Proposal &proposal)> &alter)
{
    QElapsedTimer timer;
    timer.start();
    const pid_t filler = fork();
    if (filler == 0) {
        fillNow(consignment, records, alter);
        _exit(QTest::currentTestFailed() ? 1 : 0);
    }
    int status = 0;
    QVERIFY(waitpid(filler, &status, 0) == filler && status == 0);
    qInfo("%d records in %.0f s, %.2f GB", records, static_cast<double>(timer.elapsed()) / 1e3,
        static_cast<double>(QFile(consignment.path(u"ledger.db"_s)).size()) / 1e9);
    measure::sayLoad();
}

} // namespace million
