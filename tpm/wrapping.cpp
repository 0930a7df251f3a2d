// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/wrapping.h"

#include "tpm/kdf.h"
#include "tpm/openssl.h"
#include "tpm/publicarea.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;

constexpr quint16 sha384 = 0x000C;

std::unexpected<Error> unusable(const QString &why)
{
    return std::unexpected(Error{Fault::Unsuitable, why});
}

QCryptographicHash::Algorithm hashOf(quint16 nameAlg)
{
    return nameAlg == sha384 ? QCryptographicHash::Sha384 : QCryptographicHash::Sha256;
}

PublicKey keyFrom(const char *type, OSSL_PARAM_BLD *builder)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return {};
    return PublicKey(key);
}

PublicKey rsaKey(const PublicArea &area)
{
    const BigNumber n(
        BN_bin2bn(bytes(area.modulus), static_cast<int>(area.modulus.size()), nullptr));
    const BigNumber e(BN_new());
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder || BN_set_word(e.get(), area.exponent) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return {};
    return keyFrom("RSA", builder.get());
}

qsizetype coordinateSize(const PublicArea &area)
{
    return area.curve == 4 ? 48 : 32;
}

QByteArray padded(const QByteArray &number, qsizetype size)
{
    return QByteArray(std::max<qsizetype>(0, size - number.size()), '\0') + number;
}

const char *groupOf(const PublicArea &area)
{
    return area.curve == 4 ? "P-384" : area.curve == 3 ? "P-256" : nullptr;
}

PublicKey eccKey(const PublicArea &area)
{
    const qsizetype size = coordinateSize(area);
    const QByteArray point = QByteArray(1, 4) + padded(area.x, size) + padded(area.y, size);
    const Builder builder(OSSL_PARAM_BLD_new());
    const char *group = groupOf(area);
    if (group == nullptr || !builder
        || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
               point.constData(), static_cast<size_t>(point.size()))
            != 1)
        return {};
    return keyFrom("EC", builder.get());
}

/// RSA-OAEP of the seed with the label and its NUL (TCG Part 1, B.10.3).
Result<QByteArray> encryptedSeed(
    const PublicArea &area, const QByteArray &labelText, const QByteArray &seed)
{
    const PublicKey key = rsaKey(area);
    const KeyContext context(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
    const EVP_MD *hash = area.nameAlg == sha384 ? EVP_sha384() : EVP_sha256();
    const size_t labelSize = static_cast<size_t>(labelText.size()) + 1;
    void *label = OPENSSL_memdup(labelText.constData(), labelSize);
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1
        || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) != 1
        || EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), hash) != 1
        || EVP_PKEY_CTX_set0_rsa_oaep_label(context.get(), label, static_cast<int>(labelSize))
            != 1) {
        OPENSSL_free(label);
        return unusable(u"the key is no usable RSA key"_s);
    }
    size_t size = static_cast<size_t>(EVP_PKEY_get_size(key.get()));
    QByteArray secret(static_cast<qsizetype>(size), Qt::Uninitialized);
    if (EVP_PKEY_encrypt(
            context.get(), bytes(secret), &size, bytes(seed), static_cast<size_t>(seed.size()))
        != 1)
        return unusable(u"the key cannot encrypt"_s);
    return secret.left(static_cast<qsizetype>(size));
}

QByteArray coordinate(const EVP_PKEY *key, const char *name, qsizetype size)
{
    BIGNUM *number = nullptr;
    EVP_PKEY_get_bn_param(key, name, &number);
    const BigNumber owned(number);
    QByteArray value(size, '\0');
    if (number == nullptr || BN_bn2binpad(number, bytes(value), static_cast<int>(size)) < 0)
        return {};
    return value;
}

/// An ephemeral ECDH with the key (TCG Part 1, C.6.1).
Result<SharedSeed> exchangedSeed(const PublicArea &area, const QByteArray &label)
{
    const PublicKey key = eccKey(area);
    if (!key)
        return unusable(u"the key is no point on a supported curve"_s);
    const PublicKey ephemeral(EVP_EC_gen(groupOf(area)));
    const KeyContext context(ephemeral ? EVP_PKEY_CTX_new(ephemeral.get(), nullptr) : nullptr);
    const qsizetype size = coordinateSize(area);
    QByteArray z(size, '\0');
    size_t zSize = static_cast<size_t>(size);
    if (!context || EVP_PKEY_derive_init(context.get()) != 1
        || EVP_PKEY_derive_set_peer(context.get(), key.get()) != 1
        || EVP_PKEY_derive(context.get(), bytes(z), &zSize) != 1)
        return unusable(u"no key agreement with the key"_s);
    const QByteArray x = coordinate(ephemeral.get(), OSSL_PKEY_PARAM_EC_PUB_X, size);
    const QByteArray y = coordinate(ephemeral.get(), OSSL_PKEY_PARAM_EC_PUB_Y, size);
    const auto hash = hashOf(area.nameAlg);
    const int bits = QCryptographicHash::hashLength(hash) * 8;
    return SharedSeed{
        kdfe(hash, z, label, x, padded(area.x, size), bits), sized(sized(x) + sized(y))};
}

} // namespace

QByteArray sized(const QByteArray &bytes)
{
    QByteArray size(2, Qt::Uninitialized);
    qToBigEndian(static_cast<quint16>(bytes.size()), size.data());
    return size + bytes;
}

Result<QByteArray> encryptCfb(const QByteArray &key, const QByteArray &plain)
{
    const CipherContext cipher(EVP_CIPHER_CTX_new());
    const QByteArray zeroIv(16, '\0');
    const EVP_CIPHER *algorithm = key.size() == 16 ? EVP_aes_128_cfb128()
        : key.size() == 32                         ? EVP_aes_256_cfb128()
                                                   : nullptr;
    QByteArray encrypted(plain.size(), Qt::Uninitialized);
    int size = 0;
    if (algorithm == nullptr || !cipher
        || EVP_EncryptInit_ex(cipher.get(), algorithm, nullptr, bytes(key), bytes(zeroIv)) != 1
        || EVP_EncryptUpdate(
               cipher.get(), bytes(encrypted), &size, bytes(plain), static_cast<int>(plain.size()))
            != 1)
        return unusable(
            u"the key wraps with AES-%1-CFB, 128 and 256 are known"_s.arg(key.size() * 8));
    return encrypted;
}

Result<QByteArray> wrapOuter(const QByteArray &seed, quint16 nameAlg, int aesBits,
    const QByteArray &objectName, const QByteArray &plain)
{
    const auto hash = hashOf(nameAlg);
    const auto encrypted = encryptCfb(kdfa(hash, seed, "STORAGE", objectName, {}, aesBits), plain);
    if (!encrypted)
        return encrypted;
    const int macBits = QCryptographicHash::hashLength(hash) * 8;
    const QByteArray mac = QMessageAuthenticationCode::hash(
        *encrypted + objectName, kdfa(hash, seed, "INTEGRITY", {}, {}, macBits), hash);
    return sized(sized(mac) + *encrypted);
}

Result<SharedSeed> shareSeed(const PublicArea &area, const QByteArray &label, const Random &random)
{
    if (area.type != PublicArea::Type::Rsa)
        return exchangedSeed(area, label);
    const QByteArray seed = random(QCryptographicHash::hashLength(hashOf(area.nameAlg)));
    const auto secret = encryptedSeed(area, label, seed);
    if (!secret)
        return std::unexpected(secret.error());
    return SharedSeed{seed, sized(*secret)};
}

} // namespace tpm
