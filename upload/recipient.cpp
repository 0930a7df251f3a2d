// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/recipient.h"

#include "station/errand.h"
#include "upload/enrollment.h"
#include "upload/exchange.h"

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr qsizetype largestAnswer = qsizetype{64} * 1024;

std::unexpected<Error> wrong(const QString &what)
{
    return std::unexpected(Error{Fault::Wrong, what, 0, 0, {}});
}

/// What a system means by its status. Some of 4xx are about the report, some about the moment or
/// the credential, and all others say that nobody takes reports there.
Fault faultOf(const Error &judgement)
{
    switch (judgement.httpStatus) {
    case 400:
    case 409:
    case 413:
    case 422:
        return Fault::Refused;
    case 401:
    case 403:
    case 408:
    case 429:
        return judgement.fault;
    default:
        return judgement.httpStatus >= 400 && judgement.httpStatus < 500 ? Fault::NotFound
                                                                         : judgement.fault;
    }
}

Result<bool> judged(const Answer &answer, const QDateTime &now)
{
    const auto judgement = judge(answer, now);
    if (judgement)
        return true;
    Error error = judgement.error();
    error.fault = faultOf(error);
    error.detail = u"the factory's system answers HTTP %1: %2"_s.arg(answer.status)
                       .arg(tame(QString::fromUtf8(answer.body.left(200))));
    return std::unexpected(error);
}

} // namespace

bool checkReportUrl(const QUrl &url)
{
    return url.isValid() && url.scheme() == u"https" && !url.host().isEmpty()
        && url.userInfo().isEmpty();
}

Recipient::Recipient(ReportPlace place, station::Clock clock, const QSslConfiguration &tls)
    : m_place(std::move(place)), m_clock(std::move(clock)), m_tls(tls)
{
}

Result<std::unique_ptr<Recipient>> Recipient::open(
    const ReportPlace &place, const station::Clock &clock)
{
    QSslConfiguration tls;
    if (place.command.isEmpty()) {
        if (!checkReportUrl(place.url))
            return wrong(u"reports go to https://host[:port]/path, without a user in it"_s);
        auto trusted = tlsFor(place.caFile);
        if (!trusted)
            return std::unexpected(trusted.error());
        tls = *trusted;
    }
    return std::unique_ptr<Recipient>(new Recipient(place, clock, tls));
}

void Recipient::give(const QByteArray &report, const Then &then)
{
    m_place.command.isEmpty() ? post(report, then) : run(report, then);
}

void Recipient::run(const QByteArray &report, const Then &then)
{
    auto *errand = new station::Errand(m_place.command, m_place.deadline, this);
    connect(errand, &station::Errand::ended, this, [errand, then](const auto &answer) {
        errand->deleteLater();
        if (answer)
            return then(true);
        const bool isRefusal = answer.error().fault == station::Fault::Refused;
        then(std::unexpected(Error{isRefusal ? Fault::Refused : Fault::Down,
            u"the command for reports: "_s + answer.error().detail, 0, 0, {}}));
    });
    errand->start(report + '\n');
}

void Recipient::post(const QByteArray &report, const Then &then)
{
    QByteArray path = m_place.url.path(QUrl::FullyEncoded).toLatin1();
    if (m_place.url.hasQuery())
        path += '?' + m_place.url.query(QUrl::FullyEncoded).toLatin1();
    QUrl host = m_place.url;
    host.setQuery(QString());
    QNetworkRequest request = plainRequest(host, path, m_tls, m_place.deadline);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json; charset=utf-8"_s);
    auto *exchange =
        new Exchange(m_network.post(request, report), m_place.deadline, largestAnswer, this);
    connect(exchange, &Exchange::finished, this, [this, exchange, then](const auto &answer) {
        exchange->deleteLater();
        if (!answer)
            return then(std::unexpected(answer.error()));
        then(judged(*answer, QDateTime::fromMSecsSinceEpoch(m_clock().utcUs / 1000, Qt::UTC)));
    });
}

} // namespace upload
