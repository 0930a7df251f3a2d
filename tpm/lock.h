// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/target.h"

namespace tpm {

/// Where this user's locks are, for this user alone: $XDG_RUNTIME_DIR/ekstation, or a folder below
/// the system's one for temporary files. Fault::Target.
[[nodiscard]] Result<QString> lockFolder();

/// The right to talk to one target, held against every other process and slot of this user.
class Lock {
public:
    /// Fault::Busy at once if somebody holds it.
    [[nodiscard]] static Result<Lock> take(const Target &target);

    Lock(Lock &&other) noexcept;
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;
    Lock &operator=(Lock &&) = delete;
    ~Lock();

private:
    explicit Lock(int fd) : m_fd(fd) { }

    int m_fd = -1;
};

} // namespace tpm
