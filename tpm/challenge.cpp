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

constexpr int nonceSize = 32;

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
    const auto area = parsePublicArea(object->publicArea);
    if (!area)
        return std::unexpected(area.error());
    const QByteArray nonce = random(nonceSize);
    const auto credential = makeCredential(key.publicArea, area->name, nonce, random);
    if (!credential)
        return std::unexpected(credential.error());
    const Object endorsement{key.reference, 0, key.publicArea};
    const auto released = session.activateCredential(
        *object, endorsement, credential->idObject, credential->encryptedSecret);
    if (!released)
        return std::unexpected(released.error());
    if (released->size() != nonce.size()
        || CRYPTO_memcmp(
               released->constData(), nonce.constData(), static_cast<size_t>(nonce.size()))
            != 0)
        return std::unexpected(
            Error{Fault::Unsuitable, u"the TPM released another secret than the challenge held"_s});
    return session.flush(*object);
}

QByteArray secureRandom(int size)
{
    QByteArray random(size, Qt::Uninitialized);
    if (RAND_bytes(bytes(random), size) != 1)
        qFatal("no random bytes");
    return random;
}

} // namespace tpm
