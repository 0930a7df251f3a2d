// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/diagnosis.h"

#include "tests/support/maker.h"
#include "tpm/templates.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using tpm::diagnose;
using tpm::Diagnosis;
using Encoding = tpm::Diagnosis::Encoding;
using Form = tpm::Diagnosis::Form;
using Fitness = tpm::Diagnosis::Fitness;

namespace {

QByteArray file(const QString &name)
{
    QFile from(QStringLiteral(SOURCE_FOLDER) + u"/tests/data/"_s + name);
    return from.open(QIODevice::ReadOnly) ? from.readAll() : QByteArray();
}

/// DER around a modulus, as `openssl pkey -pubin` and `openssl rsa -RSAPublicKey_out` write it.
QByteArray pkcs1(const QByteArray &modulus)
{
    return QByteArray::fromHex("3082010a0282010100") + modulus + QByteArray::fromHex("0203010001");
}

QByteArray spki(const QByteArray &modulus)
{
    return QByteArray::fromHex("30820122300d06092a864886f70d01010105000382010f00") + pkcs1(modulus);
}

QByteArray pem(const QByteArray &name, const QByteArray &der)
{
    QByteArray text = "-----BEGIN " + name + "-----\n";
    const QByteArray base64 = der.toBase64();
    for (qsizetype at = 0; at < base64.size(); at += 64)
        text += base64.mid(at, 64) + '\n';
    return text + "-----END " + name + "-----\n";
}

} // namespace

/// Endorsement keys in every form in which people send them.
class DiagnosisTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void forms_data();
    void forms();
    void refused_data();
    void refused();

private:
    QByteArray m_base64 = file(u"endorsement.base64"_s).trimmed();
    QByteArray m_good = QByteArray::fromBase64(m_base64);
    QByteArray m_dump = QByteArray::fromBase64(file(u"hostdump.base64"_s));
    QByteArray m_modulus = m_good.right(256);
};

void DiagnosisTest::forms_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<Form>("form");
    QTest::addColumn<Fitness>("fitness");
    const auto row = [](const char *name, const QByteArray &input, Encoding encoding, Form form,
                         Fitness fitness) {
        QTest::newRow(name) << input << encoding << form << fitness;
    };
    using enum Encoding;
    using enum Fitness;
    row("what DPS wants", m_base64, Base64, Form::Tpm2b, Good);
    row("with a line end", m_base64 + "\r\n", Base64, Form::Tpm2b, Good);
    row("in lines of 76", m_base64.left(76) + "\n" + m_base64.mid(76), Base64, Form::Tpm2b, Good);
    row("in quotes", "\"" + m_base64 + "\"", Base64, Form::Tpm2b, Good);
    row("byte order mark", "\xef\xbb\xbf" + m_base64, Base64, Form::Tpm2b, Good);
    row("base64url without padding",
        m_good.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals), Base64,
        Form::Tpm2b, Good);
    row("bytes", m_good, Bytes, Form::Tpm2b, Good);
    row("hex", m_good.toHex(), Hex, Form::Tpm2b, Good);
    row("hex with colons", m_good.toHex(':').toUpper(), Hex, Form::Tpm2b, Good);
    row("hex with 0x", "0x" + m_good.toHex() + '\n', Hex, Form::Tpm2b, Good);
    row("TPMT", m_good.mid(2), Bytes, Form::Tpmt, Converted);
    row("TPMT in base64", m_good.mid(2).toBase64(), Base64, Form::Tpmt, Converted);
    row("host dump", m_dump, Bytes, Form::HostDump, Converted);
    row("host dump in base64", m_dump.toBase64(), Base64, Form::HostDump, Converted);
    row("host dump of a smaller structure", m_dump.left(102 + 256), Bytes, Form::HostDump,
        Converted);
    row("SPKI", spki(m_modulus), Bytes, Form::Spki, Rebuilt);
    row("SPKI in base64", spki(m_modulus).toBase64(), Base64, Form::Spki, Rebuilt);
    row("PKCS #1", pkcs1(m_modulus), Bytes, Form::Spki, Rebuilt);
    row("PEM", pem("PUBLIC KEY", spki(m_modulus)), Pem, Form::Spki, Rebuilt);
    row("PEM after words", "EK of 0001:\n" + pem("PUBLIC KEY", spki(m_modulus)), Pem, Form::Spki,
        Rebuilt);
    row("PEM of PKCS #1", pem("RSA PUBLIC KEY", pkcs1(m_modulus)), Pem, Form::Spki, Rebuilt);
    row("PEM in base64", pem("PUBLIC KEY", spki(m_modulus)).toBase64(), Base64, Form::Spki,
        Rebuilt);
    const QByteArray certificate = support::Maker().certify(m_good);
    row("certificate", certificate, Bytes, Form::Certificate, Rebuilt);
    row("certificate in PEM", pem("CERTIFICATE", certificate), Pem, Form::Certificate, Rebuilt);
}

