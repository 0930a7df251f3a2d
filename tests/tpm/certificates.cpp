// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/certificates.h"

#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/endorsement.h"
#include "tpm/session.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::Swtpm;
using tpm::Fault;
using tpm::Session;

namespace {

/// A SEQUENCE of 300 bytes, as long certificates begin.
QByteArray der()
{
    return QByteArray::fromHex("3082012c") + QByteArray(300, 'c');
}

} // namespace

/// EK certificates as vendors write them into NV.
class CertificatesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cut_data();
    void cut();
    void refused_data();
    void refused();
    void ofARealTpm();
    void withAPrefixAndPaddingInNv();
    void aBlankTpmHasNone();

private:
    support::Workplace m_workplace;
};

void CertificatesTest::cut_data()
{
    QTest::addColumn<QByteArray>("nv");
    const QByteArray prefix = QByteArray::fromHex("1001000130");
    QTest::newRow("plain") << der();
    QTest::newRow("padded with FF") << der() + QByteArray(200, '\xff');
    QTest::newRow("padded with zeros") << der() + QByteArray(200, '\0');
    QTest::newRow("prefix") << prefix + der();
    QTest::newRow("prefix and padding") << prefix + der() + QByteArray(50, '\xff');
}

void CertificatesTest::cut()
{
    QFETCH(QByteArray, nv);
    const auto cut = tpm::cutCertificate(nv);
    QVERIFY(cut.has_value());
    QCOMPARE(*cut, der());
}

void CertificatesTest::refused_data()
{
    QTest::addColumn<QByteArray>("nv");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("erased") << QByteArray(1000, '\xff');
    QTest::newRow("zeros") << QByteArray(1000, '\0');
    QTest::newRow("cut off") << der().chopped(1);
    QTest::newRow("PEM") << QByteArray("-----BEGIN CERTIFICATE-----");
    QTest::newRow("short form length") << QByteArray::fromHex("3003020101");
    QTest::newRow("prefix alone") << QByteArray::fromHex("1001000130");
    QTest::newRow("prefix shorter than the certificate")
        << QByteArray::fromHex("1001000010") + der();
}

void CertificatesTest::refused()
{
    QFETCH(QByteArray, nv);
    const auto cut = tpm::cutCertificate(nv);
    QVERIFY(!cut.has_value());
    QCOMPARE(cut.error().fault, Fault::Protocol);
}

void CertificatesTest::ofARealTpm()
{
    const Swtpm tpm({.manufactured = true});
    const auto session = Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    const auto key = tpm::readEndorsementKey(**session);
    QVERIFY(key.has_value());
    for (const quint32 chunk : {1024U, 128U}) {
        const auto found = tpm::readCertificates(**session, *key, chunk);
        QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().detail));
        QCOMPARE(found->size(), 2); // for the RSA key, and for the P-384 one
        QCOMPARE(found->first().nvIndex, 0x01c00002U);
        QVERIFY(found->first().keyMatches);
        QCOMPARE(found->last().nvIndex, 0x01c00016U);
        QVERIFY(!found->last().keyMatches);
        const auto high = (*session)->readPublic(0x81010016);
        QVERIFY(high.has_value());
        QVERIFY(tpm::certifies(found->last().der, *tpm::parseEndorsementKey(high->publicArea)));
        QVERIFY(!tpm::certifies(found->first().der, *tpm::parseEndorsementKey(high->publicArea)));
        QCOMPARE(found->first().sha256().size(), 32);
    }
    // Any changed byte of the key is another key.
    const auto mine = tpm::readCertificates(**session, *key, 1024)->first().der;
    for (qsizetype at = 60; at < key->publicArea.size(); at += 15) {
        tpm::EndorsementKey other = *key;
        other.publicArea[at] = static_cast<char>(other.publicArea[at] ^ 0x10);
        QVERIFY(!tpm::certifies(mine, other));
    }
}

void CertificatesTest::withAPrefixAndPaddingInNv()
{
    const Swtpm tpm;
    const QByteArray nv = QByteArray::fromHex("1001000130") + der() + QByteArray(16, '\xff');
    QFile file(m_workplace.path(u"nv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(nv) == nv.size() && file.flush());
    for (const auto &[tool, arguments] :
        {std::pair{u"tpm2_nvdefine"_s,
             QStringList{u"0x1c0000a"_s, u"-C"_s, u"p"_s, u"-s"_s, QString::number(nv.size()),
                 u"-a"_s, u"ppwrite|ppread|authread|ownerread|no_da|platformcreate|writedefine"_s}},
            {u"tpm2_nvwrite"_s,
                QStringList{u"0x1c0000a"_s, u"-C"_s, u"p"_s, u"-i"_s, file.fileName()}}}) {
        const auto ran = tpm.tool(tool, arguments);
        QVERIFY2(ran.exit == 0, ran.said());
    }
    const auto session = Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    const auto key = tpm::readEndorsementKey(**session);
    QVERIFY(key.has_value());
    const auto found = tpm::readCertificates(**session, *key, 100);
    QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().detail));
    QCOMPARE(found->size(), 1);
    QCOMPARE(found->first().nvIndex, 0x01c0000aU);
    QCOMPARE(found->first().der, der());
    QVERIFY(!found->first().keyMatches);
}

void CertificatesTest::aBlankTpmHasNone()
{
    const Swtpm tpm;
    const auto session = Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    const auto key = tpm::readEndorsementKey(**session);
    QVERIFY(key.has_value());
    const auto found = tpm::readCertificates(**session, *key, 1024);
    QVERIFY(found.has_value());
    QVERIFY(found->isEmpty());
}

QTEST_GUILESS_MAIN(CertificatesTest)
#include "certificates.moc"
