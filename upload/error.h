// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <chrono>
#include <expected>
#include <optional>

namespace upload {

/// What kept an enrollment from reaching the service.
enum class Fault {
    Unreachable, ///< no connection, so nothing was sent: try again later
    Down, ///< a lost answer, or an HTTP 5xx: try again later; the outcome is unknown
    Timeout, ///< no whole answer in time; the outcome is unknown
    Untrusted, ///< the other side cannot prove to be the service that was asked for
    Unauthorized, ///< the service does not accept the credential (HTTP 401, 403)
    Throttled, ///< too many requests (HTTP 429)
    Redirected, ///< an HTTP 3xx: somebody stands between the station and the service
    Malformed, ///< an answer that the protocol does not know
    TooLarge, ///< an answer or a request beyond its bound
    Conflict, ///< what is there already is in the way (HTTP 409, 412)
    NotFound, ///< no such enrollment (HTTP 404, said by the service itself)
    Refused, ///< the service says that the request is wrong (other HTTP 4xx)
    Wrong, ///< our own side: a setting, file or value that cannot be used
};

/// A failed operation; httpStatus and errorCode are 0 where there was no answer.
struct Error {
    Fault fault = Fault::Down;
    QString detail; ///< technical words; never a secret
    int httpStatus = 0;
    int errorCode = 0; ///< the service's own number, such as 409201
    std::optional<std::chrono::seconds> retryAfter;

    bool operator==(const Error &) const = default;
};

template <typename T> using Result = std::expected<T, Error>;

} // namespace upload
