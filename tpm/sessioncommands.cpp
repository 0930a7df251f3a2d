// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/session.h"

#include "tpm/esys.h"
#include "tpm/frame.h"
#include "tpm/publicarea.h"
#include "tpm/wrapping.h"

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

ESYS_TR rootOf(Hierarchy hierarchy)
{
    switch (hierarchy) {
    case Hierarchy::Endorsement:
        return ESYS_TR_RH_ENDORSEMENT;
    case Hierarchy::Owner:
        return ESYS_TR_RH_OWNER;
    case Hierarchy::Null:
        break;
    }
    return ESYS_TR_RH_NULL;
}

} // namespace

/// Esys_TR_FromTPMPublic sends the ReadPublic that we would send as well; its answer is still on
/// the wire, so that one command does for both.
Result<Object> Session::known(quint32 handle)
{
    ESYS_TR reference = ESYS_TR_NONE;
    const TSS2_RC rc = withRoom([&] {
        return Esys_TR_FromTPMPublic(
            m_esys, handle, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &reference);
    });
    const bool isNv = (handle & TPM2_HR_RANGE_MASK) == TPM2_HR_NV_INDEX;
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, isNv ? TPM2_CC_NV_ReadPublic : TPM2_CC_ReadPublic));
    return Object{reference, handle, firstSized(m_wire->lastResponse())};
}

Result<Object> Session::readPublic(quint32 handle)
{
    return known(handle);
}

Result<Object> Session::createPrimary(Hierarchy hierarchy, const QByteArray &templateArea)
{
    const auto publicTemplate =
        unmarshalled<TPM2B_PUBLIC>(sized(templateArea), Tss2_MU_TPM2B_PUBLIC_Unmarshal);
    if (!publicTemplate)
        return std::unexpected(publicTemplate.error());
    const TPM2B_SENSITIVE_CREATE sensitive{};
    const TPML_PCR_SELECTION noPcrs{};
    Owned<TPM2B_PUBLIC> made;
    Object object;
    const TSS2_RC rc = withRoom([&] {
        return Esys_CreatePrimary(m_esys, rootOf(hierarchy), ESYS_TR_PASSWORD, ESYS_TR_NONE,
            ESYS_TR_NONE, &sensitive, &*publicTemplate, nullptr, &noPcrs, &object.reference,
            made.out(), nullptr, nullptr, nullptr);
    });
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_CreatePrimary));
    Esys_TR_GetTpmHandle(m_esys, object.reference, &object.handle);
    m_made[object.handle] = object.reference;

    object.publicArea = marshalled(*made, Tss2_MU_TPM2B_PUBLIC_Marshal);
    if (object.publicArea.isEmpty())
        return std::unexpected(
            Error{Fault::Protocol, u"a public area that cannot be written back"_s});
    return object;
}

Result<QByteArray> Session::readNv(quint32 index, quint32 chunk)
{
    const auto object = known(index);
    if (!object)
        return std::unexpected(object.error());
    const auto area =
        unmarshalled<TPM2B_NV_PUBLIC>(object->publicArea, Tss2_MU_TPM2B_NV_PUBLIC_Unmarshal);
    Result<QByteArray> bytes = area ? Result<QByteArray>{} : std::unexpected(area.error());
    const UINT16 total = area ? area->nvPublic.dataSize : 0;
    const quint32 step = std::min<quint32>(chunk == 0 ? 512 : chunk, TPM2_MAX_NV_BUFFER_SIZE);
    while (bytes && bytes->size() < total) {
        Owned<TPM2B_MAX_NV_BUFFER> part;
        const auto offset = static_cast<UINT16>(bytes->size());
        const auto size = static_cast<UINT16>(std::min<quint32>(step, total - offset));
        const TSS2_RC rc = Esys_NV_Read(m_esys, object->reference, object->reference,
            ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, size, offset, part.out());
        if (rc != TSS2_RC_SUCCESS)
            bytes = std::unexpected(failed(rc, TPM2_CC_NV_Read));
        else if (part->size == 0)
            bytes = std::unexpected(
                Error{Fault::Protocol, u"an empty NV_Read answer"_s, 0, TPM2_CC_NV_Read});
        else
            bytes->append(reinterpret_cast<const char *>(part->buffer), part->size);
    }
    ESYS_TR reference = object->reference;
    Esys_TR_Close(m_esys, &reference);
    return bytes;
}

