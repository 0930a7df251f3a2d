// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/maker.h"

#include "tests/support/openssl.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace support {

namespace {

using List = std::unique_ptr<X509_CRL, Freed<X509_CRL_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

template <auto Write, typename T> QByteArray der(T *object)
{
    unsigned char *bytes = nullptr;
    const int size = Write(object, &bytes);
    const QByteArray result(reinterpret_cast<const char *>(bytes), size);
    OPENSSL_free(bytes);
    return result;
}

void extend(X509 *certificate, int kind, const QByteArray &value)
{
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.constData()));
    X509_add_ext(certificate, extension.get(), -1);
}

void addText(X509_NAME *name, const char *oid, const QByteArray &text)
{
    X509_NAME_add_entry_by_txt(name, oid, MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(text.constData()), -1, -1, 0);
}

/// The critical alternative name of EK Credential Profile 3.2.9, beside an empty subject.
void namePlatform(X509 *certificate, const QByteArray &manufacturer)
{
    X509_NAME *platform = X509_NAME_new();
    addText(platform, "2.23.133.2.1", manufacturer);
    addText(platform, "2.23.133.2.2", "simulator");
    addText(platform, "2.23.133.2.3", "id:20191023");
    GENERAL_NAME *name = GENERAL_NAME_new();
    name->type = GEN_DIRNAME;
    name->d.directoryName = platform;
    const std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>> names(GENERAL_NAMES_new());
    sk_GENERAL_NAME_push(names.get(), name);
    X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 1, 0);
}

void setSerial(ASN1_INTEGER *serial, const QByteArray &hex)
{
    BIGNUM *number = nullptr;
    BN_hex2bn(&number, hex.constData());
    const Number owned(number);
    BN_to_ASN1_INTEGER(number, serial);
}

Certificate blank(EVP_PKEY *key, const QByteArray &serial, long from, long until)
{
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    setSerial(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), from);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), until);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

Key keyOf(const QByteArray &publicArea)
{
    const QByteArray modulus = publicArea.right(256);
    const Number n(BN_bin2bn(reinterpret_cast<const unsigned char *>(modulus.constData()),
        int(modulus.size()), nullptr));
    const std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_uint(builder.get(), OSSL_PKEY_PARAM_RSA_E, 65537);
    const std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>> parameters(
        OSSL_PARAM_BLD_to_param(builder.get()));
    const std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY *key = nullptr;
    EVP_PKEY_fromdata_init(context.get());
    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
    return Key(key);
}

void markForOaep(X509 *certificate)
{
    X509_PUBKEY *stored = X509_get_X509_PUBKEY(certificate);
    const unsigned char *bits = nullptr;
    int size = 0;
    X509_PUBKEY_get0_param(nullptr, &bits, &size, nullptr, stored);
    auto *copy = static_cast<unsigned char *>(OPENSSL_memdup(bits, static_cast<size_t>(size)));
    X509_PUBKEY_set0_param(stored, OBJ_nid2obj(NID_rsaesOaep), V_ASN1_UNDEF, nullptr, copy, size);
}

} // namespace

struct Maker::Authorities {
    Key rootKey{EVP_EC_gen("P-256")};
    Key issuerKey{EVP_EC_gen("P-256")};
    Certificate root;
    Certificate issuer;
    QByteArray rootDer;
    QByteArray issuerDer;

    static QByteArray listOf(X509 *by, EVP_PKEY *key, const QList<QByteArray> &serials, long until)
    {
        const List list(X509_CRL_new());
        X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
        X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(by));
        const std::unique_ptr<ASN1_TIME, Freed<ASN1_TIME_free>> made(
            X509_gmtime_adj(nullptr, -3600));
        const std::unique_ptr<ASN1_TIME, Freed<ASN1_TIME_free>> next(
            X509_gmtime_adj(nullptr, until));
        X509_CRL_set1_lastUpdate(list.get(), made.get());
        X509_CRL_set1_nextUpdate(list.get(), next.get());
        for (const QByteArray &serial : serials) {
            X509_REVOKED *revoked = X509_REVOKED_new();
            const std::unique_ptr<ASN1_INTEGER, Freed<ASN1_INTEGER_free>> number(
                ASN1_INTEGER_new());
            setSerial(number.get(), serial);
            X509_REVOKED_set_serialNumber(revoked, number.get());
            X509_REVOKED_set_revocationDate(revoked, made.get());
            X509_CRL_add0_revoked(list.get(), revoked);
        }
        X509_CRL_sort(list.get());
        X509_CRL_sign(list.get(), key, EVP_sha256());
        return der<i2d_X509_CRL>(list.get());
    }
};

