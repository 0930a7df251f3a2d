// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/answer.h"
#include "upload/credential.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QUrl>
#include <functional>
#include <memory>

namespace upload {

/// An address of the factory's own system that takes JSON.
struct PostPlace {
    QUrl url; ///< https
    QString caFile; ///< PEM: the only trusted roots; empty: the system's
    QString credential; ///< "file:PATH" or "env:NAME" of a bearer token (RFC 6750); empty: none
    std::chrono::milliseconds deadline = std::chrono::seconds(10); ///< for one exchange

    bool operator==(const PostPlace &) const = default;
};

/// https, a host, and no user in it.
[[nodiscard]] bool checkPostUrl(const QUrl &url);

/// Sends JSON there by POST, and brings what is answered, 64 KiB at the most. Main thread.
class Post : public QObject {
    Q_OBJECT
public:
    using Then = std::function<void(const Result<Answer> &)>;

    /// Fault::Wrong for an unusable URL, CA file or credential.
    [[nodiscard]] static Result<std::unique_ptr<Post>> open(const PostPlace &place);

    ~Post() override; ///< what is under way ends silently
    Q_DISABLE_COPY_MOVE(Post)

    /// Ends in `then` with an answer of any HTTP status, never before the call returned, and never
    /// after this object is gone.
    void send(const QByteArray &json, const Then &then);

private:
    Post(PostPlace place, const QSslConfiguration &tls, Secret token);

    PostPlace m_place;
    QSslConfiguration m_tls;
    Secret m_token;
    QNetworkAccessManager m_network;
};

/// What a person is told of an answer that was no success: its status and how it begins.
[[nodiscard]] QString wordsOf(const Answer &answer);

} // namespace upload
