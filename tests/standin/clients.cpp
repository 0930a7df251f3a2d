// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/device.h"

#include <QMessageAuthenticationCode>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace device;
using namespace upload;
using namespace upload::standin;

namespace {

using Headers = QHash<QByteArray, QByteArray>;

/// How one of the device SDKs speaks; each differs where the others agree.
struct Dialect {
    Headers headers; ///< of each PUT
    Headers pollHeaders; ///< of each GET
    QByteArray secondBody; ///< of the PUT with the token
    QByteArray token;
};

/// The same signature, with the fields in another order and the escapes as another client writes
/// them: what is signed is `resource` as it stands in the token.
QByteArray signedAs(const QByteArray &resource, qint64 expiry, bool lowerHex)
{
    const QByteArray se = QByteArray::number(expiry);
    const QByteArray signature = QMessageAuthenticationCode::hash(
        resource + '\n' + se, challengeKey.bytes().toByteArray(), QCryptographicHash::Sha256)
                                     .toBase64()
                                     .toPercentEncoding();
    // Standard base64 holds no percent sign, so only the escapes are touched.
    QByteArray sig = signature;
    for (const char *escape : {"%2B", "%2F", "%3D"}) {
        sig.replace(escape, lowerHex ? QByteArray(escape).toLower() : QByteArray(escape));
    }
    return "SharedAccessSignature sr=" + resource + "&sig=" + sig + "&se=" + se
        + "&skn=registration";
}

Dialect cSdk()
{
    const QByteArray json = "application/json; charset=utf-8";
    const Headers headers{{"useragent", "prov_device_client/1.0"}, {"accept", "application/json"},
        {"connection", "keep-alive"}, {"content-type", json}, {"host", "localhost:443"}};
    return {headers, headers, body(1),
        signedAs("0ne00000000%2fregistrations%2fdev-1", now + 2400, true)};
}

Dialect iotIdentityService()
{
    return {{{"content-type", "application/json"}}, {}, R"({"registrationId":"dev-1"})",
        signedAs("0ne00000000%2Fregistrations%2Fdev-1", now + 30, false)};
}

Dialect csharpSdk()
{
    const Headers headers{{"user-agent", ".NET/1.19.2 (.NET 6.0; Unix; X64)"},
        {"content-type", "application/json; charset=utf-8"}};
    return {headers, headers, body(1),
        signedAs("0ne00000000%2Fregistrations%2Fdev-1", now + 86'400, false)};
}

} // namespace

Q_DECLARE_METATYPE(Dialect)

/// The device API as each of Microsoft's clients speaks it, header for header.
class ClientsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void eachIsAssigned_data();
    void eachIsAssigned();
    void everyDatedVersionIsTaken_data();
    void everyDatedVersionIsTaken();
    void pathsComeEscaped_data();
    void pathsComeEscaped();
    void errorsHaveTheServicesShape_data();
    void errorsHaveTheServicesShape();
    void theRealBoundsAreTheUsualOnes();

private:
    Response ask(const QByteArray &verb, const QByteArray &path, const QByteArray &body,
        Headers headers, const QByteArray &token, const QByteArray &version = "2021-06-01")
    {
        headers.insert("authorization", token);
        return m_counter->ask(verb, path, body, headers, version);
    }

    std::unique_ptr<Counter> m_counter;
};

void ClientsTest::init()
{
    Terms terms;
    terms.assignment = std::chrono::seconds(5);
    m_counter = std::make_unique<Counter>(terms);
    QVERIFY(enroll(*m_counter, 1));
}

void ClientsTest::eachIsAssigned_data()
{
    QTest::addColumn<Dialect>("dialect");
    QTest::newRow("the C SDK") << cSdk();
    QTest::newRow("IoT Identity Service") << iotIdentityService();
    QTest::newRow("the C# SDK") << csharpSdk();
}

void ClientsTest::eachIsAssigned()
{
    QFETCH(const Dialect, dialect);
    const QByteArray path = pathOf(1) + "/register";
    const Response challenge = ask("PUT", path, body(1), dialect.headers, {});
    QCOMPARE(challenge.status, 401);
    QVERIFY(json(challenge).contains(u"authenticationKey"_s));
    const Response accepted = ask("PUT", path, dialect.secondBody, dialect.headers, dialect.token);
    QCOMPARE(accepted.status, 202);
    const QByteArray operation =
        pathOf(1) + "/operations/" + json(accepted)[u"operationId"].toString().toUtf8();
    QCOMPARE(ask("GET", operation, {}, dialect.pollHeaders, dialect.token).status, 202);
    m_counter->wait(std::chrono::seconds(40)); // longer than one of the tokens is good for
    const Response assigned = ask("GET", operation, {}, dialect.pollHeaders, dialect.token);
    QCOMPARE(assigned.status, 200);
    const QJsonObject state = json(assigned)[u"registrationState"].toObject();
    QVERIFY(!state[u"tpm"].toObject()[u"authenticationKey"].toString().isEmpty());
    static const QRegularExpression time(
        u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z$"_s);
    for (const QString &field : {u"createdDateTimeUtc"_s, u"lastUpdatedDateTimeUtc"_s}) {
        QVERIFY2(time.match(state[field].toString()).hasMatch(), qPrintable(field));
    }
}

void ClientsTest::everyDatedVersionIsTaken_data()
{
    QTest::addColumn<bool>("isTaken");
    for (const char *version :
        {"2018-11-01", "2019-03-31", "2021-06-01", "2021-10-01", "2031-12-31"}) {
        QTest::newRow(version) << true;
    }
    for (const char *version : {"1.0", "2021", "20211001", "2021-10-01'", "latest"}) {
        QTest::newRow(version) << false;
    }
}

void ClientsTest::everyDatedVersionIsTaken()
{
    QFETCH(const bool, isTaken);
    const Response response =
        ask("PUT", pathOf(1) + "/register", body(1), {}, {}, QTest::currentDataTag());
    QCOMPARE(response.status, isTaken ? 401 : 400);
    QCOMPARE(json(response).contains(u"authenticationKey"_s), isTaken);
}

void ClientsTest::pathsComeEscaped_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("an id in escapes")
        << QByteArray("/0ne00000000/registrations/%64ev%2D1/register") << 401;
    QTest::newRow("a scope in escapes")
        << QByteArray("/%30ne00000000/registrations/dev-1/register") << 401;
    QTest::newRow("an id in capitals")
        << QByteArray("/0ne00000000/registrations/DEV-1/register") << 401;
    QTest::newRow("a slash that is no separator")
        << QByteArray("/0ne00000000/registrations/dev-1%2Fregister") << 405;
}

void ClientsTest::pathsComeEscaped()
{
    QFETCH(const QByteArray, path);
    QFETCH(const int, status);
    QCOMPARE(ask("PUT", path, body(1), {}, {}).status, status);
}

void ClientsTest::errorsHaveTheServicesShape_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("code");
    QTest::newRow("another key") << body(1, 7) << QByteArray() << 400004;
    QTest::newRow("not JSON") << QByteArray("{") << QByteArray() << 400001;
    QTest::newRow("a bad signature") << body(1) << token(1, Secret(QByteArray(32, 'x'))) << 401002;
}

void ClientsTest::errorsHaveTheServicesShape()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, token);
    QFETCH(const int, code);
    const Response response = ask("PUT", pathOf(1) + "/register", body, {}, token);
    QCOMPARE(response.status, code / 1000);
    QCOMPARE(response.header("x-ms-error-code"), QByteArray::number(code));
    QCOMPARE(response.header("Content-Type"), "application/json; charset=utf-8");
    const QJsonObject said = json(response);
    QCOMPARE(said.keys(),
        QStringList({u"errorCode"_s, u"message"_s, u"timestampUtc"_s, u"trackingId"_s}));
    QCOMPARE(said[u"errorCode"].toInt(), code);
    QVERIFY(!QUuid::fromString(said[u"trackingId"].toString()).isNull());
    QVERIFY(!said[u"message"].toString().isEmpty());
}

void ClientsTest::theRealBoundsAreTheUsualOnes()
{
    QCOMPARE(Quotas::real(), (Quotas{.operations = 1000, .registrations = 1000, .polls = 5}));
    QCOMPARE(Terms().mostEnrollments, 1'000'000);
    QCOMPARE(largestBulk, 10);
}

QTEST_GUILESS_MAIN(ClientsTest)
#include "clients.moc"
