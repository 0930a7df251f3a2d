// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/roca.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// The mark that weak primes leave in a modulus.
class RocaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void marks_data();
    void marks();
    void smallFactors();
};

void RocaTest::marks_data()
{
    QTest::addColumn<QByteArray>("modulus");
    QTest::addColumn<bool>("marked");
    // A published weak modulus of 512 bits, and its neighbour.
    const QByteArray weak =
        QByteArray::fromHex("944e13208a280c37efc31c3114485e590192adbb8e11c87cad60cdef0037ce99"
                            "278330d3f471a2538fa667802ed2a3c44a8b7dea826e888d0aa341fd664f7fa7");
    QByteArray neighbour = weak;
    neighbour[0] = '\x84';
    QTest::newRow("weak") << weak << true;
    QTest::newRow("weak, with leading zeros") << QByteArray(4, '\0') + weak << true;
    QTest::newRow("its neighbour") << neighbour << false;
    // Two primes k*M + (65537^a mod M), M the product of the primes to 701: as the library made
    // them.
    QTest::newRow("weak, 2048 bits")
        << QByteArray::fromHex("dae8ce11611a87a302a5cd0268a04c8066bfbb232c2093b1db3465dcf13704f6"
                               "b4fc30de84d4c2e714209ac0a61a7f8f658f2ecf3092dc0550f822cd248fd4fb"
                               "77bdfabeaba4a124bf97885c7184c4b5ec82483aedb6f23576a4727bcdf485d5"
                               "4ffc87f47d745eadd8644a1cb04f357bd276f4d7816556608063838871889ee3"
                               "6e9bf1416617a30b846cab6c81adf09a2606377a612db4b18adea6fcd9d5da49"
                               "7fc7151f2068cedc4653af14853728fae03c62c1ed7a74db013bd71344fc35df"
                               "eb17cc83089f3b745e8c4aa03fa810eb41a7e5fe8118184507f078592bf94703"
                               "059ab7a3219e4f7f0c3dbec1804215100bc70c0ae2117cbdd305d798590989e7")
        << true;
    // From a libtpms that was asked for a key.
    QTest::newRow("good, 2048 bits")
        << QByteArray::fromHex("af80a7bc9f47492b4dd4fb2ee984f8f68912b95f54607c206f0f657a14187427"
                               "d3be1ae05b2897a41824b0e9c38851674fcae0b43fb72ace6776d82ef1305922"
                               "cea39749376dc1f80bcb92eed91d694df5d745c611a15a0c8106c4eb5121d580"
                               "caf2dedf2617fea62c54e9b537447cc21b7db18f16f6cd4d5186fd4b29464abc"
                               "8f8d0c701a50c361ebb78be3c47561785d27b3e5e84fb66916fc221b1658d2e1"
                               "8052f61cc45a8b6af0bd61d69af15ebc5d3ad0dc750740c7c9a7f766f34f5973"
                               "ae6426a66d9ec18b70ca73e1d5d4a4d97b7eefbee224277f9b566ea153046bcb"
                               "ef10f63118c25226e58b8d5652976090648be73bab1afdcb1ddf69e19252cadb")
        << false;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("zero") << QByteArray(256, '\0') << false;
}

void RocaTest::marks()
{
    QFETCH(const QByteArray, modulus);
    QFETCH(const bool, marked);
    QCOMPARE(tpm::isRocaModulus(modulus), marked);
}

void RocaTest::smallFactors()
{
    const auto number = [](const char *hex) { return QByteArray::fromHex(hex); };
    QCOMPARE(tpm::smallFactor(number("10")), 2U);
    QCOMPARE(tpm::smallFactor(number("0f")), 3U);
    QCOMPARE(tpm::smallFactor(number("3cda29")), 1997U); // its square
    QCOMPARE(tpm::smallFactor(number("0fffffff61")), 0U); // a prime
}

QTEST_GUILESS_MAIN(RocaTest)
#include "roca.moc"
