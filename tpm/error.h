// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <expected>

namespace tpm {

/// What kept a TPM from answering as it should.
enum class Fault {
    Target, ///< the target text is wrong, or nothing could be opened there
    Busy, ///< somebody else owns the target, or the device is still being closed
    Link, ///< the connection was lost
    Timeout, ///< a budget ran out
    Cancelled, ///< somebody asked to stop
    Protocol, ///< the answer breaks the TPM 2.0 wire format
    Refused, ///< the TPM answered with a response code other than success
    Unsuitable, ///< the TPM works, but lacks or contradicts what was asked for
};

/// A failed TPM operation; `code` is a TSS2_RC (0: none), `command` the TPM_CC that ran (0: none).
struct Error {
    Fault fault = Fault::Link;
    QString detail;
    quint32 code = 0;
    quint32 command = 0;

    bool operator==(const Error &) const = default;
};

template <typename T> using Result = std::expected<T, Error>;

/// The name of a TPM_CC as TCG Part 2, 6.5.2 writes it ("TPM2_CreatePrimary").
QString commandName(quint32 command);

/// The meaning of a TSS2_RC, with its layer ("tpm:parameter(1):value is out of range").
QString decode(quint32 code);

} // namespace tpm
