// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/signature.h"

#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Ran;
using tpm::Anchors;
using tpm::Seal;

/// Detached signatures, and what openssl itself says of them.
class SignatureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void opensslChecksIt();
    void weCheckOpenssl();
    void whoIsTrusted();
    void changedBytes();
    void noSignatures_data();
    void noSignatures();
    void keysThatDoNotFit();

private:
    [[nodiscard]] QByteArray made(const QString &name, const QStringList &arguments) const
    {
        const Ran ran = support::run(u"openssl"_s,
            QStringList{u"req"_s, u"-x509"_s, u"-nodes"_s, u"-days"_s, u"30"_s, u"-keyout"_s,
                m_workplace.path(name + u".key"_s), u"-out"_s, m_workplace.path(name + u".pem"_s),
                u"-subj"_s, u"/CN="_s + name}
                + arguments);
        if (ran.exit != 0)
            qFatal("%s", ran.said().constData());
        return file(name + u".pem"_s);
    }
    [[nodiscard]] QByteArray file(const QString &name) const
    {
        QFile from(m_workplace.path(name));
        return from.open(QIODevice::ReadOnly) ? from.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile to(m_workplace.path(name));
        QVERIFY(to.open(QIODevice::WriteOnly) && to.write(bytes) == bytes.size());
    }

    support::Workplace m_workplace;
    QStringList m_p256{u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s};
    QByteArray m_content = "ekstation-ekset-1\r\nline\n\0 binary \xff" + QByteArray(5000, 'x');
    QByteArray m_key, m_certificate, m_signature;
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};

void SignatureTest::initTestCase()
{
    m_certificate = made(u"line1"_s, m_p256);
    m_key = file(u"line1.key"_s);
    const auto signature = tpm::sign(m_content, m_key, m_certificate);
    QVERIFY2(signature, signature ? "" : qPrintable(signature.error().detail));
    m_signature = *signature;
    write(u"set"_s, m_content);
    write(u"set.p7s"_s, m_signature);
}

void SignatureTest::opensslChecksIt()
{
    const QStringList verify{u"cms"_s, u"-verify"_s, u"-binary"_s, u"-inform"_s, u"PEM"_s, u"-in"_s,
        m_workplace.path(u"set.p7s"_s), u"-content"_s, m_workplace.path(u"set"_s), u"-CAfile"_s,
        m_workplace.path(u"line1.pem"_s), u"-out"_s, m_workplace.path(u"out"_s)};
    const Ran good = support::run(u"openssl"_s, verify);
    QVERIFY2(good.exit == 0, good.said());
    QCOMPARE(file(u"out"_s), m_content);
    write(u"set"_s, m_content + 'x');
    QVERIFY(support::run(u"openssl"_s, verify).exit != 0);
    write(u"set"_s, m_content);
}

void SignatureTest::weCheckOpenssl()
{
    const Ran ran = support::run(u"openssl"_s,
        {u"cms"_s, u"-sign"_s, u"-binary"_s, u"-in"_s, m_workplace.path(u"set"_s), u"-signer"_s,
            m_workplace.path(u"line1.pem"_s), u"-inkey"_s, m_workplace.path(u"line1.key"_s),
            u"-outform"_s, u"PEM"_s, u"-out"_s, m_workplace.path(u"theirs"_s)});
    QVERIFY2(ran.exit == 0, ran.said());
    const auto seal =
        tpm::verify(m_content, file(u"theirs"_s), *tpm::parseAnchors(m_certificate), m_now);
    QVERIFY2(seal.state == Seal::State::Good, qPrintable(seal.detail));
    QCOMPARE(seal.signer, u"CN=line1"_s);
}

void SignatureTest::whoIsTrusted()
{
    const auto state = [this](const QByteArray &trusted, const QDateTime &now) {
        return tpm::verify(m_content, m_signature,
            trusted.isEmpty() ? Anchors{} : *tpm::parseAnchors(trusted), now);
    };
    QCOMPARE(state(m_certificate, m_now).state, Seal::State::Good);
    const auto unknown = state({}, m_now);
    QCOMPARE(unknown.state, Seal::State::UnknownSigner);
    QCOMPARE(unknown.signer, u"CN=line1"_s);
    const QByteArray namesake = made(u"line1b"_s, m_p256 + QStringList{u"-subj"_s, u"/CN=line1"_s});
    QCOMPARE(state(namesake, m_now).state, Seal::State::UnknownSigner);
    QCOMPARE(state(m_certificate, m_now.addDays(60)).state, Seal::State::UnknownSigner);
}

