// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/challenge.h"

#include "tpm/endorsement.h"
#include "tpm/openssl.h"
#include "tpm/publicarea.h"
#include "tpm/session.h"
#include "tpm/templates.h"
#include "tpm/wrapping.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 sha256 = 0x000B;
constexpr quint16 sha384 = 0x000C;
constexpr int nonceSize = 32;

std::unexpected<Error> unusable(const QString &why)
{
    return std::unexpected(Error{Fault::Unsuitable, why});
}

/// What the TPM makes of a secret that is wrapped for this object under this key.
Result<QByteArray> release(Session &session, const Object &object, const EndorsementKey &key,
    const QByteArray &secret, const Random &random)
{
    const auto area = parsePublicArea(object.publicArea);
    if (!area)
        return std::unexpected(area.error());
    const auto credential = makeCredential(key.publicArea, area->name, secret, random);
    if (!credential)
        return std::unexpected(credential.error());
    return session.activateCredential(object, Object{key.reference, 0, key.publicArea},
        credential->idObject, credential->encryptedSecret);
}

} // namespace

Result<QByteArray> wrapCredential(const QByteArray &seed, quint16 nameAlg, int aesBits,
    const QByteArray &objectName, const QByteArray &credential)
{
    return wrapOuter(seed, nameAlg, aesBits, objectName, sized(credential));
}

Result<Credential> makeCredential(const QByteArray &keyArea, const QByteArray &objectName,
    const QByteArray &credential, const Random &random)
{
    const auto area = parsePublicArea(keyArea);
    if (!area)
        return std::unexpected(area.error());
    if (area->nameAlg != sha256 && area->nameAlg != sha384)
        return unusable(u"the endorsement key's name algorithm is 0x%1, known are SHA-256 and "
                        "SHA-384"_s.arg(area->nameAlg, 4, 16, QLatin1Char('0')));
    const auto shared = shareSeed(*area, "IDENTITY", random);
    if (!shared)
        return std::unexpected(shared.error());
    const auto idObject =
        wrapCredential(shared->seed, area->nameAlg, area->symmetricBits, objectName, credential);
    if (!idObject)
        return std::unexpected(idObject.error());
    return Credential{*idObject, shared->secret};
}

Result<void> provePossession(Session &session, const EndorsementKey &key, const Random &random)
{
    const auto object = session.createPrimary(Hierarchy::Null, challengeArea());
    if (!object)
        return std::unexpected(object.error());
    const QByteArray nonce = random(nonceSize);
    const auto released = release(session, *object, key, nonce, random);
    // Not left to the session's end: a TPM may have room for three objects only.
    const auto flushed = session.flush(*object);
    if (!released)
        return std::unexpected(released.error());
    if (released->size() != nonce.size()
        || CRYPTO_memcmp(
               released->constData(), nonce.constData(), static_cast<size_t>(nonce.size()))
            != 0)
        return unusable(u"the TPM released another secret than the challenge held"_s);
    return flushed;
}

QByteArray secureRandom(int size)
{
    QByteArray random(size, Qt::Uninitialized);
    if (RAND_bytes(bytes(random), size) != 1)
        qFatal("no random bytes");
    return random;
}

} // namespace tpm
