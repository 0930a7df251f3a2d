// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/trust.h"

#include "tests/support/maker.h"
#include "tpm/certificates.h"
#include "tpm/credential.h"
#include "tpm/endorsement.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::Maker;
using tpm::Anchors;
using tpm::Distrust;
using tpm::Trust;

namespace {

Anchors anchorsOf(const QList<QByteArray> &parts)
{
    Anchors anchors;
    for (const QByteArray &part : parts)
        anchors.add(*tpm::parseAnchors(part));
    return anchors;
}

} // namespace

/// Paths from EK certificates to roots, and what such certificates say of themselves.
class TrustTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void path_data();
    void path();
    void issuersMayComeAlong();
    void revocation();
    void anOldListStillRevokes();
    void aForgedListIsNoList();
    void brokenBytes_data();
    void brokenBytes();
    void profile();
    void anOaepKeyIsAKey();
    void anchors();
    void notAnchors_data();
    void notAnchors();
    void issuersInNv();

private:
    Maker m_maker;
    Maker m_stranger{"stranger"};
    QByteArray m_key = Maker::someKey();
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};

void TrustTest::path_data()
{
    QTest::addColumn<QByteArray>("der");
    QTest::addColumn<int>("distrust"); // -1: trusted
    const auto row = [this](const char *name, const Maker::Odd &odd, int distrust) {
        QTest::newRow(name) << m_maker.certify(m_key, odd) << distrust;
    };
    const auto as = [](Distrust why) { return static_cast<int>(why); };
    row("good", {}, -1);
    row("expired", {.untilSeconds = -60}, as(Distrust::Expired));
    row("of tomorrow", {.fromSeconds = 86400}, as(Distrust::NotYetValid));
    row("unknown critical extension", {.unknownExtension = "1.2.3.4.5"}, as(Distrust::Critical));
    row("serial of zero", {.serial = "00"}, -1);
    row("negative serial", {.serial = "-7F"}, -1);
    row("serial of forty bytes", {.serial = QByteArray(80, '7')}, -1);
    row("OAEP key", {.isForOaep = true}, as(Distrust::Other));
    row("signed by nobody", {.isSelfSigned = true}, as(Distrust::UnknownIssuer));
    QTest::newRow("of a stranger") << m_stranger.certify(m_key) << as(Distrust::UnknownIssuer);
    const Maker namesake;
    QTest::newRow("of a namesake") << namesake.certify(m_key) << as(Distrust::Signature);
    QByteArray forged = m_maker.certify(m_key);
    forged.back() = static_cast<char>(forged.back() ^ 1);
    QTest::newRow("signature changed") << forged << as(Distrust::Signature);
}

void TrustTest::path()
{
    QFETCH(QByteArray, der);
    QFETCH(int, distrust);
    const Trust trust(anchorsOf({m_maker.pem()}));
    QVERIFY(!trust.isEmpty());
    const auto path = trust.judge(der, {}, m_now);
    QVERIFY2((path.distrust ? static_cast<int>(*path.distrust) : -1) == distrust,
        qPrintable(path.detail));
    QVERIFY(!path.detail.isEmpty());
    QVERIFY(!path.unrevokedAt.isValid()); // nobody gave a CRL
    if (distrust < 0)
        QCOMPARE(path.detail, u"CN=test maker root"_s);
    // Without roots nothing is trusted, and nothing breaks.
    QVERIFY(Trust(Anchors{}).judge(der, {}, m_now).distrust.has_value());
}

void TrustTest::issuersMayComeAlong()
{
    const QByteArray der = m_maker.certify(m_key);
    const Trust rootAlone(anchorsOf({m_maker.root()}));
    QCOMPARE(rootAlone.judge(der, {}, m_now).distrust, Distrust::UnknownIssuer);
    QCOMPARE(rootAlone.judge(der, {"junk", m_maker.issuer()}, m_now).distrust, std::nullopt);
    // What comes with the device makes no root of itself, and an issuer alone is none either.
    const QByteArray foreign = m_stranger.certify(m_key);
    QCOMPARE(rootAlone.judge(foreign, {m_stranger.issuer(), m_stranger.root()}, m_now).distrust,
        Distrust::UnknownIssuer);
    const Trust issuerAlone(anchorsOf({m_maker.issuer()}));
    QCOMPARE(issuerAlone.judge(der, {}, m_now).distrust, Distrust::UnknownIssuer);
}

