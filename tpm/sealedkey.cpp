// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/sealedkey.h"

#include "tpm/handles.h"
#include "tpm/templates.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <tss2/tss2_tpm2_types.h>

#include <array>

namespace tpm {

namespace {

constexpr qsizetype blockSize = 64; // of SHA-256; a TPM takes no longer HMAC key (TCG Part 3, 12.1)
constexpr quint32 manufacturer = 0x105;

/// The parents that this TPM has to offer: the persistent storage root key if somebody made one,
/// and the one of the template. They differ where the first is of another kind.
enum class Parent { Persistent, Template };

Result<Object> open(Session &session, Parent parent)
{
    return parent == Parent::Persistent ? session.readPublic(storageHandle)
                                        : session.createPrimary(Hierarchy::Owner, storageArea());
}

/// Runs `use` under one parent after the other until one works. Its TPM may refuse what another
/// parent made; any other trouble ends it.
template <typename T, typename Use> Result<T> underParent(Session &session, Use use)
{
    // The first command also starts a TPM that nobody has started yet.
    if (const auto answers = session.properties(manufacturer, manufacturer); !answers)
        return std::unexpected(answers.error());
    Result<T> result;
    for (const Parent kind : {Parent::Persistent, Parent::Template}) {
        const auto parent = open(session, kind);
        if (!parent && kind == Parent::Persistent && parent.error().fault == Fault::Refused)
            continue;
        if (!parent)
            return std::unexpected(parent.error());
        result = use(*parent);
        if (kind == Parent::Template && !session.failure())
            if (const auto gone = session.flush(*parent); !gone)
                return std::unexpected(gone.error());
        if (result || result.error().fault != Fault::Refused)
            break;
    }
    return result;
}

} // namespace

Result<SealedKey> sealKey(Session &session, QByteArrayView key)
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    if (key.size() > blockSize) {
        SHA256(reinterpret_cast<const unsigned char *>(key.data()), static_cast<size_t>(key.size()),
            digest.data());
        key = QByteArrayView(digest.data(), qsizetype(digest.size()));
    }
    auto sealed = underParent<SealedKey>(session,
        [&](const Object &parent) { return session.create(parent, sealedKeyArea(), key); });
    OPENSSL_cleanse(digest.data(), digest.size());
    return sealed;
}

Result<QByteArray> signSealed(Session &session, const SealedKey &key, const QByteArray &bytes)
{
    return underParent<QByteArray>(session, [&](const Object &parent) -> Result<QByteArray> {
        const auto loaded = session.load(parent, key.privateArea, key.publicArea);
        if (!loaded)
            return std::unexpected(loaded.error());
        auto signature = session.hmac(*loaded, bytes);
        if (!session.failure())
            if (const auto gone = session.flush(*loaded); !gone)
                return std::unexpected(gone.error());
        return signature;
    });
}

bool isForeign(const Error &error)
{
    // The parent decrypts and checks the private part (TCG Part 1, 22.4); another one finds its
    // integrity broken. The other bits tell which parameter it was.
    return error.fault == Fault::Refused && error.command == TPM2_CC_Load
        && (error.code & 0xbf) == TPM2_RC_INTEGRITY;
}

} // namespace tpm
