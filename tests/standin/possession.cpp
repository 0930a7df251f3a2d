// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/standin/device.h"

using namespace Qt::StringLiterals;
using namespace device;
using namespace upload;
using namespace upload::standin;

/// What proves to the device API that a request comes from the enrolled TPM, and what does not.
class PossessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void takesTheSecondPutWithoutKeys();
    void refusesTokens_data();
    void refusesTokens();
    void aNonceIsGoodOnce();
    void twoRegistrationsOfOneIdCollide();
    void knowsPollsByTheirToken_data();
    void knowsPollsByTheirToken();

private:
    std::unique_ptr<Counter> m_counter;
    Terms m_terms;
};

void PossessionTest::init()
{
    m_terms = {};
    m_terms.assignment = std::chrono::seconds(5);
    m_counter = std::make_unique<Counter>(m_terms);
    QVERIFY(enroll(*m_counter, 1));
}

void PossessionTest::takesTheSecondPutWithoutKeys()
{
    Device device(*m_counter, 1);
    QCOMPARE(device.challenge().status, 401);
    // As IIS sends it: upper-case escapes, the audience in lower case, no tpm.
    QCOMPARE(device.ask("PUT", "/register", R"({"registrationId":"dev-1"})", token(1)).status, 202);
}

void PossessionTest::refusesTokens_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::newRow("no token") << QByteArray("Bearer abc");
    QTest::newRow("garbage") << QByteArray("SharedAccessSignature sr");
    QTest::newRow("forged") << token(1, Secret(QByteArray(32, 'x')));
    QTest::newRow("expired") << token(1, challengeKey, now - 600);
    QTest::newRow("of another device") << token(2);
    QTest::newRow("of another scope") << token(1, challengeKey, now + 60, u"0ne0000000B"_s);
    QTest::newRow("of another policy")
        << token(1, challengeKey, now + 60, u"0ne00000000"_s, u"owner"_s);
}

void PossessionTest::refusesTokens()
{
    QFETCH(const QByteArray, authorization);
    Device device(*m_counter, 1);
    QCOMPARE(device.challenge().status, 401);
    const Response response = device.redeem(authorization);
    QCOMPARE(response.status, 401);
    QCOMPARE(codeOf(response), 401002);
    // A new challenge would make a client that signs wrongly go on for ever.
    QVERIFY(!json(response).contains(u"authenticationKey"_s));
    // The honest device is not harmed by it.
    QCOMPARE(device.redeem(token(1)).status, 202);
}

void PossessionTest::aNonceIsGoodOnce()
{
    Device device(*m_counter, 1);
    QCOMPARE(device.challenge().status, 401);
    const Response accepted = device.redeem(token(1));
    QCOMPARE(accepted.status, 202);
    // While the operation lasts, the same token is a client whose answer got lost.
    const Response again = device.redeem(token(1));
    QCOMPARE(again.status, 202);
    QCOMPARE(json(again)[u"operationId"], json(accepted)[u"operationId"]);
    m_counter->wait(std::chrono::seconds(5));
    const Response replayed = device.redeem(token(1));
    QCOMPARE(replayed.status, 401);
    QCOMPARE(codeOf(replayed), 401002);
    // And a challenge does not wait for ever.
    QCOMPARE(device.challenge().status, 401);
    m_counter->wait(std::chrono::seconds(601));
    QCOMPARE(device.redeem(token(1, challengeKey, now + 2400)).status, 401);
}

void PossessionTest::twoRegistrationsOfOneIdCollide()
{
    Device device(*m_counter, 1);
    QCOMPARE(device.challenge().status, 401);
    QCOMPARE(device.redeem(token(1)).status, 202);
    QCOMPARE(device.challenge().status, 401);
    const Response second = device.redeem(token(1, challengeKey, now + 2401));
    QCOMPARE(second.status, 409);
    QCOMPARE(codeOf(second), 409203);
}

void PossessionTest::knowsPollsByTheirToken_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<bool>("strict");
    QTest::addColumn<int>("code");
    QTest::newRow("its own") << token(1) << false << 0;
    QTest::newRow("expired meanwhile") << token(1, challengeKey, now - 600) << false << 0;
    QTest::newRow("expired, and that counts")
        << token(1, challengeKey, now - 600) << true << 401002;
    QTest::newRow("none") << QByteArray() << false << 401002;
    QTest::newRow("forged") << token(1, Secret(QByteArray(32, 'x'))) << false << 401002;
    QTest::newRow("of another device") << token(2) << false << 401002;
}

void PossessionTest::knowsPollsByTheirToken()
{
    QFETCH(const QByteArray, authorization);
    QFETCH(const bool, strict);
    QFETCH(const int, code);
    m_terms.assumptions.expiredTokenPolls = !strict;
    m_counter = std::make_unique<Counter>(m_terms);
    QVERIFY(enroll(*m_counter, 1));
    Device device(*m_counter, 1);
    QCOMPARE(device.challenge().status, 401);
    const QByteArray operation = json(device.redeem(token(1)))[u"operationId"].toString().toUtf8();
    QCOMPARE(codeOf(device.ask("GET", "/operations/" + operation, {}, authorization)), code);
    QCOMPARE(codeOf(device.ask("GET", "/operations/5.1.2", {}, token(1))), 404202);
}

QTEST_GUILESS_MAIN(PossessionTest)
#include "possession.moc"
