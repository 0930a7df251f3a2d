// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/activation.h"

#include "tests/support/swtpm.h"
#include "tests/support/vectors.h"
#include "tpm/endorsement.h"
#include "tpm/session.h"
#include "tpm/templates.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Qt::StringLiterals;
using support::vector;

namespace {

/// A conversation with both keys of an attestation.
struct Talk {
    std::unique_ptr<tpm::Session> session;
    tpm::Object endorsement;
    tpm::Object storage;

    explicit Talk(const support::Swtpm &swtpm)
    {
        auto opened = tpm::Session::open(swtpm.target(), {}, std::make_shared<tpm::Stop>());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        session = std::move(*opened);
        endorsement = made(tpm::Hierarchy::Endorsement, tpm::templateArea(tpm::Template::TcgL1));
        storage = made(tpm::Hierarchy::Owner, tpm::storageArea());
    }

    tpm::Object made(tpm::Hierarchy hierarchy, const QByteArray &area)
    {
        auto object = session->createPrimary(hierarchy, area);
        if (!object)
            qFatal("%s", qPrintable(object.error().detail));
        return *object;
    }
};

/// The bytes 0x20, 0x21… of the known answers, cut to what is asked for.
QByteArray counting(int size)
{
    return vector("hmacKey").repeated(1 + size / 32).left(size);
}

} // namespace

/// The DPS authentication key, from both sides.
class ActivationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wrapsAsTheKnownAnswers();
    void refusesWhatNoSdkCouldRead();
    void theRealTpmSigns_data();
    void theRealTpmSigns();
    void theTrailerIsNobodysBusiness_data();
    void theTrailerIsNobodysBusiness();
    void theTpmSaysWhatWasTamperedWith_data();
    void theTpmSaysWhatWasTamperedWith();
    void everyByteCounts();
    void rehearsalLeavesNothing();
    void anotherTpmCannot();
    void badBlobs_data();
    void badBlobs();
};

void ActivationTest::wrapsAsTheKnownAnswers()
{
    const auto duplicate = tpm::wrapDuplicate(
        vector("hmacKey"), vector("obfuscation"), vector("credential"), vector("dupSeed"));
    QVERIFY(duplicate.has_value());
    QCOMPARE(duplicate->publicArea.mid(2).toHex(), vector("publicTPMT").toHex());
    QCOMPARE(duplicate->publicArea.size(), 50);
    QCOMPARE(duplicate->privateArea.toHex(), vector("duplicateTPM2B").toHex());
}

void ActivationTest::refusesWhatNoSdkCouldRead()
{
    const QByteArray key = counting(32);
    QVERIFY(!tpm::wrapDuplicate({}, key, key.left(16), key));
    QVERIFY(!tpm::wrapDuplicate(counting(65), key, key.left(16), key));
    QVERIFY(!tpm::wrapDuplicate(key, key, key.left(24), key));
    QVERIFY(!tpm::makeActivation("no key", "no key", key, counting));
}

void ActivationTest::theRealTpmSigns_data()
{
    QTest::addColumn<int>("keySize");
    QTest::newRow("as DPS sends it") << 32;
    QTest::newRow("a hub key of 64 bytes") << 64;
    QTest::newRow("one byte") << 1;
}

void ActivationTest::theRealTpmSigns()
{
    QFETCH(int, keySize);
    const support::Swtpm swtpm;
    Talk talk(swtpm);
    const QByteArray key = counting(keySize);
    const auto blob = tpm::makeActivation(
        talk.endorsement.publicArea, talk.storage.publicArea, key, tpm::secureRandom);
    QVERIFY(blob.has_value());
    const auto parsed = tpm::parseActivation(blob->bytes());
    QVERIFY(parsed.has_value());
    QVERIFY(*parsed == *blob);
    if (keySize == 32) { // the parts have the sizes that DPS gives them
        const auto sizeOf = [](const QByteArray &part) {
            return part.toHex().left(4).toInt({}, 16);
        };
        QCOMPARE(
            (QList{sizeOf(blob->idObject), sizeOf(blob->encryptedSecret), sizeOf(blob->duplicate),
                sizeOf(blob->encryptedSeed), sizeOf(blob->publicArea)}),
            (QList{52, 256, 142, 256, 48}));
        QCOMPARE(blob->publicArea.mid(2, 16).toHex(), "0008000b0004044000000005000b0020");
        QCOMPARE(blob->bytes().size(), 766);
    }

    const auto object = tpm::activate(*talk.session, talk.endorsement, talk.storage, *parsed);
    QVERIFY2(object.has_value(), object ? "" : qPrintable(object.error().detail));
    const QByteArray text("0ne00000A0A%2Fregistrations%2Fdev-1\n1700000000");
    const auto signature = talk.session->hmac(*object, text);
    QVERIFY(signature.has_value());
    QCOMPARE(signature->toHex(),
        QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256).toHex());
    talk.session.reset();
    QCOMPARE(swtpm.leftovers(), QByteArray());
}

void ActivationTest::theTrailerIsNobodysBusiness_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("none") << 0;
    QTest::newRow("as with a challenge") << 154;
    QTest::newRow("as with an assignment") << 108;
}

