// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cloud.h"
#include "tests/upload/depot.h"

#include <QJsonArray>

using namespace depot;
using support::Cloud;

namespace {

const QByteArray yes = R"({"isSuccessful":true,"errors":[]})";

QByteArray said(int code)
{
    return QByteArray(R"({"errorCode":)") + QByteArray::number(code) + R"(,"message":"words"})";
}

qsizetype sizeOfBulk(const Cloud::Seen &request)
{
    return QJsonDocument::fromJson(request.body).object().value(u"enrollments"_s).toArray().size();
}

/// Nothing is there, and bulks are answered as `bulk` says.
auto service(std::function<QByteArray(const Cloud::Seen &)> bulk)
{
    return [bulk = std::move(bulk)](const Cloud::Seen &request) {
        return request.verb == "POST" ? bulk(request) : Cloud::response(404, said(404201));
    };
}

} // namespace

/// What becomes of each delivery of a bulk: one bad record spoils no other.
class OutboxEntriesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void splitsABulkThatOneRecordSpoils();
    void stepsOverARecordThatBreaksTheService();
    void judgesEachEntryOfABulk_data();
    void judgesEachEntryOfABulk();
    void deletes();
    void leavesAloneWhatItCannotDo();

private:
    [[nodiscard]] DeliveryCounts counts() const { return shopfloor::counts(*m_ledger); }
    void setKind(const QString &word);
    [[nodiscard]] std::unique_ptr<upload::Client> clientOf(const Cloud &cloud) const
    {
        return depot::clientOf(cloud.url(), m_pki.caFile(),
            {u"localhost"_s, u"owner"_s, upload::Secret("key")}, m_places.watch);
    }

    support::Pki m_pki;
    shopfloor::Places m_places;
    station::LedgerPlace m_place;
    std::unique_ptr<Ledger> m_ledger;
};

void OutboxEntriesTest::init()
{
    m_place = m_places.fresh(u"sqlite"_s);
    m_ledger = shopfloor::opened(m_place);
}

void OutboxEntriesTest::cleanup()
{
    m_ledger.reset();
}

void OutboxEntriesTest::splitsABulkThatOneRecordSpoils()
{
    Cloud cloud(m_pki.server());
    cloud.otherwise(service([](const Cloud::Seen &request) {
        const bool isSpoilt = request.body.contains("\"dev-3\"");
        return isSpoilt ? Cloud::response(400, said(400004)) : Cloud::response(200, yes);
    }));
    fill(*m_ledger, 1, 10);
    const auto client = clientOf(cloud);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    driver.work();
    QCOMPARE(driver.settledAs(DeliveryState::Acknowledged).size(), 9);
    QCOMPARE(driver.settledAs(DeliveryState::Rejected).size(), 1);
    QCOMPARE(driver.settledAs(DeliveryState::Rejected).first().serviceCode, 400004);
    QCOMPARE(counts().rejected, 1);
    QCOMPARE(sizeOfBulk(cloud.seen().first()), 10);
    QCOMPARE(sizeOfBulk(cloud.seen().at(1)), 1);
}

void OutboxEntriesTest::stepsOverARecordThatBreaksTheService()
{
    Cloud cloud(m_pki.server());
    QSet<QString> stored;
    cloud.otherwise([&](const Cloud::Seen &request) {
        if (request.verb == "GET") {
            const QString name =
                QString::fromUtf8(request.target.split('/').last().split('?').first());
            return stored.contains(name)
                ? Cloud::response(
                      200, upload::toBody(enrollmentOf(name.mid(4).toInt(), name.mid(4).toInt())))
                : Cloud::response(404, said(404201));
        }
        if (request.body.contains("\"dev-3\"")) {
            return Cloud::response(500, said(500001));
        }
        for (int i = 1; i <= 10; ++i) {
            if (request.body.contains('"' + nameOf(i).toUtf8() + '"')) {
                stored.insert(nameOf(i));
            }
        }
        return Cloud::response(200, yes);
    });
    fill(*m_ledger, 1, 10);
    const auto client = clientOf(cloud);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    for (int i = 0; i < 7; ++i) {
        driver.work();
        m_places.watch.add(121);
    }
    QCOMPARE(counts(), (DeliveryCounts{.pending = 1, .confirmed = 9}));
}

void OutboxEntriesTest::judgesEachEntryOfABulk_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<DeliveryState>("state");
    using enum DeliveryState;
    QTest::newRow("a success that stands among the errors") << 200 << Acknowledged;
    QTest::newRow("a success with digits") << 200'000 << Acknowledged;
    QTest::newRow("bad key") << 400004 << Rejected;
    QTest::newRow("plain 400") << 400 << Rejected;
    QTest::newRow("too large") << 413001 << Rejected;
    QTest::newRow("unauthorized") << 401002 << Pending;
    QTest::newRow("throttled") << 429001 << Pending;
    QTest::newRow("plain 429") << 429 << Pending;
    QTest::newRow("broken") << 500001 << Pending;
    QTest::newRow("exists, but is not there") << 409201 << Pending;
    QTest::newRow("a number without meaning") << 7 << Pending;
}

void OutboxEntriesTest::judgesEachEntryOfABulk()
{
    QFETCH(const int, code);
    QFETCH(const DeliveryState, state);
    Cloud cloud(m_pki.server());
    cloud.otherwise(service([code](const Cloud::Seen &) {
        return Cloud::response(200,
            R"({"isSuccessful":false,"errors":[{"registrationId":"DEV-2","errorCode":)"
                + QByteArray::number(code) + R"(,"errorStatus":"words"}]})");
    }));
    fill(*m_ledger, 1, 3);
    const auto client = clientOf(cloud);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Waiting); // what was taken is not shown, and comes again
    const auto first = [&](qint64 id) {
        return std::ranges::find(driver.settled, id, &Settlement::id)->state;
    };
    QCOMPARE(first(1), DeliveryState::Acknowledged);
    QCOMPARE(first(2), state);
    QCOMPARE(first(3), DeliveryState::Acknowledged);
    QCOMPARE(cloud.seen().first().verb, "POST");
}

void OutboxEntriesTest::setKind(const QString &word)
{
    QVERIFY(shopfloor::rawDatabase(m_place)->change(u"UPDATE delivery SET kind = ?"_s, {word}));
}

void OutboxEntriesTest::deletes()
{
    House house(m_places.watch);
    house.enroll(enrollmentOf(1, 1));
    house.enroll(enrollmentOf(9, 9));
    fill(*m_ledger, 1, 2); // of which only the first is there
    setKind(u"delete"_s);
    const auto client = house.client(m_places.watch);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    QCOMPARE(driver.work().state, State::Delivered);
    QCOMPARE(counts(), DeliveryCounts{.confirmed = 2});
    QCOMPARE(house.count(), 1);
    QVERIFY(!house.keyOf(9).isEmpty());
}

void OutboxEntriesTest::leavesAloneWhatItCannotDo()
{
    House house(m_places.watch);
    fill(*m_ledger, 1, 2);
    setKind(u"report"_s);
    fill(*m_ledger, 3, 3);
    const auto client = house.client(m_places.watch);
    Driver driver(*m_ledger, *client, options(m_places.watch));
    const auto rest = driver.work();
    QCOMPARE(rest.state, State::Waiting);
    QVERIFY(rest.detail.contains(u"report"));
    QCOMPARE(counts(), (DeliveryCounts{.pending = 2, .confirmed = 1}));
}

QTEST_GUILESS_MAIN(OutboxEntriesTest)
#include "outboxentries.moc"
