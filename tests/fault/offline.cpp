// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/upload/watched.h"

#include <QJsonArray>

using namespace depot;

namespace {

constexpr int devices = 1000;

/// The numbers of the devices in a bulk; none for another request.
QList<int> numbersIn(const support::Cloud::Seen &request)
{
    QList<int> numbers;
    const auto body = QJsonDocument::fromJson(request.body).object();
    for (const QJsonValue &record : body[u"enrollments"].toArray())
        numbers.append(record[u"registrationId"].toString().mid(4).toInt());
    return numbers;
}

} // namespace

/// A whole shift without a network: the line goes on, and what waits leaves in the order in which
/// it was proven.
class OfflineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aShiftWithoutANetwork();

private:
    /// Records one device after the other, as a line does: the next once the last is on the disk.
    /// Returns how often the outbox has tried in vain meanwhile.
    int recordTheShift(Ledger &ledger, Driver &driver);

    support::Pki m_pki;
    shopfloor::Places m_places;
};

int OfflineTest::recordTheShift(Ledger &ledger, Driver &driver)
{
    QObject::connect(
        &ledger, &Ledger::recorded, &driver.outbox, [&driver] { driver.outbox.wake(); });
    for (int i = 1; i <= devices; ++i) {
        fill(ledger, i, i); // which fails where the ledger does not answer in time
        if (i % 100 == 0)
            m_places.watch.add(121); // the pause is over, so that it tries again
    }
    return static_cast<int>(driver.rests.size());
}

void OfflineTest::aShiftWithoutANetwork()
{
    Watched service(m_pki);
    service.cloud.stop();
    const auto ledger = shopfloor::opened(m_places.fresh(u"sqlite"_s));
    const auto client = service.client(m_places.watch);
    Driver driver(*ledger, *client, options(m_places.watch));
    const int tries = recordTheShift(*ledger, driver);
    QVERIFY(QTest::qWaitFor([&] { return !driver.rests.isEmpty(); }, 20'000));
    QCOMPARE(driver.rests.last().state, State::Offline);
    const auto waiting = shopfloor::counts(*ledger);
    QCOMPARE(waiting.pending + waiting.sent, devices);
    QVERIFY2(tries <= devices, "a service that is away is not called again and again");
    QCOMPARE(service.cloud.seen().size(), 0);

    service.cloud.resume();
    QCOMPARE(driver.workUntilDone(m_places.watch).state, State::Delivered);
    QCOMPARE(shopfloor::counts(*ledger), DeliveryCounts{.confirmed = devices});
    QCOMPARE(service.counter.count(), devices);
    // In order, but for the requests that were under way at the same time.
    int sent = 0;
    for (const auto &request : service.cloud.seen())
        for (const int number : numbersIn(request)) {
            QVERIFY2(number <= sent + 10 * (client->endpoint().inFlight + 1),
                qPrintable(u"%1 came after %2"_s.arg(number).arg(sent)));
            ++sent;
        }
    QCOMPARE(sent, devices);
}

QTEST_GUILESS_MAIN(OfflineTest)
#include "offline.moc"
