// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/device.h"

using namespace Qt::StringLiterals;
using namespace device;
using namespace upload;
using namespace upload::standin;

namespace {

const QString north = u"north.ekstation.test"_s;
const QString south = u"south.ekstation.test"_s;

Terms twoHubs()
{
    Terms terms;
    terms.hubs = {north, south};
    return terms;
}

QJsonObject stateOf(const Response &response)
{
    return json(response)[u"registrationState"].toObject();
}

} // namespace

/// Which hub a device is assigned to, the first time and again; and how often it may ask.
class AllocationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hashedSpreadsAndStays();
    void theEnrollmentNamesTheHub_data();
    void theEnrollmentNamesTheHub();
    void reprovisions_data();
    void reprovisions();
    void aNewKeyTakesTheOldOnesPlace();
    void devicesMayNotPollForEver();
    void clientsHaveAQuota_data();
    void clientsHaveAQuota();
};

void AllocationTest::hashedSpreadsAndStays()
{
    Counter counter(twoHubs());
    QHash<QString, int> devices;
    for (int number = 0; number < 40; ++number) {
        QVERIFY(enroll(counter, number));
        const QString hub = stateOf(Device(counter, number).assigned())[u"assignedHub"].toString();
        ++devices[hub];
        QCOMPARE(stateOf(Device(counter, number).assigned())[u"assignedHub"].toString(), hub);
    }
    QCOMPARE(devices.size(), 2);
    QVERIFY2(devices[north] > 8 && devices[south] > 8, QByteArray::number(devices[north]));
}

void AllocationTest::theEnrollmentNamesTheHub_data()
{
    QTest::addColumn<QJsonObject>("enrollment");
    QTest::addColumn<QString>("hub");
    const QJsonArray both{u"elsewhere.example"_s, south, north};
    QTest::newRow("static") << QJsonObject{{u"allocationPolicy"_s, u"static"_s},
        {u"iotHubs"_s, both}}
                            << south;
    QTest::newRow("the older field") << QJsonObject{{u"iotHubHostName"_s, south}} << south;
    QTest::newRow("the only one of these")
        << QJsonObject{{u"iotHubs"_s, QJsonArray{north}}} << north;
    QTest::newRow("nearest") << QJsonObject{{u"allocationPolicy"_s, u"geoLatency"_s}} << north;
}

void AllocationTest::theEnrollmentNamesTheHub()
{
    QFETCH(const QJsonObject, enrollment);
    QFETCH(const QString, hub);
    Counter counter(twoHubs());
    for (int number = 1; number <= 4; ++number) {
        QVERIFY(enroll(counter, number, enrollment));
        QCOMPARE(stateOf(Device(counter, number).assigned())[u"assignedHub"].toString(), hub);
    }
}

void AllocationTest::reprovisions_data()
{
    QTest::addColumn<QJsonValue>("policy");
    QTest::addColumn<bool>("moves");
    QTest::addColumn<QString>("hub");
    QTest::addColumn<QString>("substatus");
    const QJsonValue none(QJsonValue::Null);
    const auto policy = [](bool update, bool migrate) {
        return QJsonValue(
            QJsonObject{{u"updateHubAssignment"_s, update}, {u"migrateDeviceData"_s, migrate}});
    };
    QTest::newRow("to where it was")
        << none << false << north << u"reprovisionedToInitialAssignment"_s;
    QTest::newRow("elsewhere, as usual") << none << true << south << u"deviceDataMigrated"_s;
    QTest::newRow("elsewhere, with its data")
        << policy(true, true) << true << south << u"deviceDataMigrated"_s;
    QTest::newRow("elsewhere, anew")
        << policy(true, false) << true << south << u"deviceDataReset"_s;
    QTest::newRow("never elsewhere")
        << policy(false, false) << true << north << u"reprovisionedToInitialAssignment"_s;
}

