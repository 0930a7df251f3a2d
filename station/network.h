// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <utility>

namespace station {

/// While it lives, this thread, and what it starts, is in a network namespace
/// (network_namespaces(7)): units that boot the same image at the same address stand side by side
/// on one bench.
class Network {
public:
    /// `name` is one of `ip netns list`, or the path of a namespace; empty: the thread stays where
    /// it is. Fault::Missing: there is none of that name; Fault::Refused: the station may not enter
    /// it (CAP_SYS_ADMIN).
    [[nodiscard]] static Result<Network> enter(const QString &name);

    /// Where the process is, for what a slot's thread asks of the factory.
    [[nodiscard]] static Network home();

    Network(Network &&other) noexcept : m_before(std::exchange(other.m_before, -1)) { }
    Network &operator=(Network &&) = delete;
    ~Network(); ///< the thread is where it was; must be on the same thread

private:
    explicit Network(int before) : m_before(before) { }

    int m_before; ///< the namespace to go back to; -1: none was left
};

} // namespace station
