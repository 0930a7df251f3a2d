// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/authority.h"

#include "upload/standin/policies.h"

#include <QDir>
#include <QFile>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

constexpr long day = 86'400;
constexpr long caLife = 3650 * day;
constexpr long serverLife = 397 * day; // what browsers and SDKs accept at most
constexpr long renewBefore = 30 * day;

template <auto Free> struct Freed {
    template <typename T> void operator()(T *object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;

struct Pair {
    Certificate certificate;
    Key key;
};

std::unexpected<Error> wrong(const QString &detail)
{
    return std::unexpected(Error{Fault::Wrong, detail, 0, 0, {}});
}

QByteArrayView contentOf(const Memory &memory)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, qsizetype(size)};
}

QByteArray pemOf(const Certificate &certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), certificate.get());
    return contentOf(memory).toByteArray();
}

Secret pemOf(const Key &key)
{
    const Memory memory(BIO_new(BIO_s_secmem()));
    PEM_write_bio_PKCS8PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return Secret(contentOf(memory));
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(1 << 16) : QByteArray();
}

void addExtension(X509 *certificate, X509 *issuer, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    X509_add_ext(certificate, extension.get(), -1);
}

/// An empty certificate with a key of its own, a random serial number, a name and a life.
Pair blank(const char *name, long life)
{
    Pair pair{Certificate(X509_new()), Key(EVP_EC_gen("P-256"))};
    X509 *certificate = pair.certificate.get();
    std::array<unsigned char, 16> serial{};
    RAND_bytes(serial.data(), int(serial.size()));
    serial[0] &= 0x7f;
    const std::unique_ptr<BIGNUM, Freed<BN_free>> number(
        BN_bin2bn(serial.data(), int(serial.size()), nullptr));
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
    X509_set_version(certificate, X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -day); // clocks on a line differ
    X509_gmtime_adj(X509_getm_notAfter(certificate), life);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(name), -1, -1, 0);
    X509_set_pubkey(certificate, pair.key.get());
    return pair;
}

Pair makeCa()
{
    Pair ca = blank("ekstation stand-in CA", caLife);
    X509 *certificate = ca.certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    addExtension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    addExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    addExtension(certificate, certificate, NID_subject_key_identifier, "hash");
    X509_sign(certificate, ca.key.get(), EVP_sha256());
    return ca;
}

Pair makeServer(const Pair &ca)
{
    Pair server = blank("localhost", serverLife);
    X509 *certificate = server.certificate.get();
    X509 *issuer = ca.certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    addExtension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(certificate, issuer, NID_key_usage, "critical,digitalSignature");
    addExtension(certificate, issuer, NID_ext_key_usage, "serverAuth");
    addExtension(certificate, issuer, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
    addExtension(certificate, issuer, NID_subject_key_identifier, "hash");
    addExtension(certificate, issuer, NID_authority_key_identifier, "keyid");
    X509_sign(certificate, ca.key.get(), EVP_sha256());
    return server;
}

Pair read(const QString &certificateFile, const QString &keyFile)
{
    const QByteArray certificate = contentOf(certificateFile);
    QByteArray key = contentOf(keyFile);
    const Memory certificateBytes(BIO_new_mem_buf(certificate.data(), int(certificate.size())));
    const Memory keyBytes(BIO_new_mem_buf(key.data(), int(key.size())));
    Pair pair{Certificate(PEM_read_bio_X509(certificateBytes.get(), nullptr, nullptr, nullptr)),
        Key(PEM_read_bio_PrivateKey(keyBytes.get(), nullptr, nullptr, nullptr))};
    OPENSSL_cleanse(key.data(), size_t(key.size()));
    return pair;
}

bool isUsable(const Pair &pair)
{
    time_t soon = time(nullptr) + renewBefore;
    return pair.certificate && pair.key
        && X509_check_private_key(pair.certificate.get(), pair.key.get()) == 1
        && X509_cmp_time(X509_get0_notAfter(pair.certificate.get()), &soon) > 0;
}

Result<Pair> readOrMakeCa(const QString &folder)
{
    const QString certificate = folder + u"/ca.pem"_s;
    const QString key = folder + u"/ca.key"_s;
    Pair ca = read(certificate, key);
    if (!isUsable(ca)) {
        ca = makeCa();
        if (!writeFile(key, pemOf(ca.key).bytes(), true)
            || !writeFile(certificate, pemOf(ca.certificate), false)) {
            return wrong(u"%1 cannot be written"_s.arg(certificate));
        }
    }
    return ca;
}

Result<Pair> readOrMakeServer(const QString &folder, const Pair &ca)
{
    const QString certificate = folder + u"/server.pem"_s;
    const QString key = folder + u"/server.key"_s;
    Pair server = read(certificate, key);
    if (!isUsable(server)
        || X509_verify(server.certificate.get(), X509_get0_pubkey(ca.certificate.get())) != 1) {
        server = makeServer(ca);
        if (!writeFile(key, pemOf(server.key).bytes(), true)
            || !writeFile(certificate, pemOf(server.certificate), false)) {
            return wrong(u"%1 cannot be written"_s.arg(certificate));
        }
    }
    return server;
}

Result<Secret> readOrMakePolicyKey(const QString &path)
{
    const auto stored = QByteArray::fromBase64Encoding(contentOf(path).trimmed());
    if (stored && stored.decoded.size() >= 32) {
        return Secret(stored.decoded);
    }
    const Secret key = newPolicyKey();
    if (!writeFile(path, key.bytes().toByteArray().toBase64(), true)) {
        return wrong(u"%1 cannot be written"_s.arg(path));
    }
    return key;
}

} // namespace

Secret Authority::connectionString() const
{
    return textOf(credential);
}

Result<Authority> openAuthority(const QString &folder)
{
    if (!QDir().mkpath(folder)
        || !QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)) {
        return wrong(u"%1 cannot be made"_s.arg(folder));
    }
    const auto ca = readOrMakeCa(folder);
    if (!ca) {
        return std::unexpected(ca.error());
    }
    const auto server = readOrMakeServer(folder, *ca);
    if (!server) {
        return std::unexpected(server.error());
    }
    const auto key = readOrMakePolicyKey(folder + u"/policy.key"_s);
    if (!key) {
        return std::unexpected(key.error());
    }
    return Authority{folder + u"/ca.pem"_s, pemOf(server->certificate) + pemOf(ca->certificate),
        pemOf(server->key), {u"localhost"_s, u"provisioningserviceowner"_s, *key}};
}

} // namespace upload::standin
