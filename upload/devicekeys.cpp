// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/devicekeys.h"

#include "tpm/activation.h"
#include "tpm/templates.h"

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr quint32 absentHandle = 0x18b; // TPM_RC_HANDLE, first handle
constexpr quint32 manufacturer = 0x105;

bool isAbsent(const tpm::Error &error)
{
    return error.fault == tpm::Fault::Refused && (error.code & 0xfff) == absentHandle;
}

} // namespace

tpm::Result<std::unique_ptr<DeviceKeys>> DeviceKeys::open(
    const QString &target, const std::shared_ptr<tpm::Stop> &stop)
{
    const auto parsed = tpm::parseTarget(target);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    tpm::Budget budget;
    budget.examination = std::chrono::hours(1); // most of it is spent waiting for the service
    auto session = tpm::Session::open(*parsed, budget, stop);
    if (!session) {
        return std::unexpected(session.error());
    }
    // The first command also starts a TPM that nobody has started yet.
    if (const auto answers = (*session)->properties(manufacturer, manufacturer); !answers) {
        return std::unexpected(answers.error());
    }
    std::unique_ptr<DeviceKeys> keys(new DeviceKeys(std::move(*session)));
    const auto endorsement = keys->readOrMake(tpm::endorsementHandle, tpm::Hierarchy::Endorsement,
        tpm::templateArea(tpm::Template::TcgL1));
    if (!endorsement) {
        return std::unexpected(endorsement.error());
    }
    keys->m_endorsement = *endorsement;
    const auto key = tpm::parseEndorsementKey(endorsement->publicArea);
    if (!key) {
        return std::unexpected(key.error());
    }
    keys->m_endorsementKey = *key;
    const auto storage =
        keys->readOrMake(tpm::storageHandle, tpm::Hierarchy::Owner, tpm::storageArea());
    if (!storage) {
        return std::unexpected(storage.error());
    }
    keys->m_storage = *storage;
    return keys;
}

tpm::Result<tpm::Object> DeviceKeys::readOrMake(
    quint32 handle, tpm::Hierarchy hierarchy, const QByteArray &templateArea)
{
    const auto present = find(handle);
    if (!present) {
        return std::unexpected(present.error());
    }
    if (*present) {
        return **present;
    }
    const auto made = m_session->createPrimary(hierarchy, templateArea);
    if (!made) {
        return made;
    }
    auto persisted = m_session->persist(*made, handle);
    const auto flushed = m_session->flush(*made);
    if (persisted) {
        m_made.append(handle);
    }
    if (persisted && !flushed) {
        return std::unexpected(flushed.error());
    }
    return persisted;
}

tpm::Result<std::optional<tpm::Object>> DeviceKeys::find(quint32 handle)
{
    const auto present = m_session->readPublic(handle);
    if (present) {
        return std::optional(*present);
    }
    if (isAbsent(present.error())) {
        return std::optional<tpm::Object>();
    }
    return std::unexpected(present.error());
}

tpm::Result<bool> DeviceKeys::holdsIdentity()
{
    const auto present = find(tpm::identityHandle);
    if (!present) {
        return std::unexpected(present.error());
    }
    return present->has_value();
}

tpm::Result<void> DeviceKeys::undo()
{
    for (const quint32 handle : std::as_const(m_made)) {
        const auto present = find(handle);
        if (!present) {
            return std::unexpected(present.error());
        }
        if (*present) {
            if (const auto gone = m_session->evict(**present); !gone) {
                return gone;
            }
        }
        const auto left = find(handle);
        if (!left) {
            return std::unexpected(left.error());
        }
        if (*left) {
            return std::unexpected(tpm::Error{tpm::Fault::Unsuitable,
                u"the key at 0x%1 is still there"_s.arg(handle, 8, 16, QLatin1Char('0'))});
        }
    }
    m_made.clear();
    return {};
}

tpm::Result<void> DeviceKeys::adopt(const QByteArray &blob)
{
    const auto parsed = tpm::parseActivation(blob);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const auto key = tpm::activate(*m_session, m_endorsement, m_storage, *parsed);
    if (!key) {
        return std::unexpected(key.error());
    }
    // Only a key that works takes the place of the earlier one.
    const auto earlier = find(tpm::identityHandle);
    if (!earlier) {
        return std::unexpected(earlier.error());
    }
    if (*earlier) {
        if (const auto gone = m_session->evict(**earlier); !gone) {
            return gone;
        }
    }
    const auto persisted = m_session->persist(*key, tpm::identityHandle);
    if (!persisted) {
        return std::unexpected(persisted.error());
    }
    m_identity = *persisted;
    if (!m_made.contains(tpm::identityHandle)) {
        m_made.append(tpm::identityHandle);
    }
    return m_session->flush(*key);
}

tpm::Result<QByteArray> DeviceKeys::sign(const QByteArray &bytes)
{
    return m_session->hmac(m_identity, bytes);
}

} // namespace upload
