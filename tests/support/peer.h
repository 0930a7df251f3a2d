// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <functional>
#include <optional>
#include <thread>

namespace support {

/// A TPM behind a unix socket that a script may spoil: each command is asked of a real TPM, and the
/// script decides what the caller gets. Serves one connection after another on its own thread.
class Peer {
public:
    /// The bytes to send: `answer` as it is, changed, or none (silence). Nothing: hang up.
    /// `number` counts the commands of a connection from 1.
    using Script = std::function<std::optional<QByteArray>(
        int number, quint32 code, const QByteArray &answer)>;

    Peer(const QString &path, const QString &behind, Script script); ///< targets "swtpm:path=…"
    ~Peer();
    Peer(const Peer &) = delete;
    Peer &operator=(const Peer &) = delete;

    [[nodiscard]] QString target() const { return QStringLiteral("swtpm:path=") + m_path; }

private:
    void serve();
    void converse(int client);
    [[nodiscard]] bool readable(int fd) const; ///< false: the end has come
    [[nodiscard]] QByteArray frame(int fd) const; ///< empty: the other side hung up

    QString m_path, m_behind;
    Script m_script;
    int m_listener = -1;
    int m_end = -1;
    std::thread m_thread;
};

/// A TPM's answer without parameters: a response code.
[[nodiscard]] QByteArray tpmAnswer(quint32 code);

} // namespace support
