// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

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

[[nodiscard]] Response jsonResponse(int status, const QJsonObject &object);
[[nodiscard]] Response errorResponse(int code, const QString &message); ///< status = code / 1000

/// The path's segments, each decoded by itself, so that %2F stays inside its segment.
[[nodiscard]] QList<QByteArray> segmentsOf(const QByteArray &path);

} // namespace upload::standin
