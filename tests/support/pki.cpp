// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pki.h"

#include "tests/support/openssl.h"

#include <QFile>
#include <QRandomGenerator>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace support {

namespace {

using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;

QByteArray contentOf(const Memory &memory)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, size};
}

QByteArray pem(X509 *certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), certificate);
    return contentOf(memory);
}

QByteArray pem(EVP_PKEY *key)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return contentOf(memory);
}

void extend(X509 *certificate, int kind, const QByteArray &value)
{
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.constData()));
    X509_add_ext(certificate, extension.get(), -1);
}

Certificate blank(const char *name, EVP_PKEY *key, long lifeSeconds)
{
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(
        X509_get_serialNumber(certificate.get()), QRandomGenerator::global()->bounded(1, 1 << 30));
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -7200);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), lifeSeconds);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(name), -1, -1, 0);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

} // namespace

Pki::Pki()
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate ca = blank("test CA", key.get(), 7200);
    X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get()));
    extend(ca.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(ca.get(), NID_key_usage, "critical,keyCertSign");
    X509_sign(ca.get(), key.get(), EVP_sha256());
    m_ca = pem(ca.get());
    m_key = pem(key.get());
    QFile file(caFile());
    if (!file.open(QIODevice::WriteOnly) || file.write(m_ca) != m_ca.size()) {
        qFatal("the test CA cannot be written");
    }
}

QString Pki::caFile() const
{
    return m_folder.filePath(u"ca.pem"_s);
}

Pki::Server Pki::server(const QByteArray &names, long lifeSeconds) const
{
    const Memory caBytes(BIO_new_mem_buf(m_ca.data(), int(m_ca.size())));
    const Memory keyBytes(BIO_new_mem_buf(m_key.data(), int(m_key.size())));
    const Certificate ca(PEM_read_bio_X509(caBytes.get(), nullptr, nullptr, nullptr));
    const Key caKey(PEM_read_bio_PrivateKey(keyBytes.get(), nullptr, nullptr, nullptr));
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = blank("test server", key.get(), lifeSeconds);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(ca.get()));
    extend(certificate.get(), NID_subject_alt_name, names);
    extend(certificate.get(), NID_ext_key_usage, "serverAuth");
    X509_sign(certificate.get(), caKey.get(), EVP_sha256());
    return {pem(certificate.get()), pem(key.get())};
}

} // namespace support
