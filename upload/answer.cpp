// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/answer.h"

#include "upload/enrollment.h"

#include <QLocale>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr std::chrono::seconds longestWait = std::chrono::hours(1);
constexpr qint64 largeSkewSeconds = 300; // beyond it a token can look expired, or not yet valid

QDateTime parseDate(const QByteArray &text)
{
    // RFC 9110, 5.6.7: the one form that servers may send.
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    date.setTimeZone(QTimeZone::utc());
    return date;
}

Fault faultOf(int status)
{
    switch (status) {
    case 401:
    case 403:
        return Fault::Unauthorized;
    case 404:
        return Fault::NotFound;
    case 408:
        return Fault::Timeout;
    case 409:
    case 412:
        return Fault::Conflict;
    case 429:
        return Fault::Throttled;
    default:
        return status >= 500 ? Fault::Down : Fault::Refused;
    }
}

QString skewHint(const Answer &answer, const QDateTime &now)
{
    const QDateTime theirs = parseDate(answer.date);
    const qint64 skew = theirs.isValid() ? theirs.secsTo(now) : 0;
    return qAbs(skew) < largeSkewSeconds
        ? QString()
        : u"; this station's clock says %1, the service's %2 (UTC): set the station's clock"_s.arg(
              now.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s),
              theirs.toString(u"yyyy-MM-dd HH:mm:ss"_s));
}

} // namespace

std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &value, const QDateTime &now)
{
    bool isNumber = false;
    qint64 seconds = value.trimmed().toLongLong(&isNumber);
    if (!isNumber) {
        const QDateTime date = parseDate(value.trimmed());
        if (!date.isValid()) {
            return std::nullopt;
        }
        seconds = qMax<qint64>(0, now.secsTo(date));
    }
    if (seconds < 0) {
        return std::nullopt;
    }
    return std::chrono::seconds(qMin<qint64>(seconds, longestWait.count()));
}

Result<Answer> judge(const Answer &answer, const QDateTime &now)
{
    if (answer.status >= 200 && answer.status < 300) {
        return answer;
    }
    Error error{faultOf(answer.status), u"HTTP %1"_s.arg(answer.status), answer.status, 0,
        parseRetryAfter(answer.retryAfter, now)};
    if (answer.status >= 300 && answer.status < 400) {
        error.fault = Fault::Redirected;
        error.detail += u" to '%1'"_s.arg(tame(QString::fromLatin1(answer.location)));
        return std::unexpected(error);
    }
    if (answer.status < 200) {
        error.fault = Fault::Malformed;
        return std::unexpected(error);
    }
    if (const auto said = parseServiceError(answer.body)) {
        error.errorCode = said->code;
        error.detail = u"%1: %2"_s.arg(said->code).arg(said->message);
    } else if (error.fault == Fault::NotFound || error.fault == Fault::Conflict) {
        // Only the service itself may say that an enrollment is absent or in the way: a proxy's
        // error page must never decide about a device.
        error.fault = Fault::Malformed;
        error.detail += u" without the service's own error number"_s;
    }
    if (error.fault == Fault::Unauthorized) {
        error.detail += skewHint(answer, now);
    }
    return std::unexpected(error);
}

} // namespace upload
