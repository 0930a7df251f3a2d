// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/credential.h"

namespace upload::standin {

/// What a stand-in proves itself with: its own CA, a certificate for this host, and a policy's key.
struct Authority {
    QString caFile; ///< PEM; clients trust this one
    QByteArray certificate; ///< PEM: the server's, then the CA's
    Secret key; ///< PEM: the server's private key
    Credential credential; ///< of the policy that clients sign with

    [[nodiscard]] Secret connectionString() const;
};

/// Reads ca.pem, ca.key, server.pem, server.key and policy.key from a folder, and makes what is
/// missing or about to expire. The folder and its keys are the owner's alone.
[[nodiscard]] Result<Authority> openAuthority(const QString &folder);

} // namespace upload::standin
