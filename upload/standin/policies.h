// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/credential.h"

#include <QFlags>
#include <QMap>

namespace upload::standin {

/// What the holder of a policy's key may do.
enum class Right {
    ServiceConfig = 1,
    EnrollmentRead = 2,
    EnrollmentWrite = 4,
    RegistrationStatusRead = 8,
    RegistrationStatusWrite = 16,
};
Q_DECLARE_FLAGS(Rights, Right)
Q_DECLARE_OPERATORS_FOR_FLAGS(Rights)

inline constexpr Rights everyRight(31);

/// A shared access policy: who signs, and what for.
struct Policy {
    Credential credential;
    Rights rights = everyRight;

    bool operator==(const Policy &) const = default;
};

/// "EnrollmentRead,RegistrationStatusRead"; nothing for an unknown or an absent name.
[[nodiscard]] std::optional<Rights> parseRights(const QString &text);

/// A random key of the length that the service uses.
[[nodiscard]] Secret newPolicyKey();

/// The policies of these names, each with its connection string in FOLDER/NAME.credential (the
/// owner's alone); what is missing is made.
[[nodiscard]] Result<QList<Policy>> openPolicies(
    const QString &folder, const QString &host, const QMap<QString, Rights> &wanted);

} // namespace upload::standin
