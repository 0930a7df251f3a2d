// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/loop.h"

#include "upload/standin/codes.h"

#include <arpa/inet.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

constexpr size_t memoryPerConnection = 32 * 1024; // bounds request line and headers
constexpr unsigned int idleSeconds = 30;
constexpr int tickMs = 100;
constexpr size_t spareConnections = 16; // a hung-up one is counted until the library has seen it

MHD_Result addHeader(void *request, MHD_ValueKind kind, const char *name, const char *value)
{
    auto *target = static_cast<Request *>(request);
    const QByteArray text = value ? QByteArray(value) : QByteArray();
    if (kind == MHD_HEADER_KIND) {
        target->headers.insert(QByteArray(name).toLower(), text);
    } else {
        target->arguments.insert(
            QByteArray::fromPercentEncoding(name), QByteArray::fromPercentEncoding(text));
    }
    return MHD_YES;
}

/// Paths stay as they came: %2F inside an id is not a separator.
size_t keepEscaped(void *, MHD_Connection *, char *text)
{
    return std::strlen(text);
}

/// The library sees the end and cleans up.
void hangUp(MHD_Connection *connection)
{
    const auto *fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    ::shutdown(fd->connect_fd, SHUT_RDWR);
}

} // namespace

Server::Loop::Loop(const Place &place) : m_place(place) { }

Server::Loop::~Loop()
{
    if (m_daemon) {
        MHD_stop_daemon(m_daemon);
    }
}

Result<quint16> Server::Loop::listen(const Authority &authority)
{
    sockaddr_storage address{};
    const bool isV6 = m_place.address.protocol() == QAbstractSocket::IPv6Protocol;
    if (isV6) {
        auto *v6 = reinterpret_cast<sockaddr_in6 *>(&address);
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(m_place.port);
        const Q_IPV6ADDR bytes = m_place.address.toIPv6Address();
        std::memcpy(&v6->sin6_addr, &bytes, sizeof bytes);
    } else {
        auto *v4 = reinterpret_cast<sockaddr_in *>(&address);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(m_place.port);
        v4->sin_addr.s_addr = htonl(m_place.address.toIPv4Address());
    }
    QByteArray key = authority.key.bytes().toByteArray();
    const int flags =
        MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME | (isV6 ? MHD_USE_IPv6 : 0);
    m_daemon = MHD_start_daemon(unsigned(flags), 0, nullptr, nullptr, &Loop::access, this,
        MHD_OPTION_SOCK_ADDR, reinterpret_cast<sockaddr *>(&address), MHD_OPTION_HTTPS_MEM_KEY,
        key.constData(), MHD_OPTION_HTTPS_MEM_CERT, authority.certificate.constData(),
        MHD_OPTION_HTTPS_PRIORITIES, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2",
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, memoryPerConnection, MHD_OPTION_CONNECTION_TIMEOUT,
        idleSeconds, MHD_OPTION_CONNECTION_LIMIT, m_place.mostConnections,
        MHD_OPTION_UNESCAPE_CALLBACK, &keepEscaped, nullptr, MHD_OPTION_NOTIFY_COMPLETED,
        &Loop::completed, this, MHD_OPTION_NOTIFY_CONNECTION, &Loop::connected, this,
        MHD_OPTION_END);
    OPENSSL_cleanse(key.data(), size_t(key.size()));
    const MHD_DaemonInfo *port =
        m_daemon ? MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_BIND_PORT) : nullptr;
    if (!port) {
        return std::unexpected(Error{Fault::Wrong,
            u"cannot listen at %1 port %2: %3"_s.arg(m_place.address.toString())
                .arg(m_place.port)
                .arg(qt_error_string(errno)),
            0, 0, {}});
    }
    return port->port;
}

void Server::Loop::run(int stop, const QList<Policy> &policies,
    const std::function<void(const Result<bool> &)> &opened)
{
    const auto books = Books::open(m_place.folder + u"/enrollments.db"_s);
    if (!books) {
        opened(std::unexpected(books.error()));
        return;
    }
    Service service(**books, policies, m_place.terms, m_place.clock);
    m_service = &service;
    opened(true);
    while (!m_isStopping) {
        waitForWork(stop);
        MHD_run(m_daemon);
        const Time now = std::chrono::steady_clock::now();
        resumeDue(m_isStopping ? Time::max() : now);
        closeOverdue(now);
    }
    MHD_stop_daemon(m_daemon); // here, so that completed() still runs on this thread
    m_daemon = nullptr;
    m_service = nullptr;
}

void Server::Loop::waitForWork(int stop)
{
    const int epoll = MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    MHD_UNSIGNED_LONG_LONG timeout = tickMs;
    if (MHD_get_timeout(m_daemon, &timeout) == MHD_NO || timeout > tickMs) {
        timeout = tickMs;
    }
    if (!m_delayed.empty()) {
        const auto left = m_delayed.front().due - std::chrono::steady_clock::now();
        const auto ms = std::chrono::ceil<std::chrono::milliseconds>(left).count();
        timeout = qMin(timeout, static_cast<unsigned long long>(qMax<qint64>(ms, 0)));
    }
    std::array<pollfd, 2> fds{pollfd{epoll, POLLIN, 0}, pollfd{stop, POLLIN, 0}};
    ::poll(fds.data(), fds.size(), int(timeout));
    m_isStopping = (fds[1].revents & POLLIN) != 0;
}