void TrustTest::revocation()
{
    const QByteArray der = m_maker.certify(m_key, {.serial = "1234"});
    const QByteArray other = m_maker.certify(m_key, {.serial = "5678"});
    const Trust half(anchorsOf({m_maker.pem(), m_maker.revoke({"1234"})}));
    QCOMPARE(half.judge(der, {}, m_now).distrust, Distrust::Revoked);
    QCOMPARE(half.judge(other, {}, m_now).distrust, std::nullopt);
    QVERIFY(!half.judge(other, {}, m_now).unrevokedAt.isValid()); // the root said nothing
    const Trust whole(
        anchorsOf({m_maker.pem(), m_maker.revoke({"1234"}), m_maker.rootRevokes({})}));
    const auto path = whole.judge(other, {}, m_now);
    QCOMPARE(path.distrust, std::nullopt);
    QVERIFY(path.unrevokedAt.isValid());
    QVERIFY(path.unrevokedAt < m_now);
    const Trust issuerGone(anchorsOf({m_maker.pem(), m_maker.rootRevokes({"0B"})}));
    QCOMPARE(issuerGone.judge(other, {}, m_now).distrust, Distrust::Revoked);
}

void TrustTest::anOldListStillRevokes()
{
    const Trust trust(
        anchorsOf({m_maker.pem(), m_maker.revoke({"01"}, -60), m_maker.rootRevokes({})}));
    QCOMPARE(trust.judge(m_maker.certify(m_key), {}, m_now).distrust, Distrust::Revoked);
    const auto path = trust.judge(m_maker.certify(m_key, {.serial = "02"}), {}, m_now);
    QCOMPARE(path.distrust, std::nullopt);
    QVERIFY(path.unrevokedAt.secsTo(m_now) >= 3500);
}

void TrustTest::aForgedListIsNoList()
{
    const Maker namesake;
    const Trust trust(anchorsOf({m_maker.pem(), namesake.revoke({"01"})}));
    const auto path = trust.judge(m_maker.certify(m_key), {}, m_now);
    QCOMPARE(path.distrust, Distrust::Other);
    QVERIFY2(path.detail.contains(u"CRL"_s), qPrintable(path.detail));
}

void TrustTest::brokenBytes_data()
{
    QTest::addColumn<QByteArray>("der");
    const QByteArray good = m_maker.certify(m_key);
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut in the middle") << good.left(good.size() / 2);
    QTest::newRow("one byte short") << good.chopped(1);
    QTest::newRow("one byte more") << good + '\0';
    QTest::newRow("prefixed") << QByteArray::fromHex("1001000130") + good;
    QTest::newRow("PEM") << m_maker.pem();
    QTest::newRow("a CRL") << m_maker.revoke({});
    QTest::newRow("a megabyte") << QByteArray::fromHex("308400100000") + QByteArray(1 << 20, '\0');
    QTest::newRow("nested for ever") << QByteArray(40000, '\x30');
    QTest::newRow("text") << QByteArray("not DER");
}

void TrustTest::brokenBytes()
{
    QFETCH(QByteArray, der);
    const Trust trust(anchorsOf({m_maker.pem()}));
    QCOMPARE(trust.judge(der, {der}, m_now).distrust, Distrust::Unreadable);
    const auto credential = tpm::readCredential(der);
    QVERIFY(!credential.has_value());
    QCOMPARE(credential.error().fault, tpm::Fault::Protocol);
    tpm::EndorsementKey key;
    key.publicArea = m_key;
    QVERIFY(!tpm::certifies(der, key));
}

void TrustTest::profile()
{
    const auto good = tpm::readCredential(m_maker.certify(m_key, {.serial = "00C0FFEE"}));
    QVERIFY(good.has_value());
    QVERIFY(good->isForEk && !good->isAuthority && good->usageFits && !good->hasOddSerial);
    QCOMPARE(good->serial, u"C0FFEE"_s);
    QCOMPARE(good->issuer, u"CN=test maker issuer"_s);
    QCOMPARE(good->manufacturer, u"49424D00"_s);
    QCOMPARE(good->model, u"simulator"_s);
    QCOMPARE(good->version, u"20191023"_s);
    QVERIFY(good->from < m_now && good->until > m_now);

    QVERIFY(!tpm::readCredential(m_maker.certify(m_key, {.usage = "serverAuth"}))->isForEk);
    QVERIFY(!tpm::readCredential(m_maker.certify(m_key, {.usage = ""}))->isForEk);
    QVERIFY(
        tpm::readCredential(m_maker.certify(m_key, {.usage = "serverAuth,2.23.133.8.1"}))->isForEk);
    QVERIFY(tpm::readCredential(m_maker.certify(m_key, {.isAuthority = true}))->isAuthority);
    QVERIFY(!tpm::readCredential(m_maker.root())->usageFits);
    for (const char *serial : {"00", "-7F", "777777777777777777777777777777777777777777"})
        QVERIFY(tpm::readCredential(m_maker.certify(m_key, {.serial = serial}))->hasOddSerial);
    const QByteArray rude = "\x1b[31mid:\n" + QByteArray(1000, 'x');
    const auto odd = tpm::readCredential(m_maker.certify(m_key, {.manufacturer = rude}));
    QVERIFY(odd->manufacturer.size() <= 200 && !odd->manufacturer.contains(QChar(0x1b)));
}

