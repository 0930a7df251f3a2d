// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/publicarea.h"

#include "tests/support/vectors.h"
#include "tpm/endorsement.h"
#include "tpm/templates.h"

#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using tpm::Fault;
using tpm::PublicArea;
using tpm::Template;

namespace {

QByteArray sized(const QByteArray &bytes)
{
    return QByteArray(1, static_cast<char>(bytes.size() >> 8))
        + static_cast<char>(bytes.size() & 0xff) + bytes;
}

/// The 60 bytes that every L-1 key begins with, then a modulus.
QByteArray rsaKey(QByteArray modulus = QByteArray(256, '\xaf'))
{
    QByteArray area = tpm::templateArea(Template::TcgL1);
    area.replace(area.size() - 256, 256, modulus);
    return sized(area);
}

} // namespace

/// TPM2B_PUBLIC, taken apart, and which of them can be an endorsement key.
class PublicAreaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rsa();
    void ecc();
    void keyedHashHasAName();
    void exactlyOneStructure_data();
    void exactlyOneStructure();
    void endorsementKeys_data();
    void endorsementKeys();
    void theHeadThatDpsExpects();
    void registrationIds();
};

void PublicAreaTest::rsa()
{
    const auto area = tpm::parsePublicArea(rsaKey());
    QVERIFY(area.has_value());
    QCOMPARE(area->type, PublicArea::Type::Rsa);
    QCOMPARE(area->nameAlg, quint16(0x000b));
    QCOMPARE(area->attributes, 0x300b2U);
    QCOMPARE(area->symmetricBits, 128);
    QCOMPARE(area->modulus, QByteArray(256, '\xaf'));
    QCOMPARE(area->exponent, 65537U);
    QCOMPARE(area->authPolicy.toHex(),
        QByteArray("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa"));
    QCOMPARE(area->name.size(), 34);
    QVERIFY(area->name.startsWith(QByteArray("\x00\x0b", 2)));
}

void PublicAreaTest::ecc()
{
    const auto p256 = tpm::parsePublicArea(sized(tpm::templateArea(Template::TcgL2)));
    QVERIFY(p256.has_value());
    QCOMPARE(p256->type, PublicArea::Type::Ecc);
    QCOMPARE(p256->curve, quint16(3));
    QCOMPARE(p256->x, QByteArray(32, '\0'));
    QCOMPARE(p256->symmetricBits, 128);
    const auto p384 = tpm::parsePublicArea(sized(tpm::templateArea(Template::TcgH3)));
    QVERIFY(p384.has_value());
    QCOMPARE(p384->curve, quint16(4));
    QCOMPARE(p384->symmetricBits, 256);
    QCOMPARE(p384->name.size(), 2 + 48);
}

void PublicAreaTest::keyedHashHasAName()
{
    const auto area = tpm::parsePublicArea(sized(support::vector("publicTPMT")));
    QVERIFY(area.has_value());
    QCOMPARE(area->type, PublicArea::Type::Other);
    QCOMPARE(area->name, support::vector("publicName"));
}

void PublicAreaTest::exactlyOneStructure_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = rsaKey();
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("size alone") << QByteArray("\x01\x3a", 2);
    QTest::newRow("size of nothing") << QByteArray(2, '\0');
    QTest::newRow("without its size") << good.mid(2);
    QTest::newRow("a byte more") << good + 'x';
    QTest::newRow("a byte less") << good.chopped(1);
    QByteArray longer = good;
    longer[1] = '\x3b';
    QTest::newRow("size one too large") << longer + 'x';
    QTest::newRow("text") << QByteArray("-----BEGIN PUBLIC KEY-----");
    QTest::newRow("host byte order") << QByteArray::fromHex("3a01000001000b00b2000300");
}

void PublicAreaTest::exactlyOneStructure()
{
    QFETCH(QByteArray, bytes);
    const auto area = tpm::parsePublicArea(bytes);
    QVERIFY(!area.has_value());
    QCOMPARE(area.error().fault, Fault::Protocol);
}

void PublicAreaTest::endorsementKeys_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("good");
    QTest::newRow("RSA") << rsaKey() << true;
    QByteArray even(256, '\xaf');
    even[255] = '\xae';
    QTest::newRow("even modulus") << rsaKey(even) << false;
    QByteArray small(256, '\xaf');
    small[0] = '\x2f';
    QTest::newRow("modulus of 2046 bits") << rsaKey(small) << false;
    QTest::newRow("a template, not a key") << rsaKey(QByteArray(256, '\0')) << false;
    QTest::newRow("no modulus") << sized(tpm::templateArea(Template::SdkEmptyUnique)) << false;
    QTest::newRow("HMAC key") << sized(support::vector("publicTPMT")) << false;
    QByteArray signing = rsaKey();
    signing[7] = '\x05'; // sign instead of decrypt
    QTest::newRow("signing key") << signing << false;
    QByteArray unnamed = rsaKey();
    unnamed[5] = '\x10'; // TPM_ALG_NULL
    QTest::newRow("without a name") << unnamed << false;
}

void PublicAreaTest::endorsementKeys()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, good);
    const auto key = tpm::parseEndorsementKey(bytes);
    QCOMPARE(key.has_value(), good);
    if (key)
        QCOMPARE(key->publicArea, bytes);
    else
        QCOMPARE(key.error().fault, Fault::Unsuitable);
}

void PublicAreaTest::theHeadThatDpsExpects()
{
    const auto key = tpm::parseEndorsementKey(rsaKey());
    QVERIFY(key.has_value());
    QCOMPARE(key->base64().size(), 424);
    QVERIFY(key->base64().startsWith(
        "AToAAQALAAMAsgAgg3GXZ0SEs/gakMyNRqXXJP1S124GUgtk8qHaGzMUaaoABgCAAEMAEAgAAAAAAAEA"));
}

/// The example key's id, as the Azure SDKs derive it.
void PublicAreaTest::registrationIds()
{
    QFile file(QStringLiteral(SOURCE_FOLDER "/tests/data/endorsement.base64"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto key = tpm::parseEndorsementKey(QByteArray::fromBase64(file.readAll()));
    QVERIFY(key.has_value());
    QCOMPARE(key->registrationId(), u"d7tnkf3eedaftlqq2ncshrgjvw5sonotfqk5fkvrrilwxp4sy5ba"_s);
}

QTEST_GUILESS_MAIN(PublicAreaTest)
#include "publicarea.moc"
