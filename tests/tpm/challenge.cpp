// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/challenge.h"

#include "tests/support/swtpm.h"
#include "tests/support/vectors.h"
#include "tests/support/workplace.h"
#include "tpm/certificates.h"
#include "tpm/endorsement.h"
#include "tpm/properties.h"
#include "tpm/publicarea.h"
#include "tpm/session.h"
#include "tpm/templates.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::Swtpm;
using support::vector;
using tpm::EndorsementKey;
using tpm::Fault;
using tpm::Session;
using tpm::Template;

namespace {

tpm::Result<EndorsementKey> created(Session &session, Template source)
{
    const auto object =
        session.createPrimary(tpm::Hierarchy::Endorsement, tpm::templateArea(source));
    if (!object)
        return std::unexpected(object.error());
    auto key = tpm::parseEndorsementKey(object->publicArea);
    if (key)
        key->reference = object->reference;
    return key;
}

} // namespace

/// The proof that a TPM holds the private half of its key.
class ChallengeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void knownAnswer();
    void everyKindOfKey_data();
    void everyKindOfKey();
    void anotherTpmsKeyIsNotProven();
    void anyChangedByteFails();
    void secretsOfEveryLength();
    void anOwnedEndorsementHierarchy();
    void keysThatCannotBeChallenged();
    void theWholeExaminationInTwelveCommands();

private:
    support::Workplace m_workplace;
    std::unique_ptr<Swtpm> m_tpm;
    std::unique_ptr<Swtpm> m_blank;
    std::unique_ptr<Session> m_session; ///< on the blank one
};

