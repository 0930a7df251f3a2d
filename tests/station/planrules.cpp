// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/plan.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace station;

namespace {

const QByteArray head = "schema = 1\nname = \"mine\"\nversion = \"1\"\n";

/// What a plan must ask before it may write to a TPM.
const QByteArray proven = head
    + "[[check]]\nname = \"key\"\n[[check]]\nname = \"uniqueness\"\n"
      "[[check]]\nname = \"challenge\"\n[[check]]\nname = \"template\"\n";

QByteArray detailOf(const Result<Plan> &plan)
{
    return plan ? QByteArray() : plan.error().detail.toUtf8();
}

} // namespace

/// What a plan says of each check's limits, and of the enrollment that is made of a device.
class PlanRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void limitsAreRead();
    void wrongLimitsAreNamed_data();
    void wrongLimitsAreNamed();
    void everyFieldOfTheServicesRecord();
    void theFirstRouteThatFitsIsTaken_data();
    void theFirstRouteThatFitsIsTaken();
    void wrongEnrollmentsAreNamed_data();
    void wrongEnrollmentsAreNamed();
    void whatShippedPlansLeave();
    void whatIsLeftIsRead();
    void wrongLeavingsAreNamed_data();
    void wrongLeavingsAreNamed();
};

void PlanRulesTest::limitsAreRead()
{
    const auto plan = parsePlan(head
            + "[[check]]\nname = \"model\"\nmanufacturer = [\"IFX\"]\nfirmware = [\"7.62-\"]\n"
              "[[check]]\nname = \"ownership\"\nclear_disabled = true\n"
              "[[check]]\nname = \"pcr\"\n",
        u"mine.toml"_s);
    QVERIFY2(plan, detailOf(plan));
    const QVariantMap model = plan->limitsOf(u"model"_s);
    QCOMPARE(model[u"manufacturer"_s].toStringList(), QStringList(u"IFX"_s));
    QCOMPARE(model[u"model"_s].toStringList(), QStringList());
    QCOMPARE(model[u"firmware"_s].toStringList(), QStringList(u"7.62-"_s));
    QCOMPARE(plan->limitsOf(u"ownership"_s)[u"clear_disabled"_s].toBool(), true);
    QCOMPARE(plan->limitsOf(u"ownership"_s)[u"lockout_auth"_s].toBool(), false);
    QCOMPARE(plan->limitsOf(u"pcr"_s)[u"banks"_s].toStringList(), QStringList(u"sha256"_s));
    QCOMPARE(plan->limitsOf(u"presence"_s), QVariantMap());
}

void PlanRulesTest::wrongLimitsAreNamed_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char *name, const QByteArray &check, const QByteArray &key,
                         const char *place, const QStringList &says) {
        QTest::newRow(name) << head + "[[check]]\nname = \"" + check + "\"\n" + key + '\n'
                            << u"bad.toml:%1: "_s.arg(QLatin1String(place)) << says;
    };
    row("a limit of another check", "kind", "banks = []", "6:9", {u"\"banks\""_s});
    row("a limit of the wrong type", "slots", "least = \"3\"", "6:9", {u"0 to 64"_s});
    row("an impossible limit", "slots", "least = 65", "6:9", {u"0 to 64"_s});
    row("a bank that nobody knows", "pcr", "banks = [\"md5\"]", "6:9",
        {u"\"md5\""_s, u"sha1, sha256"_s});
    row("a version that is none", "model", "firmware = [\"new\"]", "6:12",
        {u"\"new\""_s, u"range"_s});
    row("a range that ends before it begins", "model", "firmware = [\"7.9-7.8\"]", "6:12",
        {u"\"7.9-7.8\""_s});
    row("a text for a truth", "template", "persisted = \"yes\"", "6:13", {u"true or false"_s});
    row("no time for an identity", "identity", "deadline_ms = 0", "6:15", {u"1 to 600000"_s});
    row("an unknown limit of a check with limits", "ownership", "lockout = true", "6:11",
        {u"\"lockout\""_s, u"clear_disabled, failures, lockout_auth"_s});
}

void PlanRulesTest::wrongLimitsAreNamed()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, place);
    QFETCH(const QStringList, says);
    const auto plan = parsePlan(toml, u"bad.toml"_s);
    QVERIFY(!plan);
    QCOMPARE(plan.error().fault, Fault::Syntax);
    QVERIFY2(plan.error().detail.startsWith(place), detailOf(plan));
    for (const QString &word : says)
        QVERIFY2(plan.error().detail.contains(word), detailOf(plan));
}

