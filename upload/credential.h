// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/error.h"

#include <QByteArrayView>
#include <vector>

namespace upload {

/// Bytes that nobody may see: no stream operator takes them, and the memory is wiped at the end.
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArrayView bytes);
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(Secret other) noexcept;
    ~Secret();

    [[nodiscard]] QByteArrayView bytes() const;
    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    bool operator==(const Secret &other) const; ///< in constant time

private:
    std::vector<char> m_bytes; // not a QByteArray: its implicit sharing would outlive the wiping
};

/// A shared access policy of a provisioning service, as its connection string says.
struct Credential {
    QString host;
    QString policy;
    Secret key; ///< decoded

    bool operator==(const Credential &) const = default;
};

/// "HostName=…;SharedAccessKeyName=…;SharedAccessKey=…", in any order, one line. Fault::Wrong.
[[nodiscard]] Result<Credential> parseConnectionString(QByteArrayView text);

/// A file's bytes, if only its owner may read it; what is longer than a connection string may be
/// is cut just beyond that. Fault::Wrong.
[[nodiscard]] Result<Secret> readPrivately(const QString &file);

/// From a file that only its owner may read. Fault::Wrong.
[[nodiscard]] Result<Credential> readCredential(const QString &file);

/// From an environment variable. Fault::Wrong.
[[nodiscard]] Result<Credential> credentialFromEnvironment(const QByteArray &variable);

} // namespace upload
