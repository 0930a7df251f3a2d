// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/endorsement.h"
#include "tpm/handles.h"
#include "tpm/session.h"

namespace upload {

/// The TPM of a device that provisions itself, as the SDKs use it: EK and SRK at their persistent
/// handles, made there if they are absent, and the identity key that a service sends. Blocking,
/// each command within its budget; for one thread.
class DeviceKeys {
public:
    [[nodiscard]] static tpm::Result<std::unique_ptr<DeviceKeys>> open(
        const QString &target, const std::shared_ptr<tpm::Stop> &stop);

    [[nodiscard]] const tpm::EndorsementKey &endorsementKey() const { return m_endorsementKey; }
    /// TPM2B_PUBLIC.
    [[nodiscard]] const QByteArray &storageRootKey() const { return m_storage.publicArea; }

    /// Unwraps a blob and keeps its key as the identity key, in place of an earlier one.
    [[nodiscard]] tpm::Result<void> adopt(const QByteArray &blob);
    /// Whether a key is at the identity handle already.
    [[nodiscard]] tpm::Result<bool> holdsIdentity();
    /// Takes away what this object has put into the TPM, and looks whether it is gone.
    [[nodiscard]] tpm::Result<void> undo();
    /// HMAC-SHA256 with the identity key.
    [[nodiscard]] tpm::Result<QByteArray> sign(const QByteArray &bytes);

private:
    explicit DeviceKeys(std::unique_ptr<tpm::Session> session) : m_session(std::move(session)) { }
    [[nodiscard]] tpm::Result<tpm::Object> readOrMake(
        quint32 handle, tpm::Hierarchy hierarchy, const QByteArray &templateArea);
    [[nodiscard]] tpm::Result<std::optional<tpm::Object>> find(quint32 handle);

    std::unique_ptr<tpm::Session> m_session;
    tpm::EndorsementKey m_endorsementKey;
    tpm::Object m_endorsement;
    tpm::Object m_storage;
    tpm::Object m_identity;
    QList<quint32> m_made; ///< where this object has put keys
};

} // namespace upload
