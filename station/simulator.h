// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "tpm/child.h"

#include <QStringList>
#include <vector>

namespace station {

/// Simulated devices: swtpm processes with endorsement key and certificate from a CA of their own.
/// They die with the thread that made them, and with the program however it ends.
class Simulator {
public:
    /// Makes `count` devices below `folder`, which holds their state and the CA. Fault::Missing if
    /// swtpm is not installed.
    [[nodiscard]] static Result<Simulator> start(int count, const QString &folder);
    /// Devices whose state is in these folders already; an empty folder makes a TPM as blank as it
    /// leaves its maker, without certificate.
    [[nodiscard]] static Result<Simulator> wake(const QStringList &states);

    /// The certificates of the CA in such a folder: whoever trusts its devices trusts these.
    [[nodiscard]] static QStringList authorityOf(const QString &folder);

    [[nodiscard]] const QStringList &targets() const { return m_targets; }
    [[nodiscard]] pid_t pidOf(int device) const;

private:
    Simulator() = default;

    std::vector<tpm::Child> m_processes;
    QStringList m_targets;
};

} // namespace station