Result<bool> Session::isOwnersNv(quint32 index)
{
    const auto object = known(index);
    if (!object)
        return std::unexpected(object.error());
    ESYS_TR reference = object->reference;
    Esys_TR_Close(m_esys, &reference);
    const auto area =
        unmarshalled<TPM2B_NV_PUBLIC>(object->publicArea, Tss2_MU_TPM2B_NV_PUBLIC_Unmarshal);
    if (!area)
        return std::unexpected(area.error());
    return (area->nvPublic.attributes & TPMA_NV_PLATFORMCREATE) == 0;
}

Result<quint32> Session::startPolicySession(quint16 hash)
{
    const TPMT_SYM_DEF plain{.algorithm = TPM2_ALG_NULL, .keyBits = {}, .mode = {}};
    ESYS_TR session = ESYS_TR_NONE;
    const TSS2_RC rc = withRoom([&] {
        return Esys_StartAuthSession(m_esys, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE,
            ESYS_TR_NONE, nullptr, TPM2_SE_POLICY, &plain, hash, &session);
    });
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_StartAuthSession));
    TPM2_HANDLE handle = 0;
    Esys_TR_GetTpmHandle(m_esys, session, &handle);
    m_made[handle] = session;
    // The session ends with the command that uses it up, so that no flush is needed after success.
    Esys_TRSess_SetAttributes(m_esys, session, 0, TPMA_SESSION_CONTINUESESSION);
    return session;
}

/// PolicyA of the low-range templates is PolicySecret(endorsement); high-range keys also take their
/// empty password (TCG EK Credential Profile, B.6).
Result<quint32> Session::authorize(const Object &key)
{
    const auto area = parsePublicArea(key.publicArea);
    if (!area)
        return std::unexpected(area.error());
    if ((area->attributes & userWithAuth) != 0)
        return ESYS_TR_PASSWORD;
    const auto session = startPolicySession(area->nameAlg);
    if (!session)
        return session;
    const TSS2_RC rc = Esys_PolicySecret(m_esys, ESYS_TR_RH_ENDORSEMENT, *session, ESYS_TR_PASSWORD,
        ESYS_TR_NONE, ESYS_TR_NONE, nullptr, nullptr, nullptr, 0, nullptr, nullptr);
    if (rc == TSS2_RC_SUCCESS)
        return session;
    const Error error = failed(rc, TPM2_CC_PolicySecret);
    const quint32 handle = m_made.key(*session);
    if (!failure())
        std::ignore = flush({*session, handle, {}});
    return std::unexpected(error);
}

Result<QByteArray> Session::activateCredential(const Object &object, const Object &key,
    const QByteArray &idObject, const QByteArray &encryptedSecret)
{
    const auto blob = unmarshalled<TPM2B_ID_OBJECT>(idObject, Tss2_MU_TPM2B_ID_OBJECT_Unmarshal);
    const auto secret = unmarshalled<TPM2B_ENCRYPTED_SECRET>(
        encryptedSecret, Tss2_MU_TPM2B_ENCRYPTED_SECRET_Unmarshal);
    if (!blob || !secret)
        return std::unexpected(blob ? secret.error() : blob.error());
    const auto authorization = authorize(key);
    if (!authorization)
        return std::unexpected(authorization.error());
    Owned<TPM2B_DIGEST> credential;
    // A persistent key takes an object's room, too, while it is used.
    const TSS2_RC rc = withRoom([&] {
        return Esys_ActivateCredential(m_esys, object.reference, key.reference, ESYS_TR_PASSWORD,
            *authorization, ESYS_TR_NONE, &*blob, &*secret, credential.out());
    });
    const Error error = rc == TSS2_RC_SUCCESS ? Error{} : failed(rc, TPM2_CC_ActivateCredential);
    if (*authorization != ESYS_TR_PASSWORD) {
        const quint32 handle = m_made.key(*authorization);
        if (rc == TSS2_RC_SUCCESS)
            m_made.remove(handle);
        else if (!failure())
            std::ignore = flush({*authorization, handle, {}});
    }
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(error);
    return contentOf(*credential);
}

} // namespace tpm
