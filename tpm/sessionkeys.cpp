// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/esys.h"
#include "tpm/session.h"
#include "tpm/wrapping.h"

#include <openssl/crypto.h>

namespace tpm {

using namespace Qt::StringLiterals;

Result<QByteArray> Session::importKey(const Object &parent, const QByteArray &inner,
    const QByteArray &publicArea, const QByteArray &duplicate, const QByteArray &encryptedSeed)
{
    const auto area = unmarshalled<TPM2B_PUBLIC>(publicArea, Tss2_MU_TPM2B_PUBLIC_Unmarshal);
    const auto wrapped = unmarshalled<TPM2B_PRIVATE>(duplicate, Tss2_MU_TPM2B_PRIVATE_Unmarshal);
    const auto seed = unmarshalled<TPM2B_ENCRYPTED_SECRET>(
        encryptedSeed, Tss2_MU_TPM2B_ENCRYPTED_SECRET_Unmarshal);
    TPM2B_DATA innerKey{};
    if (!area || !wrapped || !seed || inner.size() > qsizetype(sizeof innerKey.buffer))
        return std::unexpected(
            Error{Fault::Protocol, u"a wrapped key that does not unmarshal"_s, 0, TPM2_CC_Import});
    innerKey.size = static_cast<UINT16>(inner.size());
    std::copy(inner.begin(), inner.end(), innerKey.buffer);
    const TPMT_SYM_DEF_OBJECT aes{
        .algorithm = TPM2_ALG_AES, .keyBits = {.aes = 128}, .mode = {.aes = TPM2_ALG_CFB}};
    Owned<TPM2B_PRIVATE> imported;
    const TSS2_RC rc = withRoom([&] {
        return Esys_Import(m_esys, parent.reference, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE,
            &innerKey, &*area, &*wrapped, &*seed, &aes, imported.out());
    });
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_Import));
    return marshalled(*imported, Tss2_MU_TPM2B_PRIVATE_Marshal);
}

Result<Object> Session::load(
    const Object &parent, const QByteArray &privateArea, const QByteArray &publicArea)
{
    const auto area = unmarshalled<TPM2B_PUBLIC>(publicArea, Tss2_MU_TPM2B_PUBLIC_Unmarshal);
    const auto secret = unmarshalled<TPM2B_PRIVATE>(privateArea, Tss2_MU_TPM2B_PRIVATE_Unmarshal);
    if (!area || !secret)
        return std::unexpected(area ? secret.error() : area.error());
    Object object;
    const TSS2_RC rc = withRoom([&] {
        return Esys_Load(m_esys, parent.reference, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE,
            &*secret, &*area, &object.reference);
    });
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_Load));
    Esys_TR_GetTpmHandle(m_esys, object.reference, &object.handle);
    m_made[object.handle] = object.reference;
    object.publicArea = publicArea;
    return object;
}

/// An HMAC session, salted for `key`, that encrypts the first parameter of the command that ends
/// it.
Result<quint32> Session::startEncryption(const Object &key)
{
    const TPMT_SYM_DEF aes{
        .algorithm = TPM2_ALG_AES, .keyBits = {.aes = 128}, .mode = {.aes = TPM2_ALG_CFB}};
    ESYS_TR session = ESYS_TR_NONE;
    const TSS2_RC rc = withRoom([&] {
        return Esys_StartAuthSession(m_esys, key.reference, ESYS_TR_NONE, ESYS_TR_NONE,
            ESYS_TR_NONE, ESYS_TR_NONE, nullptr, TPM2_SE_HMAC, &aes, TPM2_ALG_SHA256, &session);
    });
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_StartAuthSession));
    TPM2_HANDLE handle = 0;
    Esys_TR_GetTpmHandle(m_esys, session, &handle);
    m_made[handle] = session;
    Esys_TRSess_SetAttributes(m_esys, session, TPMA_SESSION_DECRYPT, 0xff);
    return session;
}

