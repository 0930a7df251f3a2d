// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/budget.h"
#include "tpm/child.h"
#include "tpm/lock.h"
#include "tpm/stop.h"

#include <memory>
#include <optional>

struct TSS2_TCTI_OPAQUE_CONTEXT_BLOB;

namespace tpm {

/// A file descriptor that reaches a TPM, and what has to be let go with it.
struct Link {
    /// A device takes and gives whole frames; a stream may split them.
    enum class Framing { Whole, Stream };

    int fd = -1;
    Framing framing = Framing::Stream;
    std::optional<Child> child; ///< owns fd, if there
    std::optional<Lock> lock;
};

/// Opens a target within the budget of one command. Fault::Target, Busy or Cancelled.
[[nodiscard]] Result<Link> openLink(const Target &target, const Budget &budget, const Stop &stop);

/// The TPM command channel: one frame out, one frame in, each under a deadline and a cancel.
/// Unlike tpm2-tss' own TCTIs it can never block on a dead device. Used by one thread.
class Wire {
public:
    Wire(Link link, const Budget &budget, std::shared_ptr<Stop> stop);
    explicit Wire(const Error &failure); ///< one that could not be opened: it only says why
    ~Wire(); ///< a device that did not answer is closed on a thread of its own, under its lock
    Wire(const Wire &) = delete;
    Wire &operator=(const Wire &) = delete;

    /// For Esys_Initialize; lives as long as the wire.
    [[nodiscard]] TSS2_TCTI_OPAQUE_CONTEXT_BLOB *tcti();

    /// One command and its answer; an answer with an error code is a success here.
    [[nodiscard]] Result<QByteArray> exchange(const QByteArray &command);

    [[nodiscard]] int commands() const { return m_commands; } ///< sent so far
    [[nodiscard]] const QByteArray &lastResponse() const { return m_response; }
    [[nodiscard]] quint32 lastCommand() const { return m_command; }
    /// Why nothing more can be sent.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }

    /// After a stop: waits for the answer that is still due, so that the connection can be used for
    /// last words, which no stop ends. Nothing was due: an empty answer. An error: it stays dead.
    [[nodiscard]] Result<QByteArray> resume(std::chrono::milliseconds patience);

    // The two halves of exchange(), as the TCTI needs them.
    [[nodiscard]] Result<void> send(const QByteArray &command);
    [[nodiscard]] Result<QByteArray> receive();

private:
    struct Tcti;
    using Deadline = std::chrono::steady_clock::time_point;

    [[nodiscard]] std::unexpected<Error> die(Fault fault, const QString &detail);
    [[nodiscard]] Result<void> wait(short events);
    [[nodiscard]] Result<void> write(const QByteArray &bytes);
    [[nodiscard]] Result<QByteArray> read(qsizetype most);
    [[nodiscard]] Result<QByteArray> readFrame();

    Link m_link;
    Budget m_budget;
    std::shared_ptr<Stop> m_stop;
    Deadline m_end; ///< of the whole session
    Deadline m_deadline; ///< of the command under way
    std::chrono::milliseconds m_limit{}; ///< what that command was given
    std::unique_ptr<Tcti> m_tcti;
    qsizetype m_commandSize = 0;
    qsizetype m_unsent = 0; ///< bytes of the command under way
    QByteArray m_frame; ///< what came of its answer
    QByteArray m_response;
    quint32 m_command = 0;
    int m_commands = 0;
    std::optional<Error> m_failure;
};

} // namespace tpm