Maker::Maker(const QByteArray &name) : m_authorities(std::make_unique<Authorities>())
{
    auto &own = *m_authorities;
    own.root = blank(own.rootKey.get(), "0A", -7200, 10L * 365 * 86400);
    own.issuer = blank(own.issuerKey.get(), "0B", -7200, 10L * 365 * 86400);
    addText(X509_get_subject_name(own.root.get()), "CN", name + " root");
    addText(X509_get_subject_name(own.issuer.get()), "CN", name + " issuer");
    for (X509 *authority : {own.root.get(), own.issuer.get()}) {
        X509_set_issuer_name(authority, X509_get_subject_name(own.root.get()));
        extend(authority, NID_basic_constraints, "critical,CA:TRUE");
        extend(authority, NID_key_usage, "critical,keyCertSign,cRLSign");
        X509_sign(authority, own.rootKey.get(), EVP_sha256());
    }
    own.rootDer = der<i2d_X509>(own.root.get());
    own.issuerDer = der<i2d_X509>(own.issuer.get());
}

Maker::~Maker() = default;

const QByteArray &Maker::root() const
{
    return m_authorities->rootDer;
}

const QByteArray &Maker::issuer() const
{
    return m_authorities->issuerDer;
}

QByteArray Maker::pem() const
{
    const std::unique_ptr<BIO, Freed<BIO_free>> memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), m_authorities->root.get());
    PEM_write_bio_X509(memory.get(), m_authorities->issuer.get());
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, size};
}

QByteArray Maker::certify(const QByteArray &publicArea, const Odd &odd) const
{
    const Key key = keyOf(publicArea);
    const Certificate certificate = blank(key.get(), odd.serial, odd.fromSeconds, odd.untilSeconds);
    X509 *signer = odd.isSelfSigned ? certificate.get() : m_authorities->issuer.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
    extend(certificate.get(), NID_basic_constraints,
        odd.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    extend(certificate.get(), NID_key_usage, "critical,keyEncipherment");
    if (!odd.usage.isEmpty())
        extend(certificate.get(), NID_ext_key_usage, odd.usage);
    namePlatform(certificate.get(), odd.manufacturer);
    if (!odd.unknownExtension.isEmpty()) {
        const std::unique_ptr<ASN1_OBJECT, Freed<ASN1_OBJECT_free>> kind(
            OBJ_txt2obj(odd.unknownExtension.constData(), 1));
        const std::unique_ptr<ASN1_OCTET_STRING, Freed<ASN1_OCTET_STRING_free>> value(
            ASN1_OCTET_STRING_new());
        ASN1_OCTET_STRING_set(value.get(), reinterpret_cast<const unsigned char *>("\x05\x00"), 2);
        const Extension extension(
            X509_EXTENSION_create_by_OBJ(nullptr, kind.get(), 1, value.get()));
        X509_add_ext(certificate.get(), extension.get(), -1);
    }
    if (odd.isForOaep)
        markForOaep(certificate.get());
    X509_sign(certificate.get(), m_authorities->issuerKey.get(), EVP_sha256());
    return der<i2d_X509>(certificate.get());
}

QByteArray Maker::revoke(const QList<QByteArray> &serials, long untilSeconds) const
{
    return Authorities::listOf(
        m_authorities->issuer.get(), m_authorities->issuerKey.get(), serials, untilSeconds);
}

QByteArray Maker::rootRevokes(const QList<QByteArray> &serials) const
{
    return Authorities::listOf(
        m_authorities->root.get(), m_authorities->rootKey.get(), serials, 86400);
}

QByteArray Maker::someKey()
{
    const Key key(EVP_RSA_gen(2048));
    BIGNUM *modulus = nullptr;
    EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_N, &modulus);
    const Number owned(modulus);
    QByteArray bytes(256, '\0');
    BN_bn2binpad(modulus, reinterpret_cast<unsigned char *>(bytes.data()), 256);
    return QByteArray::fromBase64("AToAAQALAAMAsgAgg3GXZ0SEs/gakMyNRqXXJP1S124GUgtk8qHaGzMUaaoA"
                                  "BgCAAEMAEAgAAAAAAAEA")
        + bytes;
}

} // namespace support
