// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

#include <chrono>
#include <sys/types.h>

namespace tpm {

/// A program of our own in its own process group, with one socket as its stdin and stdout.
/// It dies with the thread that started it, so that a killed station leaves nothing behind.
class Child {
public:
    /// Runs `exec COMMAND` in sh; its stderr is ours. Fault::Target if nothing could be started.
    [[nodiscard]] static Result<Child> start(const QString &command);

    Child(Child &&other) noexcept;
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;
    Child &operator=(Child &&) = delete;
    ~Child(); ///< shuts the socket, waits 200 ms, kills the group, reaps

    /// Our end of the socket, non-blocking.
    [[nodiscard]] int fd() const { return m_fd; }
    [[nodiscard]] pid_t pid() const { return m_pid; }

    /// Gives the program this long to leave by itself once its stdin has ended.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

private:
    Child(pid_t pid, int fd) : m_pid(pid), m_fd(fd) { }

    pid_t m_pid = -1;
    int m_fd = -1;
    std::chrono::milliseconds m_patience{200};
};

} // namespace tpm
