// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

namespace tpm {

/// How a TPM is reached: a TCTI configuration string as tpm2-tools take it with -T.
struct Target {
    enum class Kind { Device, UnixSocket, TcpSocket, Command };

    Kind kind = Kind::Device;
    QString text; ///< as it was written
    QString path; ///< Device, UnixSocket
    QString host; ///< TcpSocket
    quint16 port = 0; ///< TcpSocket
    QString command; ///< Command: a line for sh

    bool operator==(const Target &) const = default;
};

/// `device:PATH`, `swtpm:path=SOCKET`, `swtpm:host=HOST,port=PORT`, `cmd:COMMAND LINE`; any other
/// TCTI (`mssim:…`, `tabrmd:…`) becomes the command `tpm2_send -T …`. Fault::Target names what is
/// wrong.
[[nodiscard]] Result<Target> parseTarget(const QString &text);

} // namespace tpm
