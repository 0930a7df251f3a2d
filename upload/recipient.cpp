// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/recipient.h"

#include "station/errand.h"

using namespace Qt::StringLiterals;

namespace upload {

namespace {

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
    error.detail = u"the factory's system: "_s + wordsOf(answer);
    return std::unexpected(error);
}

} // namespace

Recipient::Recipient(ReportPlace place, station::Clock clock, std::unique_ptr<Post> post)
    : m_place(std::move(place)), m_clock(std::move(clock)), m_post(std::move(post))
{
}

Result<std::unique_ptr<Recipient>> Recipient::open(
    const ReportPlace &place, const station::Clock &clock)
{
    std::unique_ptr<Post> post;
    if (place.command.isEmpty()) {
        auto opened = Post::open({place.url, place.caFile, {}, place.deadline});
        if (!opened)
            return std::unexpected(opened.error());
        post = std::move(*opened);
    }
    return std::unique_ptr<Recipient>(new Recipient(place, clock, std::move(post)));
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
    m_post->send(report, [this, then](const auto &answer) {
        if (!answer)
            return then(std::unexpected(answer.error()));
        then(judged(*answer, QDateTime::fromMSecsSinceEpoch(m_clock().utcUs / 1000, Qt::UTC)));
    });
}

} // namespace upload