void PlanRulesTest::everyFieldOfTheServicesRecord()
{
    const auto plan = parsePlan(head
            + "[enroll]\niot_hub = \"{order}.azure-devices.net\"\n"
              "iot_hubs = [\"a\", \"b\"]\nallocation = \"custom\"\n"
              "allocation_webhook = \"https://f\"\nallocation_version = \"2021-10-01\"\n"
              "reprovision = \"migrate\"\nedge = true\n"
              "[enroll.tags]\nserial = \"{serial}\"\nsite = {hall = 3, open = true}\n"
              "[enroll.desired]\nlist = [\"{boardSerial}\", 1]\n"
              "[enroll.information]\nek = \"{ekSha256}\"\n",
        u"mine.toml"_s);
    QVERIFY2(plan, detailOf(plan));
    const auto more = fill(plan->enroll.more,
        {{u"order"_s, u"hub"_s}, {u"serial"_s, u"SN\"1"_s}, {u"boardSerial"_s, u"B-1"_s},
            {u"ekSha256"_s, u"00ff"_s}});
    QVERIFY(more);
    const QJsonObject expected{{u"iotHubHostName"_s, u"hub.azure-devices.net"_s},
        {u"iotHubs"_s, QJsonArray{u"a"_s, u"b"_s}}, {u"allocationPolicy"_s, u"custom"_s},
        {u"customAllocationDefinition"_s,
            QJsonObject{{u"webhookUrl"_s, u"https://f"_s}, {u"apiVersion"_s, u"2021-10-01"_s}}},
        {u"reprovisionPolicy"_s,
            QJsonObject{{u"updateHubAssignment"_s, true}, {u"migrateDeviceData"_s, true}}},
        {u"capabilities"_s, QJsonObject{{u"iotEdge"_s, true}}},
        {u"initialTwin"_s,
            QJsonObject{{u"tags"_s,
                            QJsonObject{{u"serial"_s, u"SN\"1"_s},
                                {u"site"_s, QJsonObject{{u"hall"_s, 3}, {u"open"_s, true}}}}},
                {u"properties"_s,
                    QJsonObject{
                        {u"desired"_s, QJsonObject{{u"list"_s, QJsonArray{u"B-1"_s, 1}}}}}}}},
        {u"optionalDeviceInformation"_s, QJsonObject{{u"ek"_s, u"00ff"_s}}}};
    QCOMPARE(*more, expected);
}

void PlanRulesTest::theFirstRouteThatFitsIsTaken_data()
{
    QTest::addColumn<Device>("device");
    QTest::addColumn<QString>("service");
    const auto row = [](const char *name, const QString &customer, const QString &order,
                         const QString &product, const QString &service) {
        const Device device{.order = order, .customer = customer, .product = product};
        QTest::newRow(name) << device << service;
    };
    row("nothing is known of it", {}, {}, {}, u"main"_s);
    row("of a customer", u"ACME"_s, u"1"_s, u"box"_s, u"acme"_s);
    row("of a customer in another case", u"acme"_s, {}, {}, u"main"_s);
    row("of a customer, and an order with a route before", u"ACME"_s, u"4711"_s, {}, u"rush"_s);
    row("of an order", {}, u"4711"_s, {}, u"rush"_s);
    row("of a product, for another customer", u"Other"_s, {}, u"gateway"_s, u"main"_s);
    row("of a product, for the customer of its route", u"Third"_s, {}, u"gateway"_s, u"acme"_s);
}

void PlanRulesTest::theFirstRouteThatFitsIsTaken()
{
    QFETCH(const Device, device);
    QFETCH(const QString, service);
    const auto plan = parsePlan(proven
            + "[enroll]\nservice = \"main\"\n"
              "[[enroll.route]]\norder = \"4711\"\nservice = \"rush\"\n"
              "[[enroll.route]]\ncustomer = \"ACME\"\nservice = \"acme\"\n"
              "[[enroll.route]]\ncustomer = \"Third\"\nproduct = \"gateway\"\n"
              "service = \"acme\"\n",
        u"mine.toml"_s);
    QVERIFY2(plan, detailOf(plan));
    QCOMPARE(plan->enroll.serviceFor(device), service);
    QCOMPARE(plan->enroll.services(), (QStringList{u"main"_s, u"rush"_s, u"acme"_s}));
    QCOMPARE(EnrollRule().services(), QStringList());
}

