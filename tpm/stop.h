// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace tpm {

/// A wish to stop that a waiting poll() can see; request() may be called from any thread.
class Stop {
public:
    Stop();
    ~Stop();
    Stop(const Stop &) = delete;
    Stop &operator=(const Stop &) = delete;

    void request() noexcept;
    [[nodiscard]] bool requested() const noexcept { return m_requested; }

    /// Readable for ever after request().
    [[nodiscard]] int fd() const noexcept { return m_fd; }

private:
    int m_fd = -1;
    std::atomic<bool> m_requested = false;
};

} // namespace tpm
