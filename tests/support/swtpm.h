// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/program.h"
#include "tpm/child.h"
#include "tpm/target.h"

#include <QTemporaryDir>
#include <optional>

namespace support {

/// One swtpm process with a state folder and sockets of its own. It ends with this object, and also
/// when the test dies. A test that cannot have it ends with the reason.
class Swtpm {
public:
    struct Options {
        bool manufactured = false; ///< EK at 0x81010001, certificates in NV, by a CA of its own
        bool started = true; ///< false: the TPM waits for TPM2_Startup
        bool tcp = false; ///< on a free port instead of a unix socket
        const Swtpm *original = nullptr; ///< a copy of this one's state: a clone of the TPM
    };

    Swtpm();
    explicit Swtpm(const Options &options);
    ~Swtpm();
    Q_DISABLE_COPY_MOVE(Swtpm)

    /// The TCTI configuration string, for ekstation and tpm2-tools alike.
    [[nodiscard]] QString text() const;
    [[nodiscard]] tpm::Target target() const;
    [[nodiscard]] QString socketPath() const { return m_folder.filePath(QStringLiteral("tpm")); }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] pid_t pid() const { return m_process->pid(); }

    void stop() const; ///< SIGSTOP; it has stopped when this returns
    void resume() const; ///< SIGCONT
    void kill() const; ///< SIGKILL; it is dead when this returns
    void restart(); ///< a new process on the same state, as after a power cut

    /// A tool of tpm2-tools at this TPM, on a connection of its own; swtpm serves it once no
    /// session is open.
    [[nodiscard]] Ran tool(const QString &name, const QStringList &arguments) const;
    /// What `tpm2_getcap handles-KIND` lists; the test ends if it fails.
    [[nodiscard]] QByteArray handles(const char *kind) const;
    /// Everything that a session could leave behind: transient objects and sessions.
    [[nodiscard]] QByteArray leftovers() const;

private:
    void manufacture() const;
    void start();
    [[nodiscard]] QString state() const
    {
        return m_folder.filePath(QStringLiteral("state/device1"));
    }
    [[nodiscard]] bool answers() const;

    Options m_options;
    QTemporaryDir m_folder;
    quint16 m_port = 0;
    std::optional<tpm::Child> m_process;
};

} // namespace support