void Server::Loop::resumeDue(Time now)
{
    const bool isDue = !m_delayed.empty() && m_delayed.front().due <= now;
    while (!m_delayed.empty() && m_delayed.front().due <= now) {
        MHD_resume_connection(m_delayed.front().connection);
        m_delayed.pop_front();
    }
    if (isDue) {
        MHD_run(m_daemon); // else they would be looked at after the next tick
    }
}

void Server::Loop::closeOverdue(Time now)
{
    for (const auto &[connection, line] : m_lines) {
        if (now - line.since > m_place.deadline + m_place.terms.mischief.latency) {
            hangUp(connection);
        }
    }
}

/// The library refuses new connections once it holds as many as it may; before that, somebody who
/// does nothing has to go.
void Server::Loop::closeIdlest()
{
    const auto idlest = std::ranges::min_element(m_lines, {},
        [](const auto &entry) { return entry.second.isIdle ? entry.second.since : Time::max(); });
    if (idlest != m_lines.end() && idlest->second.isIdle) {
        hangUp(idlest->first);
        idlest->second.isIdle = false; // it is on its way out; the next one is another's turn
    }
}

void Server::Loop::connected(
    void *self, MHD_Connection *connection, void **, MHD_ConnectionNotificationCode code)
{
    auto *loop = static_cast<Loop *>(self);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        if (loop->m_lines.size() + spareConnections >= loop->m_place.mostConnections) {
            loop->closeIdlest();
        }
        loop->m_lines[connection] = {std::chrono::steady_clock::now(), true};
    } else {
        loop->m_lines.erase(connection);
        std::erase_if(loop->m_delayed,
            [&](const Delayed &delayed) { return delayed.connection == connection; });
    }
}

void Server::Loop::completed(
    void *self, MHD_Connection *connection, void **exchange, MHD_RequestTerminationCode)
{
    delete static_cast<Exchange *>(*exchange);
    *exchange = nullptr;
    static_cast<Loop *>(self)->m_lines[connection] = {std::chrono::steady_clock::now(), true};
}

MHD_Result Server::Loop::access(void *self, MHD_Connection *connection, const char *path,
    const char *verb, const char *, const char *bytes, size_t *size, void **exchange)
{
    auto *loop = static_cast<Loop *>(self);
    if (!*exchange) {
        return loop->begin(connection, path, verb, exchange);
    }
    auto &present = *static_cast<Exchange *>(*exchange);
    return *size > 0 ? loop->take(present, bytes, size) : loop->respond(connection, present);
}

MHD_Result Server::Loop::begin(
    MHD_Connection *connection, const char *path, const char *verb, void **exchange)
{
    auto *started = new Exchange; // freed in completed(), which the library always calls
    *exchange = started;
    m_lines[connection] = {std::chrono::steady_clock::now(), false};
    started->request.verb = verb;
    started->request.path = path;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, &addHeader, &started->request);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &addHeader, &started->request);
    if (started->request.headers.value("content-length").toLongLong() > m_place.largestBody) {
        return send(connection, errorResponse(code::tooLarge, u"the request is too large"_s));
    }
    return MHD_YES;
}

MHD_Result Server::Loop::take(Exchange &exchange, const char *bytes, size_t *size) const
{
    // A body without Content-Length is read to its end before it is refused, but not for ever.
    exchange.request.body.append(bytes, qsizetype(*size));
    *size = 0;
    if (exchange.request.body.size() > m_place.largestBody) {
        if (exchange.isTooLarge) {
            return MHD_NO;
        }
        exchange.isTooLarge = exchange.request.body.size() > m_place.largestBody;
        exchange.request.body.clear();
    }
    return MHD_YES;
}

MHD_Result Server::Loop::respond(MHD_Connection *connection, Exchange &exchange)
{
    if (!exchange.isAnswered) {
        exchange.isAnswered = true;
        exchange.response = exchange.isTooLarge
            ? errorResponse(code::tooLarge, u"the request is too large"_s)
            : m_service->answer(exchange.request);
        if (m_place.terms.mischief.latency.count() > 0 && !m_isStopping) {
            MHD_suspend_connection(connection);
            m_delayed.push_back(
                {std::chrono::steady_clock::now() + m_place.terms.mischief.latency, connection});
            return MHD_YES;
        }
    }
    return exchange.response.dropped ? MHD_NO : send(connection, exchange.response);
}

MHD_Result Server::Loop::send(MHD_Connection *connection, const Response &response)
{
    MHD_Response *message = MHD_create_response_from_buffer(size_t(response.body.size()),
        const_cast<char *>(response.body.constData()), MHD_RESPMEM_MUST_COPY);
    for (const auto &[name, value] : response.headers) {
        MHD_add_response_header(message, name.constData(), value.constData());
    }
    const MHD_Result queued = MHD_queue_response(connection, unsigned(response.status), message);
    MHD_destroy_response(message);
    return queued;
}

} // namespace upload::standin