void DiagnosisTest::forms()
{
    QFETCH(QByteArray, input);
    const Diagnosis seen = diagnose(input);
    QVERIFY2(seen.key.has_value(), qPrintable(seen.detail));
    QTEST(seen.encoding, "encoding");
    QTEST(seen.form, "form");
    QTEST(seen.fitness, "fitness");
    QCOMPARE(seen.key->base64(), m_base64);
    QCOMPARE(seen.key->registrationId().size(), 52);
    QCOMPARE(seen.detail.isEmpty(), seen.fitness != Fitness::Rebuilt);
}

void DiagnosisTest::refused_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<Form>("form");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &input, Form form, const char *says) {
        QTest::newRow(name) << input << form << QString::fromLatin1(says);
    };
    const auto sized = [](const QByteArray &area) {
        return QByteArray::fromHex(QByteArray::number(area.size(), 16).rightJustified(4, '0'))
            + area;
    };
    row("nothing", {}, Form::Unknown, "0 bytes");
    row("words", "hello, world", Form::Unknown, "no public key");
    row("a megabyte", QByteArray(1 << 20, 'A'), Form::Unknown, "64 KiB");
    row("zeros", QByteArray(316, '\0'), Form::Unknown, "no public key");
    row("cut", m_good.chopped(1), Form::Tpm2b, "says 314 bytes, and 313");
    row("cut base64", m_base64.left(400), Form::Tpm2b, "says 314 bytes, and 298");
    row("one byte more", m_good + '\0', Form::Tpm2b, "and 315");
    row("the head alone", m_good.left(60), Form::Tpm2b, "and 58");
    row("cut TPMT", m_good.mid(2).chopped(1), Form::Tpmt, "TPM2B_PUBLIC");
    row("cut host dump", m_dump.left(300), Form::HostDump, "cut off");
    QByteArray even = m_good;
    even.back() = static_cast<char>(even.back() & ~1);
    row("even modulus", even, Form::Tpm2b, "odd number");
    QByteArray high = m_good;
    high[9] = static_cast<char>(0xf2);
    row("other attributes", high, Form::Tpm2b, "template L-1");
    QByteArray policy = m_good;
    policy[20] = static_cast<char>(policy[20] ^ 1);
    row("other policy", policy, Form::Tpm2b, "template L-1");
    row("storage key", sized(tpm::storageArea().chopped(256) + m_modulus), Form::Tpm2b,
        "not of the TCG's template");
    row("a signing key", sized(tpm::challengeArea().chopped(2) + QByteArray::fromHex("0000")),
        Form::Unknown, "no public key");
    const QByteArray point(32, '\x11');
    row("ECC",
        sized(tpm::templateArea(tpm::Template::TcgL2).chopped(68) + sized(point) + sized(point)),
        Form::Tpm2b, "ECC");
    row("1024 bits",
        QByteArray::fromHex("30819f300d06092a864886f70d010101050003818d0030818902818100")
            + m_modulus.left(128) + QByteArray::fromHex("0203010001"),
        Form::Spki, "2048 bits");
    row("exponent 3",
        QByteArray::fromHex("308201080282010100") + m_modulus + QByteArray::fromHex("020103"),
        Form::Spki, "65537");
    row("cut SPKI", spki(m_modulus).chopped(1), Form::Unknown, "neither");
    row("SPKI and more", spki(m_modulus) + '\0', Form::Unknown, "neither");
    row("cut PEM", pem("PUBLIC KEY", spki(m_modulus)).left(200), Form::Unknown, "PEM");
    row("private key", pem("RSA PRIVATE KEY", "x"), Form::Unknown, "private key");
}

void DiagnosisTest::refused()
{
    QFETCH(QByteArray, input);
    QFETCH(QString, says);
    const Diagnosis seen = diagnose(input);
    QVERIFY(!seen.key);
    QCOMPARE(seen.fitness, Fitness::Refused);
    QTEST(seen.form, "form");
    QVERIFY2(seen.detail.contains(says), qPrintable(seen.detail));
}

QTEST_GUILESS_MAIN(DiagnosisTest)
#include "diagnosis.moc"
