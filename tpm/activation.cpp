// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/activation.h"

#include "tpm/challenge.h"
#include "tpm/publicarea.h"
#include "tpm/session.h"
#include "tpm/templates.h"
#include "tpm/wrapping.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QtEndian>

#include <openssl/crypto.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 sha256 = 0x000B;
constexpr int innerSize = 16; // AES-128 is hard-coded in the SDKs
constexpr int secretSize = 32;
constexpr qsizetype longestHmacKey = 64; // the block of SHA-256: longer ones would be hashed first

std::unexpected<Error> refused(Fault fault, const QString &why)
{
    return std::unexpected(Error{fault, why});
}

QByteArray hmacArea(const QByteArray &hmacKey, const QByteArray &obfuscation)
{
    return identityArea(
        QCryptographicHash::hash(obfuscation + hmacKey, QCryptographicHash::Sha256));
}

QByteArray nameOf(const QByteArray &tpmt)
{
    return QByteArray::fromHex("000b") + QCryptographicHash::hash(tpmt, QCryptographicHash::Sha256);
}

/// Takes the TPM2B at the front; empty where there is none.
QByteArray takeSized(QByteArray &bytes)
{
    if (bytes.size() < 2)
        return {};
    const qsizetype size = 2 + qFromBigEndian<quint16>(bytes.constData());
    if (size > bytes.size())
        return {};
    const QByteArray taken = bytes.left(size);
    bytes = bytes.mid(size);
    return taken;
}

} // namespace

QByteArray ActivationBlob::bytes() const
{
    return idObject + encryptedSecret + duplicate + encryptedSeed + publicArea + sized(trailer);
}

Result<Duplicate> wrapDuplicate(const QByteArray &hmacKey, const QByteArray &obfuscation,
    const QByteArray &inner, const QByteArray &seed)
{
    if (hmacKey.isEmpty() || hmacKey.size() > longestHmacKey || inner.size() != innerSize
        || obfuscation.size() != secretSize)
        return refused(Fault::Unsuitable, u"an HMAC key has 1 to 64 bytes, its wrapper 16"_s);
    const QByteArray area = hmacArea(hmacKey, obfuscation);
    const QByteArray name = nameOf(area);
    // TPMT_SENSITIVE: KEYEDHASH, no password, the obfuscation value, the key.
    const QByteArray sensitive =
        sized(QByteArray::fromHex("0008") + sized({}) + sized(obfuscation) + sized(hmacKey));
    const QByteArray integrity =
        QCryptographicHash::hash(sensitive + name, QCryptographicHash::Sha256);
    const auto wrapped = encryptCfb(inner, sized(integrity) + sensitive);
    if (!wrapped)
        return std::unexpected(wrapped.error());
    const auto outer = wrapOuter(seed, sha256, 128, name, *wrapped);
    if (!outer)
        return std::unexpected(outer.error());
    return Duplicate{sized(area), *outer};
}

Result<ActivationBlob> makeActivation(const QByteArray &endorsementArea,
    const QByteArray &storageArea, const QByteArray &hmacKey, const Random &random)
{
    const auto storage = parsePublicArea(storageArea);
    if (!storage)
        return std::unexpected(storage.error());
    if (storage->type == PublicArea::Type::Other || storage->nameAlg != sha256
        || storage->symmetricBits != 128
        || (storage->attributes & restrictedDecrypt) != restrictedDecrypt)
        return refused(Fault::Unsuitable, u"no storage root key that the SDKs know"_s);
    const QByteArray inner = random(innerSize);
    const QByteArray obfuscation = random(secretSize);
    // The credential names the SRK: this is what ties it to the EK.
    const auto credential = makeCredential(endorsementArea, storage->name, inner, random);
    if (!credential)
        return std::unexpected(credential.error());
    const auto seed = shareSeed(*storage, "DUPLICATE", random);
    if (!seed)
        return std::unexpected(seed.error());
    const auto duplicate = wrapDuplicate(hmacKey, obfuscation, inner, seed->seed);
    if (!duplicate)
        return std::unexpected(duplicate.error());
    return ActivationBlob{credential->idObject, credential->encryptedSecret, duplicate->privateArea,
        seed->secret, duplicate->publicArea, {}};
}

Result<ActivationBlob> parseActivation(const QByteArray &bytes)
{
    QByteArray rest = bytes;
    ActivationBlob blob;
    for (QByteArray *part : {&blob.idObject, &blob.encryptedSecret, &blob.duplicate,
             &blob.encryptedSeed, &blob.publicArea}) {
        *part = takeSized(rest);
        if (part->size() <= 2)
            return refused(Fault::Protocol,
                u"an authentication key of %1 bytes that ends in its middle"_s.arg(bytes.size()));
    }
    const QByteArray trailer = takeSized(rest);
    if (trailer.isEmpty() || !rest.isEmpty())
        return refused(Fault::Protocol,
            u"an authentication key of %1 bytes with a wrong end"_s.arg(bytes.size()));
    blob.trailer = trailer.mid(2);
    return blob;
}

Result<Object> activate(
    Session &session, const Object &endorsement, const Object &storage, const ActivationBlob &blob)
{
    const auto inner =
        session.activateCredential(storage, endorsement, blob.idObject, blob.encryptedSecret);
    if (!inner)
        return std::unexpected(inner.error());
    const auto privateArea =
        session.importKey(storage, *inner, blob.publicArea, blob.duplicate, blob.encryptedSeed);
    if (!privateArea)
        return std::unexpected(privateArea.error());
    return session.load(storage, *privateArea, blob.publicArea);
}

Result<void> rehearse(
    Session &session, const Object &endorsement, const Object &storage, const Random &random)
{
    const QByteArray hmacKey = random(secretSize);
    const QByteArray text = random(secretSize);
    const auto blob = makeActivation(endorsement.publicArea, storage.publicArea, hmacKey, random);
    if (!blob)
        return std::unexpected(blob.error());
    // Over the wire's form, as the device gets it from the service.
    const auto received = parseActivation(blob->bytes());
    if (!received)
        return std::unexpected(received.error());
    const auto key = activate(session, endorsement, storage, *received);
    if (!key)
        return std::unexpected(key.error());
    const auto signature = session.hmac(*key, text);
    if (!signature)
        return std::unexpected(signature.error());
    const QByteArray expected =
        QMessageAuthenticationCode::hash(text, hmacKey, QCryptographicHash::Sha256);
    if (signature->size() != expected.size()
        || CRYPTO_memcmp(
               signature->constData(), expected.constData(), static_cast<size_t>(expected.size()))
            != 0)
        return refused(Fault::Unsuitable, u"the TPM signs with another key than it was sent"_s);
    return session.flush(*key);
}

} // namespace tpm
