// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/error.h"

#include <QByteArray>
#include <QDateTime>

namespace upload {

/// The response header by which a local provisioning service says that it is none of Azure's.
constexpr QByteArrayView standInHeader = "x-ekstation-stand-in";

/// What one HTTP exchange brought.
struct Answer {
    int status = 0;
    QByteArray body;
    QByteArray contentType;
    QByteArray retryAfter;
    QByteArray date;
    QByteArray location;
    QByteArray continuation; ///< x-ms-continuation; empty on the last page
    bool standIn = false;

    bool operator==(const Answer &) const = default;
};

/// The answer itself where it is a 2xx, else what its status and body mean.
[[nodiscard]] Result<Answer> judge(const Answer &answer, const QDateTime &now);

/// Seconds, or the time until an HTTP date; at most an hour. Empty for anything else.
[[nodiscard]] std::optional<std::chrono::seconds> parseRetryAfter(
    const QByteArray &value, const QDateTime &now);

} // namespace upload
