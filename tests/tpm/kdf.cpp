// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/kdf.h"

#include "tests/support/vectors.h"

#include <QTest>

using support::vector;

/// Known answers; a real TPM accepted what was derived with them.
class KdfTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void kdfaOfACredential();
    void kdfaOfADuplicate();
    void kdfaInSeveralBlocks();
    void kdfeOfAnExchange();
};

void KdfTest::kdfaOfACredential()
{
    constexpr auto sha256 = QCryptographicHash::Sha256;
    const QByteArray seed = vector("seed");
    QCOMPARE(
        tpm::kdfa(sha256, seed, "STORAGE", vector("objectName"), {}, 128), vector("credSymKey"));
    QCOMPARE(tpm::kdfa(sha256, seed, "INTEGRITY", {}, {}, 256), vector("credMacKey"));
}

void KdfTest::kdfaOfADuplicate()
{
    constexpr auto sha256 = QCryptographicHash::Sha256;
    const QByteArray seed = vector("dupSeed");
    QCOMPARE(
        tpm::kdfa(sha256, seed, "STORAGE", vector("publicName"), {}, 128), vector("dupSymKey"));
    QCOMPARE(tpm::kdfa(sha256, seed, "INTEGRITY", {}, {}, 256), vector("dupMacKey"));
}

/// The first block counts from 1 and covers the bit count, so that a longer key shares no prefix.
void KdfTest::kdfaInSeveralBlocks()
{
    const auto derived = [](int bits) {
        return tpm::kdfa(QCryptographicHash::Sha256, "key", "LABEL", "u", "v", bits);
    };
    QCOMPARE(derived(512).size(), 64);
    QCOMPARE(derived(384).size(), 48);
    QVERIFY(derived(512).left(32) != derived(256));
    QVERIFY(derived(512).left(32) != derived(512).mid(32));
    QCOMPARE(derived(512), derived(512));
}

void KdfTest::kdfeOfAnExchange()
{
    QCOMPARE(tpm::kdfe(QCryptographicHash::Sha256, vector("kdfeP256.z"), "IDENTITY",
                 vector("kdfeP256.ephX"), vector("kdfeP256.ekX"), 256),
        vector("kdfeP256.seed"));
}

QTEST_GUILESS_MAIN(KdfTest)
#include "kdf.moc"
