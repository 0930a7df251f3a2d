// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/pki.h"

#include <QHash>
#include <QList>
#include <QSslServer>
#include <QUrl>
#include <functional>
#include <memory>

namespace support {

/// A scripted HTTPS server on loopback: answers each request with the next queued bytes, however
/// broken they are.
class Cloud : public QObject {
    Q_OBJECT
public:
    struct Seen {
        QByteArray verb;
        QByteArray target;
        QHash<QByteArray, QByteArray> headers; ///< names in lower case
        QByteArray body;
    };

    explicit Cloud(const Pki::Server &identity);

    /// A whole response; Content-Length is added.
    void answer(int status, const QByteArray &body, const QList<QByteArray> &headers = {});
    void answerRaw(const QByteArray &bytes, bool close); ///< exactly these bytes
    void answerNever(); ///< reads the request and says nothing
    /// What every request gets once the queue is empty.
    void otherwise(std::function<QByteArray(const Seen &)> respond)
    {
        m_otherwise = std::move(respond);
    }

    [[nodiscard]] static QByteArray response(
        int status, const QByteArray &body, const QList<QByteArray> &headers = {});
    [[nodiscard]] QUrl url() const; ///< https://localhost:PORT
    [[nodiscard]] const QList<Seen> &seen() const { return m_seen; }
    [[nodiscard]] int connections() const { return m_connections; }
    void stop(); ///< refuses connections from now on
    void resume();

private:
    struct Reply {
        QByteArray bytes;
        bool close = false;
        bool silent = false;
    };
    void accept();
    void read(QSslSocket *socket);
    void respond(QSslSocket *socket, const Seen &request);

    quint16 m_port = 0;
    QList<Reply> m_replies;
    QList<Seen> m_seen;
    QHash<QSslSocket *, QByteArray> m_partial;
    std::function<QByteArray(const Seen &)> m_otherwise;
    int m_connections = 0;
    QSslServer m_server; ///< last: its sockets say goodbye to the members above
};

} // namespace support