void ChallengeTest::initTestCase()
{
    m_tpm = std::make_unique<Swtpm>(Swtpm::Options{.manufactured = true});
    m_blank = std::make_unique<Swtpm>();
    auto session = Session::open(m_blank->target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    m_session = std::move(*session);
}

void ChallengeTest::knownAnswer()
{
    const auto wrapped = tpm::wrapCredential(
        vector("seed"), 0x000b, 128, vector("objectName"), vector("credential"));
    QVERIFY(wrapped.has_value());
    QCOMPARE(*wrapped, vector("idObjectTPM2B"));
    const auto unknown =
        tpm::wrapCredential(vector("seed"), 0x000b, 192, vector("objectName"), "secret");
    QVERIFY(!unknown.has_value());
    QCOMPARE(unknown.error().fault, Fault::Unsuitable);
}

void ChallengeTest::everyKindOfKey_data()
{
    QTest::addColumn<Template>("source");
    QTest::newRow("L-1, RSA") << Template::TcgL1;
    QTest::newRow("L-2, P-256") << Template::TcgL2;
    QTest::newRow("H-1, RSA") << Template::TcgH1;
    QTest::newRow("H-2, P-256") << Template::TcgH2;
    QTest::newRow("H-3, P-384") << Template::TcgH3;
    QTest::newRow("SDK, RSA") << Template::SdkEmptyUnique;
}

void ChallengeTest::everyKindOfKey()
{
    QFETCH(Template, source);
    const Swtpm tpm;
    const auto session = Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    const auto key = created(**session, source);
    QVERIFY2(key.has_value(), key ? "" : qPrintable(key.error().detail));
    for (int i = 0; i < 3; ++i) {
        const auto proven = tpm::provePossession(**session, *key, tpm::secureRandom);
        QVERIFY2(proven.has_value(), proven ? "" : qPrintable(proven.error().detail));
    }
    // The public half of another TPM's key of the same kind: this TPM does not hold it.
    const Swtpm other;
    const auto elsewhere = Session::open(other.target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(elsewhere.has_value());
    auto foreign = created(**elsewhere, source);
    QVERIFY(foreign.has_value());
    foreign->reference = key->reference;
    const auto refused = tpm::provePossession(**session, *foreign, tpm::secureRandom);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().fault, Fault::Refused);
    QVERIFY(tpm::provePossession(**session, *key, tpm::secureRandom).has_value());
}

void ChallengeTest::anotherTpmsKeyIsNotProven()
{
    const Swtpm original({.original = m_tpm.get()});
    const auto session = Session::open(original.target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    const auto key = tpm::readEndorsementKey(**session);
    QVERIFY(key.has_value());
    // A clone holds the key as well: only the ledger can tell it from the original.
    const auto proven = tpm::provePossession(**session, *key, tpm::secureRandom);
    QVERIFY2(proven.has_value(), proven ? "" : qPrintable(proven.error().detail));
}

void ChallengeTest::anyChangedByteFails()
{
    const auto object = m_session->createPrimary(tpm::Hierarchy::Null, tpm::challengeArea());
    QVERIFY(object.has_value());
    const auto name = tpm::parsePublicArea(object->publicArea)->name;
    for (const Template source : {Template::TcgL1, Template::TcgL2}) {
        const auto key = created(*m_session, source);
        QVERIFY(key.has_value());
        const tpm::Object endorsement{key->reference, 0, key->publicArea};
        const QByteArray nonce(32, 'n');
        const auto good = tpm::makeCredential(key->publicArea, name, nonce, tpm::secureRandom);
        QVERIFY(good.has_value());
        const auto released = m_session->activateCredential(
            *object, endorsement, good->idObject, good->encryptedSecret);
        QVERIFY2(released.has_value(), released ? "" : qPrintable(released.error().detail));
        QCOMPARE(*released, nonce);
        const auto fails = [&](tpm::Credential bad) {
            const auto result = m_session->activateCredential(
                *object, endorsement, bad.idObject, bad.encryptedSecret);
            return !result && !m_session->failure();
        };
        for (qsizetype at = 0; at < good->idObject.size(); ++at) {
            tpm::Credential bad = *good;
            bad.idObject[at] = static_cast<char>(bad.idObject[at] ^ 1);
            QVERIFY2(fails(bad), "idObject, byte " + QByteArray::number(at));
        }
        for (qsizetype at = 0; at < good->encryptedSecret.size();
            at += source == Template::TcgL1 ? 9 : 1) {
            tpm::Credential bad = *good;
            bad.encryptedSecret[at] = static_cast<char>(bad.encryptedSecret[at] ^ 1);
            QVERIFY2(fails(bad), "encryptedSecret, byte " + QByteArray::number(at));
        }
        // And for an object of another name.
        const auto wrong =
            tpm::makeCredential(key->publicArea, vector("objectName"), nonce, tpm::secureRandom);
        QVERIFY(fails(*wrong));
        QVERIFY(m_session->flush({key->reference, 0, {}}).has_value());
    }
    QVERIFY(m_session->flush(*object).has_value());
}

void ChallengeTest::secretsOfEveryLength()
{
    const auto key = created(*m_session, Template::TcgL2);
    const auto object = m_session->createPrimary(tpm::Hierarchy::Null, tpm::challengeArea());
    QVERIFY(key.has_value() && object.has_value());
    const auto name = tpm::parsePublicArea(object->publicArea)->name;
    for (const int size : {1, 16, 32, 64}) {
        const QByteArray secret = tpm::secureRandom(size);
        const auto credential =
            tpm::makeCredential(key->publicArea, name, secret, tpm::secureRandom);
        QVERIFY(credential.has_value());
        const auto released =
            m_session->activateCredential(*object, {key->reference, 0, key->publicArea},
                credential->idObject, credential->encryptedSecret);
        QVERIFY2(released.has_value(), released ? "" : qPrintable(released.error().detail));
        QCOMPARE(*released, secret);
    }
    QVERIFY(m_session->flush({key->reference, 0, {}}).has_value());
    QVERIFY(m_session->flush(*object).has_value());
}

void ChallengeTest::anOwnedEndorsementHierarchy()
{
    const Swtpm tpm({.original = m_tpm.get()});
    const auto owned = tpm.tool(u"tpm2_changeauth"_s, {u"-c"_s, u"e"_s, u"somebody"_s});
    QVERIFY2(owned.exit == 0, owned.said());
    {
        const auto session = Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
        QVERIFY(session.has_value());
        const auto key = tpm::readEndorsementKey(**session);
        QVERIFY(key.has_value());
        const auto proven = tpm::provePossession(**session, *key, tpm::secureRandom);
        QVERIFY(!proven.has_value());
        QCOMPARE(proven.error().fault, Fault::Refused);
        QCOMPARE(proven.error().code, 0x9a2U); // TPM_RC_BAD_AUTH, session 1
        QCOMPARE(proven.error().command, 0x151U);
    }
    QCOMPARE(tpm.leftovers(), QByteArray());
}

void ChallengeTest::keysThatCannotBeChallenged()
{
    const QByteArray l1 = QByteArray::fromHex("013a") + tpm::templateArea(Template::TcgL1);
    const QByteArray l2 = QByteArray::fromHex("007a") + tpm::templateArea(Template::TcgL2);
    QByteArray sha1 = l1;
    sha1[5] = '\x04';
    const QByteArray hmac = QByteArray::fromHex("0030") + vector("publicTPMT");
    for (const QByteArray &area : {l1, l2, sha1, hmac}) { // a modulus and a point of zeros
        const auto credential =
            tpm::makeCredential(area, vector("objectName"), "secret", tpm::secureRandom);
        QVERIFY(!credential.has_value());
        QCOMPARE(credential.error().fault, Fault::Unsuitable);
        QVERIFY(!credential.error().detail.isEmpty());
    }
    const auto garbage =
        tpm::makeCredential("garbage", vector("objectName"), "secret", tpm::secureRandom);
    QVERIFY(!garbage.has_value());
    QCOMPARE(garbage.error().fault, Fault::Protocol);
}

/// Over a network each command costs a round trip; the floor of a unit's time is their number.
void ChallengeTest::theWholeExaminationInTwelveCommands()
{
    const auto session = Session::open(m_tpm->target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    const auto properties = tpm::readProperties(**session);
    QVERIFY(properties.has_value());
    const auto key = tpm::readEndorsementKey(**session);
    QVERIFY(key.has_value());
    const auto certificates = tpm::readCertificates(**session, *key, properties->nvBufferMax);
    QVERIFY(certificates.has_value());
    QCOMPARE(certificates->size(), 2);
    const auto proven = tpm::provePossession(**session, *key, tpm::secureRandom);
    QVERIFY2(proven.has_value(), proven ? "" : qPrintable(proven.error().detail));
    QVERIFY2((*session)->commands() <= 12, QByteArray::number((*session)->commands()));
}

QTEST_GUILESS_MAIN(ChallengeTest)
#include "challenge.moc"