void TrustTest::anOaepKeyIsAKey()
{
    tpm::EndorsementKey key;
    key.publicArea = m_key;
    QVERIFY(tpm::certifies(m_maker.certify(m_key, {.isForOaep = true}), key));
    QVERIFY(!tpm::certifies(m_maker.certify(Maker::someKey(), {.isForOaep = true}), key));
}

void TrustTest::anchors()
{
    const QByteArray list = m_maker.revoke({});
    const Anchors all = anchorsOf({list, m_maker.pem(), m_stranger.root(), m_maker.root(), list});
    QCOMPARE(all.certificates.size(), 3);
    QCOMPARE(all.revocations.size(), 1);
    QCOMPARE(all, anchorsOf({m_stranger.root(), m_maker.issuer(), list, m_maker.root()}));
    QCOMPARE(*tpm::parseAnchors(all.pem()), all);
    QCOMPARE(*tpm::parseAnchors("# of a vendor\r\n" + all.pem() + "\nthe end\n"), all);
    QCOMPARE(Trust(all).sha256(), QCryptographicHash::hash(all.pem(), QCryptographicHash::Sha256));
    int roots = 0;
    for (const auto &one : tpm::describe(all)) {
        QCOMPARE(one.sha256.size(), 32);
        QVERIFY(one.from.isValid() && one.until.isValid() && !one.issuer.isEmpty());
        QCOMPARE(one.subject.isEmpty(), one.kind == tpm::Anchor::Kind::Revocations);
        roots += one.kind == tpm::Anchor::Kind::Root ? 1 : 0;
    }
    QCOMPARE(roots, 2);
}

void TrustTest::notAnchors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto pem = m_maker.pem();
    const auto block = [](const QByteArray &name, const QByteArray &text) {
        return "-----BEGIN " + name + "-----\n" + text + "\n-----END " + name + "-----\n";
    };
    QTest::newRow("nothing") << QByteArray() << u"0 bytes are no certificate"_s;
    QTest::newRow("text") << QByteArray("roots?") << u"neither PEM nor DER"_s;
    QTest::newRow("a private key") << pem + block("PRIVATE KEY", "AAAA") << u"private key"_s;
    QTest::newRow("a block of nothing") << pem + block("CERTIFICATE", "AAAA") << u"PEM block 3"_s;
    QTest::newRow("no base64") << block("CERTIFICATE", "%%%%") << u"damaged"_s;
    QTest::newRow("cut") << pem.left(pem.size() - 40) << u"block 2"_s;
    QTest::newRow("begin alone") << QByteArray("-----BEGIN CERTIFICATE-----\n") << u"block 1"_s;
    QTest::newRow("a key for TLS") << block("PUBLIC KEY", "AAAA") << u"\"PUBLIC KEY\""_s;
    QTest::newRow("DER and more") << m_maker.root() + m_maker.issuer() << u"neither"_s;
}

void TrustTest::notAnchors()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const auto anchors = tpm::parseAnchors(bytes);
    QVERIFY(!anchors.has_value());
    QVERIFY2(anchors.error().detail.contains(says), qPrintable(anchors.error().detail));
}

void TrustTest::issuersInNv()
{
    const QByteArray root = m_maker.root();
    const QByteArray issuer = m_maker.issuer();
    QCOMPARE(tpm::cutIssuers({}), tpm::Issuers{});
    QCOMPARE(tpm::cutIssuers(QByteArray(100, '\xff')), tpm::Issuers{});
    const tpm::Issuers both{{issuer, root}, {}};
    QCOMPARE(tpm::cutIssuers(issuer + root), both);
    QCOMPARE(tpm::cutIssuers(issuer + QByteArray(7, '\0') + root + QByteArray(9, '\xff')), both);
    const auto cut = tpm::cutIssuers(issuer + root.chopped(1));
    QCOMPARE(cut.certificates, QList<QByteArray>{issuer});
    QVERIFY2(cut.flaw.startsWith(u"at byte %1"_s.arg(issuer.size())), qPrintable(cut.flaw));
    QVERIFY(!tpm::cutIssuers("junk").flaw.isEmpty());
    QVERIFY(
        !tpm::cutIssuers(QByteArray::fromHex("3082012c") + QByteArray(300, 'c')).flaw.isEmpty());
}

QTEST_GUILESS_MAIN(TrustTest)
#include "trust.moc"
