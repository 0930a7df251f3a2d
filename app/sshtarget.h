// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

namespace app {

/// How a unit is reached by ssh.
struct SshPlace {
    QString host; ///< a name or an address
    QString user = QStringLiteral("root");
    QString keyFile = {}; ///< the private key; empty: what ssh itself finds
    int port = 22;
    QString device = QStringLiteral("/dev/tpmrm0"); ///< on the unit
};

/// The target of a slot whose unit is reached so, with `tpm2_send` of tpm2-tools on the unit. ssh
/// keeps one connection to each address open, in `socketFolder`, so that an examination pays for no
/// handshake; a unit that was pulled is noticed within four seconds. Host keys are not compared:
/// the next unit at the address has another one, and what is proven is its TPM. Fault::Syntax names
/// the part that makes no sense; nothing of it reaches the shell unquoted.
[[nodiscard]] station::Result<QString> sshTarget(
    const SshPlace &place, const QString &socketFolder);

} // namespace app
