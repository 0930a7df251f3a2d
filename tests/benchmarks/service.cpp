// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/device.h"
#include "tests/support/workplace.h"
#include "tpm/activation.h"
#include "upload/client.h"
#include "upload/standin/server.h"

#include <QElapsedTimer>
#include <QEventLoop>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace device;
using namespace upload;
using namespace upload::standin;

namespace {

/// Microseconds of each of many equal things.
class Times {
public:
    void begin() { m_timer.start(); }
    void end() { m_each.append(double(m_timer.nsecsElapsed()) / 1e3); }
    void add(double us) { m_each.append(us); }
    [[nodiscard]] double quantile(double share) const
    {
        QList<double> sorted = m_each;
        std::ranges::sort(sorted);
        return sorted.at(qsizetype(share * double(sorted.size() - 1)));
    }

private:
    QElapsedTimer m_timer;
    QList<double> m_each;
};

/// The kilobytes that this process has in memory now.
qint64 residentKb()
{
    QFile status(u"/proc/self/status"_s);
    status.open(QIODevice::ReadOnly);
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:")) {
            return line.mid(6).trimmed().split(' ').first().toLongLong();
        }
    }
    return 0;
}

QList<QByteArray> tenFrom(int first)
{
    QList<QByteArray> records;
    for (int device = first; device < first + 10; ++device) {
        records.append(record(device));
    }
    return records;
}

} // namespace

/// What the local service costs, beside what its work must cost.
class ServiceBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bulksBesideTheirDatabase();
    void registrationsBesideTheirRsa();
    void aMillionEnrollments();

private:
    support::Workplace m_workplace;
};

void ServiceBenchmark::bulksBesideTheirDatabase()
{
    constexpr int bulks = 2000;
    const auto server = Server::start({.folder = m_workplace.path(u"bulks"_s)});
    QVERIFY(server);
    Endpoint endpoint;
    endpoint.url = (*server)->url();
    endpoint.caFile = (*server)->authority().caFile;
    endpoint.test = true;
    const auto client = Client::open(endpoint, (*server)->authority().credential);
    QVERIFY(client);
    Times each;
    int done = 0;
    int sent = 0;
    QElapsedTimer all;
    all.start();
    QEventLoop loop; // at once where QTest waits in steps of ten milliseconds
    const std::function<void()> next = [&] {
        if (sent == bulks) {
            return;
        }
        const qint64 since = all.nsecsElapsed();
        (*client)->bulkCreate(tenFrom(10 * sent++), [&, since](const Result<BulkAnswer> &answer) {
            if (!answer || !answer->successful) {
                qFatal("a bulk was not taken");
            }
            each.add(double(all.nsecsElapsed() - since) / 1e3);
            if (++done == bulks) {
                loop.quit();
            }
            next();
        });
    };
    for (int line = 0; line < 4; ++line) {
        next();
    }
    loop.exec();
    const double rate = 10e9 * bulks / double(all.nsecsElapsed());

    Counter counter; // the same rules and the same database, without TLS and HTTP
    all.restart();
    for (int bulk = 0; bulk < bulks; ++bulk) {
        QCOMPARE(counter.ask("POST", "/enrollments", bulkBody("create", tenFrom(10 * bulk))).status,
            200);
    }
    const double bare = 10e9 * bulks / double(all.nsecsElapsed());
    qInfo("bulks of 10 over TLS, 4 under way: %.0f enrollments/s, p50 %.2f ms, p99 %.2f ms; rules "
          "and database alone %.0f/s",
        rate, each.quantile(0.5) / 1e3, each.quantile(0.99) / 1e3, bare);
}

void ServiceBenchmark::registrationsBesideTheirRsa()
{
    constexpr int registrations = 1000;
    Counter counter;
    for (int number = 0; number < registrations; ++number) {
        QVERIFY(enroll(counter, number));
    }
    Times each;
    Times floor; // two blobs a registration, each encrypted to the EK and to the SRK
    QElapsedTimer all;
    all.start();
    for (int number = 0; number < registrations; ++number) {
        each.begin();
        QCOMPARE(Device(counter, number).assigned().status, 200);
        each.end();
    }
    const double rate = 1e9 * registrations / double(all.nsecsElapsed());
    all.restart();
    for (int number = 0; number < registrations; ++number) {
        const QByteArray key = QByteArray::fromBase64(support::endorsementKey(number));
        floor.begin();
        for (int blob = 0; blob < 2; ++blob) {
            QVERIFY(
                tpm::makeActivation(key, storageRootKey(number), challengeKey.bytes().toByteArray(),
                    [](int bytes) { return QByteArray(bytes, 'r'); }));
        }
        floor.end();
    }
    const double bare = 1e9 * registrations / double(all.nsecsElapsed());
    qInfo("registrations: %.0f/s, p50 %.2f ms, p99 %.2f ms; their RSA alone %.0f/s, p50 %.2f ms: "
          "%.2f x",
        rate, each.quantile(0.5) / 1e3, each.quantile(0.99) / 1e3, bare, floor.quantile(0.5) / 1e3,
        each.quantile(0.5) / floor.quantile(0.5));
}

void ServiceBenchmark::aMillionEnrollments()
{
    constexpr int many = 998'000; // and 1000 while it is measured: the service takes no more
    constexpr int few = 1'000;
    Counter counter;
    Enrollments enrollments(*counter.books);
    const auto fill = [&](int first, int last) {
        const QJsonObject stored = QJsonDocument::fromJson(record(1)).object();
        for (int device = first; device < last; ++device) {
            if (device % 10'000 == 0 || device == first) {
                QVERIFY(device == first || counter.books->commit());
                QVERIFY(counter.books->begin());
            }
            QVERIFY(enrollments.store({u"dev-%1"_s.arg(device), stored, u"\"1\""_s, 0, 0}));
        }
        QVERIFY(counter.books->commit());
    };
    const auto measured = [&](int count) {
        Times get;
        Times put;
        for (int run = 0; run < 500; ++run) {
            const QByteArray path = "/enrollments/dev-" + QByteArray::number((run * 7919) % count);
            get.begin();
            const int got = counter.ask("GET", path).status;
            get.end();
            put.begin();
            const bool isNew = enroll(counter, many + count + run);
            put.end();
            if (got != 200 || !isNew) {
                qFatal("not answered");
            }
        }
        return QList{get.quantile(0.5), get.quantile(0.99), put.quantile(0.5), put.quantile(0.99)};
    };
    fill(0, few);
    const auto before = measured(few);
    const qint64 memoryBefore = residentKb();
    fill(few, many);
    const auto after = measured(many);
    qInfo("at %d: get p50 %.0f us, p99 %.0f us; create p50 %.0f us, p99 %.0f us", few, before[0],
        before[1], before[2], before[3]);
    qInfo("at %d: get p50 %.0f us, p99 %.0f us; create p50 %.0f us, p99 %.0f us; resident %lld MB, "
          "%lld more",
        many, after[0], after[1], after[2], after[3], residentKb() / 1024,
        (residentKb() - memoryBefore) / 1024);
    QVERIFY(after[0] < 3 * before[0]);
}

QTEST_GUILESS_MAIN(ServiceBenchmark)
#include "service.moc"