void PlanRulesTest::wrongEnrollmentsAreNamed_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char *name, const QByteArray &toml, const char *place,
                         const QStringList &says) {
        QTest::newRow(name) << head + toml << u"bad.toml:%1: "_s.arg(QLatin1String(place)) << says;
    };
    row("an unknown policy", "[enroll]\nallocation = \"best\"\n", "5:14",
        {u"\"best\""_s, u"hashed, geoLatency, static, custom"_s});
    row("a custom policy without its webhook", "[enroll]\nallocation = \"custom\"\n", "5:14",
        {u"allocation_webhook"_s});
    row("a webhook without its policy", "[enroll]\nallocation_webhook = \"https://f\"\n", "4:1",
        {u"custom"_s});
    row("an unknown way to come back", "[enroll]\nreprovision = \"maybe\"\n", "5:15",
        {u"migrate, reset, never"_s});
    row("a tag with an unknown placeholder", "[enroll.tags]\na = \"{serail}\"\n", "4:1",
        {u"tags"_s, u"{serail}"_s});
    row("a tag that JSON does not know", "[enroll.tags]\na = 1979-05-27\n", "5:5",
        {u"a text in quotes"_s});
    row("tags that are no table", "[enroll]\ntags = \"a\"\n", "5:8", {u"must be a table"_s});
    row("a route for nobody", "[enroll]\nservice = \"a\"\n[[enroll.route]]\nservice = \"b\"\n",
        "7:11", {u"customer, order or product"_s});
    row("a route to nowhere", "[enroll]\nservice = \"a\"\n[[enroll.route]]\norder = \"1\"\n", "6:1",
        {u"service"_s});
    row("a route to a service without a name",
        "[enroll]\nservice = \"a\"\n[[enroll.route]]\norder = \"1\"\nservice = \"\"\n", "8:11",
        {u"name a service"_s});
    row("a route, and nowhere for all others", "[[enroll.route]]\norder = \"1\"\nservice = \"b\"\n",
        "6:11", {u"that no route fits"_s});
    row("a route with an unknown field",
        "[enroll]\nservice = \"a\"\n[[enroll.route]]\norder = \"1\"\nsite = \"1\"\nservice = "
        "\"b\"\n",
        "8:8", {u"\"site\""_s, u"customer, order, product, service"_s});
    row("a route that is no table", "[enroll]\nservice = \"a\"\nroute = \"b\"\n", "6:9",
        {u"[[route]]"_s});
    row("an unknown field", "[enroll]\nhub = \"a\"\n", "5:7",
        {u"\"hub\""_s, u"iot_hub, iot_hubs"_s});
}

void PlanRulesTest::wrongEnrollmentsAreNamed()
{
    wrongLimitsAreNamed();
}

void PlanRulesTest::whatShippedPlansLeave()
{
    for (const QString &name : {u"production"_s, u"training"_s})
        QCOMPARE(
            loadPlan(name, {})->leave, (LeaveRule{.ek = true, .srk = true, .dropIdentity = true}));
    QCOMPARE(loadPlan(u"qa"_s, {})->leave, LeaveRule());
    QVERIFY(!LeaveRule().writes());
}

void PlanRulesTest::whatIsLeftIsRead()
{
    QCOMPARE(parsePlan(head, u"mine.toml"_s)->leave, LeaveRule());
    const auto plan = parsePlan(proven
            + "[leave]\nek = true\nreplace = true\nclear = true\ndrop_identity = true\n"
              "allow = [\"0x81010016\", \"0x01500001\"]\n",
        u"mine.toml"_s);
    QVERIFY2(plan, detailOf(plan));
    const LeaveRule rule{.ek = true,
        .dropIdentity = true,
        .replace = true,
        .clear = true,
        .allow = {0x81010016, 0x01500001}};
    QCOMPARE(plan->leave, rule);
}

void PlanRulesTest::wrongLeavingsAreNamed_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &keys,
                         const QStringList &says) {
        QTest::newRow(name) << before + "[leave]\n" + keys + '\n' << u"bad.toml:"_s << says;
    };
    const auto without = [](const QByteArray &check) {
        return QByteArray(proven).replace('"' + check + '"', "\"random\"");
    };
    row("an unknown key", proven, "key = true",
        {u"\"key\""_s, u"drop_identity, ek, replace, srk"_s});
    row("a text for a truth", proven, "ek = \"yes\"", {u"ek"_s, u"true or false"_s});
    row("a replacement by nothing", proven, "replace = true", {u"replace"_s, u"ek = true"_s});
    row("something to allow, and no clear", proven, "ek = true\nallow = [\"0x81010016\"]",
        {u"allow"_s, u"clear = true"_s});
    for (const char *handle : {"81010016", "0x8101001", "0x81800000", "0x80000000", "0x02000000",
             "0x00ffffff", "0x", "0x181010016", "EK"})
        row(handle, proven, QByteArray("clear = true\nallow = [\"") + handle + "\"]",
            {u"\"%1\""_s.arg(QLatin1String(handle)), u"NV index"_s});
    for (const char *check : {"key", "uniqueness", "challenge", "template"})
        row(check, without(check), "ek = true", {u"writes to TPMs"_s, QLatin1String(check)});
    row("what is only looked at",
        QByteArray(proven).replace(
            "[[check]]\nname = \"key\"", "purpose = \"engineering\"\n[[check]]\nname = \"key\""),
        "srk = true", {u"engineering"_s, u"writes nothing"_s});
}

void PlanRulesTest::wrongLeavingsAreNamed()
{
    wrongLimitsAreNamed();
}

QTEST_GUILESS_MAIN(PlanRulesTest)
#include "planrules.moc"
