// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/post.h"

#include "upload/enrollment.h"
#include "upload/exchange.h"
#include "upload/proxy.h"

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr qsizetype largestAnswer = qsizetype{64} * 1024;

} // namespace

bool checkPostUrl(const QUrl &url)
{
    return url.isValid() && url.scheme() == u"https" && !url.host().isEmpty()
        && url.userInfo().isEmpty();
}

Post::Post(PostPlace place, const QSslConfiguration &tls, Secret token)
    : m_place(std::move(place)), m_tls(tls), m_token(std::move(token))
{
}

Result<std::unique_ptr<Post>> Post::open(const PostPlace &place)
{
    if (!checkPostUrl(place.url))
        return std::unexpected(Error{Fault::Wrong,
            u"the factory's system is at https://host[:port]/path, without a user in it"_s, 0, 0,
            {}});
    const auto tls = tlsFor(place.caFile);
    if (!tls)
        return std::unexpected(tls.error());
    const auto token =
        place.credential.isEmpty() ? Result<Secret>() : passwordFrom(place.credential);
    if (!token)
        return std::unexpected(token.error());
    return std::unique_ptr<Post>(new Post(place, *tls, *token));
}

Post::~Post()
{
    // Children go last, and these hold replies that the network takes along.
    qDeleteAll(findChildren<Exchange *>(Qt::FindDirectChildrenOnly));
}

void Post::send(const QByteArray &json, const Then &then)
{
    QByteArray path = m_place.url.path(QUrl::FullyEncoded).toLatin1();
    if (m_place.url.hasQuery())
        path += '?' + m_place.url.query(QUrl::FullyEncoded).toLatin1();
    QUrl host = m_place.url;
    host.setQuery(QString());
    QNetworkRequest request = plainRequest(host, path, m_tls, m_place.deadline);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json; charset=utf-8"_s);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token.bytes().toByteArray());
    auto *exchange =
        new Exchange(m_network.post(request, json), m_place.deadline, largestAnswer, this);
    connect(exchange, &Exchange::finished, this, [exchange, then](const auto &answer) {
        exchange->deleteLater();
        then(answer);
    });
}

QString wordsOf(const Answer &answer)
{
    return u"it answers HTTP %1: %2"_s.arg(answer.status)
        .arg(tame(QString::fromUtf8(answer.body.left(200))));
}

} // namespace upload
