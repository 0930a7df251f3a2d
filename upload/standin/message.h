// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <expected>
#include <optional>

namespace upload::standin {

/// An HTTP request as a value.
struct Request {
    QByteArray verb;
    QByteArray path; ///< as it came, still percent-encoded
    QHash<QByteArray, QByteArray> arguments; ///< of the query, decoded
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
};

/// An HTTP response as a value.
struct Response {
    int status = 200;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    bool dropped = false; ///< close the connection and say nothing: an answer that got lost

    [[nodiscard]] QByteArray header(const QByteArray &name) const;

    bool operator==(const Response &) const = default;
};

/// Why something is not done: the service's number, and words for a developer.
struct Refusal {
    int code = 0;
    QString text;
    int retryAfter = 0; ///< seconds; 0: nothing is said about it

    bool operator==(const Refusal &) const = default;
};

template <typename T> using Ruled = std::expected<T, Refusal>;

[[nodiscard]] Response jsonResponse(int status, const QJsonObject &object);
[[nodiscard]] Response errorResponse(int code, const QString &message); ///< status = code / 1000
[[nodiscard]] Response refused(const Refusal &refusal);
[[nodiscard]] Response wrongVerb(const QByteArray &allowed); ///< 405, with the verbs that work
[[nodiscard]] Refusal tooMany(int retryAfterSeconds); ///< 429

/// ISO 8601 in UTC with seven decimals, as the service writes times.
[[nodiscard]] QString timeOf(qint64 milliseconds);

/// The body's object. Refused where the body is none, or is said to be of another type.
[[nodiscard]] Ruled<QJsonObject> objectOf(const Request &request);
/// What If-Match says, quotes included; nothing where the header is absent.
[[nodiscard]] std::optional<QString> ifMatchOf(const Request &request);
/// SDKs send etags quoted, bare, weak, and quote even the star.
[[nodiscard]] bool matches(const QString &ifMatch, const QString &etag);
[[nodiscard]] QString newEtag(); ///< quotes included

/// The path's segments, each decoded by itself, so that %2F stays inside its segment.
[[nodiscard]] QList<QByteArray> segmentsOf(const QByteArray &path);

} // namespace upload::standin