void SignatureTest::changedBytes()
{
    const Anchors trusted = *tpm::parseAnchors(m_certificate);
    for (const qsizetype at : {qsizetype(0), m_content.size() / 2, m_content.size() - 1}) {
        QByteArray changed = m_content;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        const auto seal = tpm::verify(changed, m_signature, trusted, m_now);
        QCOMPARE(seal.state, Seal::State::Broken);
        QVERIFY(!seal.detail.isEmpty() && seal.signer.isEmpty());
    }
    QCOMPARE(tpm::verify({}, m_signature, trusted, m_now).state, Seal::State::Broken);
    // Of the signature too, every single one: nothing in it may say anything else.
    for (qsizetype at = 0; at < m_signature.size(); ++at) {
        for (const int bit : {0x01, 0x04, 0x20}) {
            QByteArray changed = m_signature;
            changed[at] = static_cast<char>(changed[at] ^ bit);
            QVERIFY2(tpm::verify(m_content, changed, trusted, m_now).state != Seal::State::Good,
                qPrintable(u"byte %1"_s.arg(at)));
        }
    }
    QCOMPARE(tpm::verify(m_content, m_signature + '\n', trusted, m_now).state, Seal::State::Broken);
}

void SignatureTest::noSignatures_data()
{
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("signed, honestly");
    QTest::newRow("a certificate") << m_certificate;
    QTest::newRow("a key") << m_key;
    QTest::newRow("cut") << m_signature.left(m_signature.size() / 2);
    QTest::newRow("an empty block") << QByteArray("-----BEGIN CMS-----\n-----END CMS-----\n");
    QTest::newRow("another type") << QByteArray(
        "-----BEGIN CMS-----\nMBQGCSqGSIb3DQEHAaAHBAVoZWxsbw==\n-----END CMS-----\n");
}

void SignatureTest::noSignatures()
{
    QFETCH(QByteArray, signature);
    const auto seal = tpm::verify(m_content, signature, *tpm::parseAnchors(m_certificate), m_now);
    QCOMPARE(seal.state, Seal::State::Broken);
    QVERIFY(!seal.detail.isEmpty());
}

void SignatureTest::keysThatDoNotFit()
{
    const auto refusal = [this](const QByteArray &key, const QByteArray &certificate) {
        const auto signature = tpm::sign(m_content, key, certificate);
        return signature ? QString() : signature.error().detail;
    };
    const QByteArray rsa = made(u"rsa"_s, {u"-newkey"_s, u"rsa:2048"_s});
    const QByteArray p384 =
        made(u"p384"_s, {u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-384"_s});
    const QByteArray other = made(u"other"_s, m_p256);
    QVERIFY(refusal(file(u"rsa.key"_s), rsa).contains(u"P-256"_s));
    QVERIFY(refusal(file(u"p384.key"_s), p384).contains(u"P-256"_s));
    QVERIFY(refusal({}, m_certificate).contains(u"P-256"_s));
    QVERIFY(refusal(m_key, other).contains(u"for another key"_s));
    QVERIFY(refusal(m_key, "junk").contains(u"not one in PEM"_s));
    const Ran locked = support::run(u"openssl"_s,
        {u"pkey"_s, u"-in"_s, m_workplace.path(u"line1.key"_s), u"-aes128"_s, u"-passout"_s,
            u"pass:secret"_s, u"-out"_s, m_workplace.path(u"locked.key"_s)});
    QVERIFY2(locked.exit == 0, locked.said());
    QVERIFY(refusal(file(u"locked.key"_s), m_certificate).contains(u"unencrypted"_s));
}

QTEST_GUILESS_MAIN(SignatureTest)
#include "signature.moc"