void ActivationTest::theTrailerIsNobodysBusiness()
{
    QFETCH(int, size);
    const support::Swtpm swtpm;
    Talk talk(swtpm);
    auto blob = tpm::makeActivation(
        talk.endorsement.publicArea, talk.storage.publicArea, counting(32), tpm::secureRandom);
    QVERIFY(blob.has_value());
    blob->trailer = QByteArray(size, 't');
    QCOMPARE(blob->bytes().size(), 766 + size);
    const auto parsed = tpm::parseActivation(blob->bytes());
    QVERIFY(parsed.has_value());
    QVERIFY(tpm::activate(*talk.session, talk.endorsement, talk.storage, *parsed).has_value());
}

void ActivationTest::theTpmSaysWhatWasTamperedWith_data()
{
    using Part = QByteArray tpm::ActivationBlob::*;
    QTest::addColumn<Part>("part");
    QTest::addColumn<quint32>("code");
    QTest::newRow("the id object") << &tpm::ActivationBlob::idObject << 0x1dfU;
    QTest::newRow("the duplicate") << &tpm::ActivationBlob::duplicate << 0x3dfU;
}

void ActivationTest::theTpmSaysWhatWasTamperedWith()
{
    using Part = QByteArray tpm::ActivationBlob::*;
    QFETCH(Part, part);
    QFETCH(quint32, code);
    const support::Swtpm swtpm;
    Talk talk(swtpm);
    auto blob = tpm::makeActivation(
        talk.endorsement.publicArea, talk.storage.publicArea, counting(32), tpm::secureRandom);
    QVERIFY(blob.has_value());
    QByteArray &bytes = (*blob).*part;
    bytes[bytes.size() - 1] = static_cast<char>(bytes.back() ^ 1);
    const auto object = tpm::activate(*talk.session, talk.endorsement, talk.storage, *blob);
    QVERIFY(!object.has_value());
    QCOMPARE(object.error().fault, tpm::Fault::Refused);
    QCOMPARE(object.error().code, code);
}

void ActivationTest::everyByteCounts()
{
    const support::Swtpm swtpm;
    Talk talk(swtpm);
    const auto blob = tpm::makeActivation(
        talk.endorsement.publicArea, talk.storage.publicArea, counting(32), tpm::secureRandom);
    QVERIFY(blob.has_value());
    const QByteArray whole = blob->bytes();
    QVERIFY(tpm::activate(*talk.session, talk.endorsement, talk.storage, *blob).has_value());
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray tampered = whole;
        tampered[at] = static_cast<char>(tampered[at] ^ 1);
        const auto parsed = tpm::parseActivation(tampered);
        const auto activated = parsed
            ? tpm::activate(*talk.session, talk.endorsement, talk.storage, *parsed)
            : tpm::Result<tpm::Object>(std::unexpected(parsed.error()));
        QVERIFY2(!activated, qPrintable(u"byte %1"_s.arg(at)));
        QVERIFY2(!talk.session->failure(), qPrintable(u"byte %1"_s.arg(at)));
    }
}

void ActivationTest::rehearsalLeavesNothing()
{
    const support::Swtpm swtpm(support::Swtpm::Options{.manufactured = true});
    const QByteArray persistent = swtpm.handles("persistent");
    for (int round = 0; round < 5; ++round) { // more often than swtpm has room for what is left
        Talk talk(swtpm);
        const auto rehearsed =
            tpm::rehearse(*talk.session, talk.endorsement, talk.storage, tpm::secureRandom);
        QVERIFY2(rehearsed.has_value(), rehearsed ? "" : qPrintable(rehearsed.error().detail));
    }
    QCOMPARE(swtpm.leftovers(), QByteArray());
    QCOMPARE(swtpm.handles("persistent"), persistent);
}

void ActivationTest::anotherTpmCannot()
{
    const support::Swtpm mine;
    const support::Swtpm other;
    Talk talk(mine);
    Talk stranger(other);
    // The stranger's EK, this TPM's SRK; and the other way round.
    for (const bool foreignKey : {true, false}) {
        const auto blob = tpm::makeActivation((foreignKey ? stranger : talk).endorsement.publicArea,
            (foreignKey ? talk : stranger).storage.publicArea, counting(32), tpm::secureRandom);
        QVERIFY(blob.has_value());
        const auto object = tpm::activate(*talk.session, talk.endorsement, talk.storage, *blob);
        QVERIFY(!object.has_value());
        QCOMPARE(object.error().fault, tpm::Fault::Refused);
    }
    talk.session.reset();
    QCOMPARE(mine.leftovers(), QByteArray());
}

void ActivationTest::badBlobs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray part = QByteArray::fromHex("0001aa");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("one byte") << QByteArray("x");
    QTest::newRow("an empty part") << part + QByteArray(2, '\0') + part.repeated(4);
    QTest::newRow("no trailer") << part.repeated(5);
    QTest::newRow("bytes after the trailer") << part.repeated(6) + "x";
    QTest::newRow("a size beyond the end") << part.repeated(4) + QByteArray::fromHex("ffffaa");
}

void ActivationTest::badBlobs()
{
    QFETCH(QByteArray, bytes);
    const auto parsed = tpm::parseActivation(bytes);
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().fault, tpm::Fault::Protocol);
    QVERIFY(parsed.error().detail.contains(QString::number(bytes.size())));
}

QTEST_GUILESS_MAIN(ActivationTest)
#include "activation.moc"
