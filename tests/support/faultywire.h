// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/wire.h"

#include <QMutex>
#include <QTemporaryDir>
#include <functional>
#include <thread>

namespace support {

/// A response frame; without a body it is how a TPM says no.
[[nodiscard]] QByteArray response(quint32 code, const QByteArray &body = {}, quint16 tag = 0x8001);

/// What the other end of the wire does with one command.
struct Reply {
    QList<QByteArray> parts; ///< each is sent when the one before it was read
    bool closes = false; ///< afterwards the connection is closed

    Reply() = default; ///< silence
    Reply(const QByteArray &whole) : parts{whole} { } // NOLINT(google-explicit-constructor)
};

/// The end of a wire where a TPM should be: it answers as the test's script says, on a thread of
/// its own.
class FaultyWire {
public:
    /// Called on the peer's thread with each command and its number, from 1.
    using Script = std::function<Reply(const QByteArray &command, int number)>;

    explicit FaultyWire(Script script, tpm::Link::Framing framing = tpm::Link::Framing::Stream);
    ~FaultyWire();
    Q_DISABLE_COPY_MOVE(FaultyWire)

    /// Our end of a socketpair, whose peer the script is: for tpm::Session::over().
    [[nodiscard]] tpm::Link link();
    [[nodiscard]] std::unique_ptr<tpm::Wire> wire(const tpm::Budget &budget = {},
        std::shared_ptr<tpm::Stop> stop = std::make_shared<tpm::Stop>());
    /// The same as a socket that takes one connection after the other: for tpm::Session::open().
    [[nodiscard]] tpm::Target listen();

    /// The commands that came, as TPM_CC.
    [[nodiscard]] QList<quint32> commands() const;

    /// A script that passes everything on to the TPM at a unix socket, and every answer through
    /// `alter`; a command for which `instead` has a reply never reaches the TPM.
    [[nodiscard]] static Script relay(const QString &socketPath,
        std::function<Reply(const QByteArray &command, const QByteArray &answer)> alter = {},
        std::function<std::optional<Reply>(const QByteArray &command)> instead = {});

private:
    void serve(int fd);
    bool answer(int fd, const QByteArray &command);
    void accept(int listener);

    Script m_script;
    tpm::Link::Framing m_framing;
    tpm::Stop m_end;
    mutable QMutex m_mutex;
    QList<quint32> m_commands;
    QTemporaryDir m_folder;
    std::vector<std::jthread> m_threads;
};

} // namespace support
