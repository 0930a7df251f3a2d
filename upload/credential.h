// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/secret.h"
#include "tpm/session.h"
#include "upload/error.h"

namespace upload {

using tpm::Secret;

/// A key that a TPM keeps and signs with.
struct Seal {
    QString target; ///< how that TPM is reached: a TCTI string
    tpm::SealedKey key;
    bool operator==(const Seal &) const = default;
};

/// What lets the station in at a provisioning service: a shared access policy's key, in memory or
/// in a TPM, or a ready-made token, or the name of a keychain's item that holds one of the two.
struct Credential {
    QString host;
    QString policy;
    Secret key; ///< decoded
    Secret token; ///< "SharedAccessSignature …"
    qint64 expiry = 0; ///< of that token, in seconds since 1970
    std::optional<Seal> seal;
    QString keychain;

    [[nodiscard]] bool isUsable() const;
    bool operator==(const Credential &) const = default;
};

/// A key as a policy shows it: base64 of 16 to 64 bytes. Fault::Wrong.
[[nodiscard]] Result<Secret> parseKey(QByteArrayView base64);

/// "HostName=…;SharedAccessKeyName=…;SharedAccessKey=…", in any order, one line. Fault::Wrong.
[[nodiscard]] Result<Credential> parseConnectionString(QByteArrayView text);

/// A connection string, or "SharedAccessSignature sr=…&sig=…&se=…". Fault::Wrong.
[[nodiscard]] Result<Credential> parseCredential(QByteArrayView text);

/// What parseCredential() takes, of a credential with a key or a token.
[[nodiscard]] Secret textOf(const Credential &credential);

/// A file's bytes, if only its owner may read it and it is no longer than 16 KiB. Fault::Wrong.
[[nodiscard]] Result<Secret> readPrivately(const QString &file);

/// From a file that only its owner may read. Fault::Wrong.
[[nodiscard]] Result<Credential> readCredential(const QString &file);

/// From an environment variable. Fault::Wrong.
[[nodiscard]] Result<Credential> credentialFromEnvironment(const QByteArray &variable);

/// Whole or not at all; what is secret for its owner alone (mode 0600).
[[nodiscard]] bool writeFile(const QString &path, QByteArrayView content, bool isSecret);

} // namespace upload
