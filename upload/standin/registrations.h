// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/credential.h"
#include "upload/standin/books.h"

#include <QJsonObject>

namespace upload::standin {

/// The last registration of one device, and the operation that decided it.
struct Registration {
    QString registrationId;
    QString operationId;
    QString status; ///< "assigned", "disabled" or "failed", once the operation is over
    QString substatus;
    QString hub;
    QString deviceId;
    int errorCode = 0;
    QString errorMessage;
    QString etag; ///< quotes included
    qint64 createdMs = 0;
    qint64 updatedMs = 0;
    qint64 readyMs = 0; ///< until then the operation is "assigning"
    Secret tokenKey; ///< signed the token that began the operation, and signs the polls
    QByteArray wrappedKey; ///< the hub's device key, for this device's TPM alone

    [[nodiscard]] bool isReady(qint64 nowMs) const { return nowMs >= readyMs; }
    /// The registrationState that clients see, without the device's key.
    [[nodiscard]] QJsonObject state(qint64 nowMs) const;

    bool operator==(const Registration &) const = default;
};

/// The books' page of registrations, and what the linked hubs know of the devices.
class Registrations {
public:
    explicit Registrations(Books &books) : m_books(books) { }

    [[nodiscard]] Result<std::optional<Registration>> find(const QString &registrationId);
    [[nodiscard]] Result<bool> store(const Registration &registration); ///< inserts or replaces
    [[nodiscard]] Result<bool> remove(const QString &registrationId); ///< false: there was none

    /// The hub keeps the device's key, as a hub would, so that its tokens can be checked.
    [[nodiscard]] Result<bool> admit(
        const QString &hub, const QString &deviceId, const Secret &key);
    [[nodiscard]] Result<std::optional<Secret>> keyOf(const QString &hub, const QString &deviceId);

private:
    Books &m_books;
};

} // namespace upload::standin
