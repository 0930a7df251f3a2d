// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/faultywire.h"
#include "tpm/frame.h"

namespace support {

/// What a caller gets instead of the real TPM's answer to a command (a TPM_CC).
using Alter = std::function<Reply(quint32 code, const QByteArray &answer)>;

/// Passes everything on to the TPM at "swtpm:path=…", and its answers through `alter`.
inline FaultyWire::Script spoilt(const QString &target, const Alter &alter)
{
    return FaultyWire::relay(target.mid(QStringLiteral("swtpm:path=").size()),
        [alter](const QByteArray &command, const QByteArray &answer) {
            return alter(tpm::commandCode(command), answer);
        });
}

inline Reply hangUp()
{
    Reply reply;
    reply.closes = true;
    return reply;
}

} // namespace support
