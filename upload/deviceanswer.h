// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/answer.h"

namespace upload {

/// What a provisioning service says to a device that registers (DPS device API).
struct DeviceAnswer {
    enum class Kind {
        Challenge, ///< HTTP 401 with a key: sign with it, and come again
        Assigning, ///< ask again later
        Assigned,
        Disabled, ///< the enrollment is switched off
        Failed, ///< the service could not assign a hub
    };

    Kind kind = Kind::Failed;
    QByteArray authenticationKey; ///< Challenge and Assigned: the activation blob, decoded
    QString keyName; ///< Challenge: the policy that the token names
    QString operationId;
    QString registrationId;
    QString hub, deviceId, substatus; ///< Assigned
    int errorCode = 0; ///< Failed
    QString errorMessage;
    std::optional<std::chrono::seconds> retryAfter;

    bool operator==(const DeviceAnswer &) const = default;
};

/// Takes untrusted bytes. Errors as judge() has them, and Fault::Malformed for what no client
/// could use: no blob where there has to be one, or a status that the protocol does not know.
[[nodiscard]] Result<DeviceAnswer> parseDeviceAnswer(const Answer &answer, const QDateTime &now);

/// The body of a registration: the TPM's keys, each a TPM2B_PUBLIC.
[[nodiscard]] QByteArray registrationBody(const QString &registrationId,
    const QByteArray &endorsementKey, const QByteArray &storageRootKey);

} // namespace upload
