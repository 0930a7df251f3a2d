// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/measure.h"
#include "tests/upload/depot.h"

using namespace depot;
using namespace std::chrono_literals;

namespace {

constexpr auto latency = 80ms; ///< of every answer, as of a service in another country
constexpr double leastGain = 14; ///< times the sequential uploader
constexpr double leastShare = 0.95; ///< of the quota
constexpr double mostThrottled = 0.01; ///< of the requests

/// A service that holds back each answer.
class Distant {
public:
    explicit Distant(int operationsPerMinute = 0)
    {
        upload::standin::Place place;
        place.folder = m_folder.path();
        place.terms.mischief.latency = latency;
        place.terms.quotas.operations = operationsPerMinute;
        place.terms.assumptions.bulkCountsItems = true; // the stricter of what nobody knows
        auto server = upload::standin::Server::start(place);
        if (!server)
            qFatal("%s", qPrintable(server.error().detail));
        m_server = std::move(*server);
    }
    [[nodiscard]] std::unique_ptr<upload::Client> client() const
    {
        upload::Endpoint endpoint;
        endpoint.url = m_server->url();
        endpoint.caFile = m_server->authority().caFile;
        endpoint.test = true;
        auto client = upload::Client::open(endpoint, m_server->authority().credential);
        if (!client)
            qFatal("%s", qPrintable(client.error().detail));
        return std::move(*client);
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<upload::standin::Server> m_server;
};

/// What an outbox did with a number of deliveries.
struct Shipment {
    double acknowledgedPerSecond = 0;
    double secondHalfPerSecond = 0; ///< acknowledged, without the burst at the beginning
    double confirmedAfter = 0; ///< seconds, for all of them
    upload::Tally tally;
};

Shipment ship(shopfloor::Places &places, const Distant &service, int devices, int quota)
{
    auto place = places.fresh(u"sqlite"_s);
    place.clock = station::systemClock;
    const auto ledger = shopfloor::opened(place);
    fill(*ledger, 0, 0); // the entry that all deliveries belong to
    stock(place, 1, devices - 1);
    const auto client = service.client();
    upload::OutboxOptions options{
        .destination = u"main"_s, .owner = u"one"_s, .quotaPerMinute = quota};
    upload::Outbox outbox(*ledger, *client, options);
    int acknowledged = 0;
    int confirmed = 0;
    double half = 0;
    double whole = 0;
    QElapsedTimer timer;
    QEventLoop loop;
    QObject::connect(&outbox, &upload::Outbox::settled, &loop, [&](const Settlement &settlement) {
        const double now = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        if (settlement.state == DeliveryState::Acknowledged && ++acknowledged <= devices) {
            half = acknowledged == devices / 2 ? now : half;
            whole = now;
        }
        if (settlement.state == DeliveryState::Confirmed && ++confirmed == devices)
            loop.quit();
    });
    QTimer::singleShot(600'000, &loop, [] { qFatal("not everything is delivered"); });
    timer.start();
    outbox.wake();
    loop.exec();
    return {devices / whole, (devices - devices / 2) / (whole - half),
        static_cast<double>(timer.nsecsElapsed()) / 1e9, client->tally()};
}

/// What the SDKs' samples do: ten, and once they are answered the next ten.
double sequentialPerSecond(const Distant &service, int first, int bulks)
{
    const auto client = service.client();
    QEventLoop loop;
    int done = 0;
    std::function<void()> next = [&] {
        QList<QByteArray> records;
        for (int i = 0; i < 10; ++i)
            records.append(
                upload::toBody(enrollmentOf(first + 10 * done + i, first + 10 * done + i)));
        client->bulkCreate(records, [&](const upload::Result<upload::BulkAnswer> &answer) {
            if (!answer || !answer->successful)
                qFatal("a bulk was not taken");
            ++done < bulks ? next() : loop.quit();
        });
    };
    QElapsedTimer timer;
    timer.start();
    next();
    loop.exec();
    return 10e9 * bulks / static_cast<double>(timer.nsecsElapsed());
}

} // namespace

/// How fast a backlog leaves the station, beside the uploader that everybody writes first, and
/// beside the quota.
class DeliveryBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { measure::sayLoad(); }
    void outrunsASequentialUploader();
    void usesUpItsQuotaAndNoMore();
    void findsOutWhatALowerLimitAllows();

private:
    shopfloor::Places m_places;
};

void DeliveryBenchmark::outrunsASequentialUploader()
{
    constexpr int devices = 6000;
    QList<double> sequential;
    QList<double> ours;
    QList<double> confirmed;
    QList<double> calls;
    for (int run = 0; run < measure::runs; ++run) {
        const Distant service;
        sequential.append(sequentialPerSecond(service, 1'000'000, 20));
        const Shipment shipment = ship(m_places, service, devices, 60'000'000);
        ours.append(shipment.acknowledgedPerSecond);
        confirmed.append(shipment.confirmedAfter);
        calls.append(static_cast<double>(shipment.tally.calls) / devices);
    }
    const double gain = measure::median(ours) / measure::median(sequential);
    qInfo("%d enrollments, %lld ms away: %.0f/s acknowledged; a sequential uploader of bulks of 10 "
          "%.0f/s: %.1f x; all confirmed after %.1f s; %.3f calls an enrollment",
        devices, static_cast<long long>(latency.count()), measure::median(ours),
        measure::median(sequential), gain, measure::median(confirmed), measure::median(calls));
    QVERIFY2(gain >= leastGain, qPrintable(QString::number(gain)));
}

void DeliveryBenchmark::usesUpItsQuotaAndNoMore()
{
    constexpr int quota = 6000; // a minute, of both sides; the station may send a quarter at once
    constexpr int devices = 6000;
    const Distant service(quota);
    const Shipment shipment = ship(m_places, service, devices, quota);
    const double share = shipment.secondHalfPerSecond * 60 / quota;
    const double throttled =
        static_cast<double>(shipment.tally.throttled) / static_cast<double>(shipment.tally.calls);
    qInfo("quota of %d a minute: %.1f %% of it used after the first burst, %.2f %% of %lld calls "
          "throttled; %d enrollments confirmed after %.1f s; %.3f calls an enrollment",
        quota, share * 100, throttled * 100, static_cast<long long>(shipment.tally.calls), devices,
        shipment.confirmedAfter, static_cast<double>(shipment.tally.calls) / devices);
    QVERIFY2(share >= leastShare, qPrintable(QString::number(share)));
    QVERIFY2(throttled <= mostThrottled, qPrintable(QString::number(throttled)));
}

void DeliveryBenchmark::findsOutWhatALowerLimitAllows()
{
    constexpr int limit = 6000;
    constexpr int devices = 12'000; // the service lets the first minute's worth through at once
    const Distant service(limit);
    const Shipment shipment = ship(m_places, service, devices, 10 * limit);
    qInfo("a service that allows %d a minute, and a station that believes in %d: %.1f %% of what "
          "is allowed used, %.2f %% of %lld calls throttled",
        limit, 10 * limit, shipment.secondHalfPerSecond * 60 / limit * 100,
        100.0 * static_cast<double>(shipment.tally.throttled)
            / static_cast<double>(shipment.tally.calls),
        static_cast<long long>(shipment.tally.calls));
}

QTEST_GUILESS_MAIN(DeliveryBenchmark)
#include "delivery.moc"
