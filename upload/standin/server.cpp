// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/server.h"

#include "upload/standin/loop.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <future>

using namespace Qt::StringLiterals;

namespace upload::standin {

Result<std::unique_ptr<Server>> Server::start(const Place &place)
{
    std::unique_ptr<Server> server(new Server);
    auto authority = openAuthority(place.folder);
    if (!authority) {
        return std::unexpected(authority.error());
    }
    server->m_authority = std::move(*authority);
    const auto port = server->listen(place);
    if (!port) {
        return std::unexpected(port.error());
    }
    // "localhost" is what the certificate and the tokens name; another address stands for itself.
    server->m_url.setScheme(u"https"_s);
    server->m_url.setHost(place.address == QHostAddress(QHostAddress::LocalHost)
            ? u"localhost"_s
            : place.address.toString());
    server->m_url.setPort(*port);
    return server;
}

Result<quint16> Server::listen(const Place &place)
{
    auto others = openPolicies(place.folder, m_authority.credential.host, place.policies);
    if (!others) {
        return std::unexpected(others.error());
    }
    const QList<Policy> policies = QList<Policy>{{m_authority.credential, everyRight}} + *others;
    m_loop = std::make_unique<Loop>(place);
    const auto port = m_loop->listen(m_authority);
    if (!port) {
        return port;
    }
    m_stop = ::eventfd(0, EFD_CLOEXEC);
    std::promise<Result<bool>> opened;
    auto hasOpened = opened.get_future();
    m_thread.reset(QThread::create([this, &opened, policies] {
        m_loop->run(
            m_stop, policies, [&opened](const Result<bool> &result) { opened.set_value(result); });
    }));
    m_thread->setObjectName(u"stand-in"_s);
    m_thread->start();
    const Result<bool> result = hasOpened.get();
    if (!result) {
        return std::unexpected(result.error());
    }
    return port;
}

Server::~Server()
{
    if (m_thread) {
        const quint64 one = 1;
        [[maybe_unused]] const ssize_t written = ::write(m_stop, &one, sizeof one);
        m_thread->wait();
        m_thread.reset();
    }
    m_loop.reset();
    if (m_stop >= 0) {
        ::close(m_stop);
    }
}

} // namespace upload::standin