void AllocationTest::reprovisions()
{
    QFETCH(const QJsonValue, policy);
    QFETCH(const bool, moves);
    QFETCH(const QString, hub);
    QFETCH(const QString, substatus);
    Counter counter(twoHubs());
    QJsonObject enrollment{{u"iotHubs"_s, QJsonArray{north}}, {u"reprovisionPolicy"_s, policy}};
    QVERIFY(enroll(counter, 1, enrollment));
    const QJsonObject first = stateOf(Device(counter, 1).assigned());
    QCOMPARE(first[u"substatus"].toString(), u"initialAssignment"_s);
    enrollment[u"iotHubs"_s] = QJsonArray{moves ? south : north};
    QVERIFY(enroll(counter, 1, enrollment));
    counter.wait(std::chrono::hours(1));
    QCOMPARE(Device(counter, 1).challenge().status, 401);
    Device device(counter, 1);
    const Response accepted = device.redeem(token(1, challengeKey, now + 7200));
    QCOMPARE(accepted.status, 202);
    const QJsonObject second = stateOf(device.poll(accepted));
    QCOMPARE(second[u"assignedHub"].toString(), hub);
    QCOMPARE(second[u"substatus"].toString(), substatus);
    QCOMPARE(second[u"createdDateTimeUtc"], first[u"createdDateTimeUtc"]);
    QVERIFY(second[u"lastUpdatedDateTimeUtc"] != first[u"lastUpdatedDateTimeUtc"]);
    QVERIFY(second[u"etag"] != first[u"etag"]);
}

void AllocationTest::aNewKeyTakesTheOldOnesPlace()
{
    Counter counter;
    Registrations hub(*counter.books);
    QVERIFY(*hub.admit(u"hub.ekstation.test"_s, u"dev-1"_s, Secret("old")));
    QVERIFY(enroll(counter, 1));
    QCOMPARE(Device(counter, 1).assigned().status, 200);
    QVERIFY(**hub.keyOf(u"hub.ekstation.test"_s, u"dev-1"_s) == challengeKey);
    // Device ids are told apart by case, unlike registration ids.
    QVERIFY(!*hub.keyOf(u"hub.ekstation.test"_s, u"DEV-1"_s));
}

void AllocationTest::devicesMayNotPollForEver()
{
    Terms terms;
    terms.assignment = std::chrono::hours(1);
    terms.quotas = Quotas::real();
    Counter counter(terms);
    QVERIFY(enroll(counter, 1) && enroll(counter, 2));
    Device device(counter, 1);
    QCOMPARE(device.challenge().status, 401);
    const Response accepted = device.redeem(token(1));
    for (int poll = 0; poll < 5; ++poll) {
        QCOMPARE(device.poll(accepted).status, 202);
    }
    const Response tooMany = device.poll(accepted);
    QCOMPARE(tooMany.status, 429);
    QCOMPARE(codeOf(tooMany), 429001);
    QCOMPARE(tooMany.header("Retry-After"), "2");
    Device other(counter, 2);
    QCOMPARE(other.challenge().status, 401);
    QCOMPARE(other.poll(other.redeem(token(2))).status, 202); // another device is not disturbed
    counter.wait(std::chrono::seconds(2));
    QCOMPARE(device.poll(accepted).status, 202);
}

void AllocationTest::clientsHaveAQuota_data()
{
    QTest::addColumn<bool>("countsItems");
    QTest::addColumn<int>("bulks");
    QTest::newRow("a bulk is one operation") << false << 100;
    QTest::newRow("a bulk is what it holds") << true << 50;
}

void AllocationTest::clientsHaveAQuota()
{
    QFETCH(const bool, countsItems);
    QFETCH(const int, bulks);
    Terms terms;
    terms.quotas = {100, 3, 0};
    terms.assumptions.bulkCountsItems = countsItems;
    Counter counter(terms);
    const QByteArray two = bulkBody("update", {record(1), record(2)});
    for (int bulk = 0; bulk < bulks; ++bulk) {
        QCOMPARE(counter.ask("POST", "/enrollments", two).status, 200);
    }
    const Response tooMany = counter.ask("POST", "/enrollments", two);
    QCOMPARE(tooMany.status, 429);
    QCOMPARE(tooMany.header("Retry-After"), countsItems ? "2" : "1");
    // Devices have a quota of their own.
    for (int device = 0; device < 3; ++device) {
        QCOMPARE(Device(counter, device).challenge().status, 401);
    }
    QCOMPARE(Device(counter, 4).challenge().status, 429);
}

QTEST_GUILESS_MAIN(AllocationTest)
#include "allocation.moc"
