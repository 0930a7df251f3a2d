// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/standin/authority.h"
#include "upload/standin/service.h"

#include <QHostAddress>
#include <QThread>
#include <QUrl>
#include <memory>

namespace upload::standin {

/// Where a stand-in listens, what it keeps, and its bounds.
struct Place {
    QString folder; ///< certificates, keys and enrollments.db
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0; ///< 0: a free one
    Terms terms;
    QMap<QString, Rights> policies; ///< beside the owner's, by name
    station::Clock clock = station::systemClock;
    std::chrono::milliseconds deadline =
        std::chrono::seconds(30); ///< of one request, slow clients too
    /// Where all are taken, the one that has been idle for longest gives way to a new one.
    unsigned int mostConnections = 512;
    qsizetype largestBody = 96 * 1024; ///< the service's own bound for a message
};

/// The local provisioning service: HTTPS on one thread of its own. Listens from start() until it is
/// destroyed.
class Server {
public:
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(const Place &place);
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    [[nodiscard]] const QUrl &url() const
    {
        return m_url;
    } ///< https://localhost:PORT, or the address
    [[nodiscard]] const Authority &authority() const { return m_authority; }

private:
    class Loop;

    Server() = default;
    [[nodiscard]] Result<quint16> listen(const Place &place);

    Authority m_authority;
    QUrl m_url;
    std::unique_ptr<Loop> m_loop; ///< lives on m_thread once that runs
    std::unique_ptr<QThread> m_thread;
    int m_stop = -1; ///< an eventfd: the one thing both threads touch
};

} // namespace upload::standin
