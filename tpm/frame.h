// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

namespace tpm {

inline constexpr qsizetype headerSize = 10; ///< tag, size, code (TCG Part 1, 18)
inline constexpr qsizetype largestFrame = 4096;

/// The size that a response's first ten bytes announce. Fault::Protocol for a size below the
/// header's or above 4096, or a tag that no response may have.
[[nodiscard]] Result<qsizetype> announcedSize(const QByteArray &header);

/// The command code of a command frame; 0 if it is too short.
[[nodiscard]] quint32 commandCode(const QByteArray &command);

/// The response code of a whole response frame.
[[nodiscard]] quint32 responseCode(const QByteArray &response);

/// A whole response: announced size equal to its length.
[[nodiscard]] Result<void> checkResponse(const QByteArray &response);

/// The first TPM2B behind the header of a response without sessions; empty where there is none.
[[nodiscard]] QByteArray firstSized(const QByteArray &response);

} // namespace tpm
