// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/databaseplace.h"

#include <memory>

namespace station {

/// Keeps a second line process from being the same station on this host. The kernel gives the lock
/// back when the process dies, however it dies.
class LedgerLock {
public:
    /// Fault::LedgerBusy, with the owner's process id, when another process holds it.
    [[nodiscard]] static Result<std::unique_ptr<LedgerLock>> take(
        const DatabasePlace &place, const QString &stationId);
    ~LedgerLock();
    Q_DISABLE_COPY_MOVE(LedgerLock)

private:
    explicit LedgerLock(int file) : m_file(file) { }
    int m_file;
};

} // namespace station
