// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/program.h"

namespace support {

/// A session bus of the test's own, with a real Secret Service on it. Its folders are those of the
/// environment (see Workplace). Programs that the test starts find it; both end with this object.
class Keyring {
public:
    enum class State {
        Unlocked, ///< with an empty password
        Locked, ///< and nobody there to ask for one
    };
    explicit Keyring(State state);
    ~Keyring();
    Q_DISABLE_COPY_MOVE(Keyring)

private:
    std::unique_ptr<Cli> m_bus;
    std::unique_ptr<Cli> m_service;
};

} // namespace support