Result<SealedKey> Session::create(
    const Object &parent, const QByteArray &templateArea, QByteArrayView secret)
{
    const auto area =
        unmarshalled<TPM2B_PUBLIC>(sized(templateArea), Tss2_MU_TPM2B_PUBLIC_Unmarshal);
    TPM2B_SENSITIVE_CREATE sensitive{};
    TPM2B_SENSITIVE_DATA &content = sensitive.sensitive.data;
    if (!area || secret.size() > qsizetype(sizeof content.buffer))
        return std::unexpected(
            Error{Fault::Unsuitable, u"a key that no TPM can keep"_s, 0, TPM2_CC_Create});
    const auto encryption = startEncryption(parent);
    if (!encryption)
        return std::unexpected(encryption.error());
    content.size = static_cast<UINT16>(secret.size());
    std::copy(secret.begin(), secret.end(), content.buffer);
    const TPML_PCR_SELECTION none{};
    Owned<TPM2B_PRIVATE> privateArea;
    Owned<TPM2B_PUBLIC> publicArea;
    const TSS2_RC rc = withRoom([&] {
        return Esys_Create(m_esys, parent.reference, ESYS_TR_PASSWORD, *encryption, ESYS_TR_NONE,
            &sensitive, &*area, nullptr, &none, privateArea.out(), publicArea.out(), nullptr,
            nullptr, nullptr);
    });
    OPENSSL_cleanse(&sensitive, sizeof sensitive);
    const quint32 session = m_made.key(*encryption);
    if (rc == TSS2_RC_SUCCESS) {
        m_made.remove(session);
        return SealedKey{marshalled(*publicArea, Tss2_MU_TPM2B_PUBLIC_Marshal),
            marshalled(*privateArea, Tss2_MU_TPM2B_PRIVATE_Marshal)};
    }
    const Error error = failed(rc, TPM2_CC_Create);
    if (!failure())
        std::ignore = flush({*encryption, session, {}});
    return std::unexpected(error);
}

Result<QByteArray> Session::hmac(const Object &key, const QByteArray &bytes)
{
    TPM2B_MAX_BUFFER buffer{};
    if (bytes.size() > qsizetype(sizeof buffer.buffer))
        return std::unexpected(Error{Fault::Unsuitable,
            u"%1 bytes are more than one TPM2_HMAC takes"_s.arg(bytes.size()), 0, TPM2_CC_HMAC});
    buffer.size = static_cast<UINT16>(bytes.size());
    std::copy(bytes.begin(), bytes.end(), buffer.buffer);
    Owned<TPM2B_DIGEST> mac;
    const TSS2_RC rc = Esys_HMAC(m_esys, key.reference, ESYS_TR_PASSWORD, ESYS_TR_NONE,
        ESYS_TR_NONE, &buffer, TPM2_ALG_SHA256, mac.out());
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_HMAC));
    return contentOf(*mac);
}

Result<Object> Session::persist(const Object &object, quint32 handle)
{
    Object persistent{ESYS_TR_NONE, handle, object.publicArea};
    const TSS2_RC rc = withRoom([&] {
        return Esys_EvictControl(m_esys, ESYS_TR_RH_OWNER, object.reference, ESYS_TR_PASSWORD,
            ESYS_TR_NONE, ESYS_TR_NONE, handle, &persistent.reference);
    });
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_EvictControl));
    return persistent;
}

Result<void> Session::evict(const Object &persistent)
{
    ESYS_TR gone = ESYS_TR_NONE;
    const TSS2_RC rc = withRoom([&] {
        return Esys_EvictControl(m_esys, ESYS_TR_RH_OWNER, persistent.reference, ESYS_TR_PASSWORD,
            ESYS_TR_NONE, ESYS_TR_NONE, persistent.handle, &gone);
    });
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_EvictControl));
    return {};
}

Result<void> Session::clear()
{
    const TSS2_RC rc =
        Esys_Clear(m_esys, ESYS_TR_RH_LOCKOUT, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE);
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_Clear));
    return {};
}

} // namespace tpm
