// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/wire.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> cannotOpen(const Target &target, const QString &why)
{
    return std::unexpected(Error{Fault::Target, u"cannot open %1: %2"_s.arg(target.text, why)});
}

/// Waits for a non-blocking connect; 0 or the errno that ended it.
int finishConnect(int fd, const Budget &budget, const Stop &stop)
{
    pollfd fds[] = {{fd, POLLOUT, 0}, {stop.fd(), POLLIN, 0}};
    const int ready = poll(fds, 2, static_cast<int>(budget.command.count()));
    if (ready == 0)
        return ETIMEDOUT;
    if (ready < 0 || fds[1].revents != 0)
        return ECANCELED;
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

/// 0 or the errno that ended it. A unix socket whose queue is full (its owner hangs, or is about to
/// take the next connection) cannot be waited for, only asked again.
int connectWithin(
    int fd, const sockaddr *address, socklen_t size, const Budget &budget, const Stop &stop)
{
    const auto deadline = std::chrono::steady_clock::now() + budget.command;
    while (connect(fd, address, size) != 0) {
        if (errno == EINPROGRESS)
            return finishConnect(fd, budget, stop);
        if (errno != EAGAIN)
            return errno;
        if (std::chrono::steady_clock::now() >= deadline)
            return ETIMEDOUT;
        pollfd stopped{stop.fd(), POLLIN, 0};
        if (poll(&stopped, 1, 20) != 0)
            return ECANCELED;
    }
    return 0;
}

Result<int> connected(int fd, const sockaddr *address, socklen_t size, const Target &target,
    const Budget &budget, const Stop &stop)
{
    const int error = fd < 0 ? errno : connectWithin(fd, address, size, budget, stop);
    if (error == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    if (error == ECANCELED)
        return std::unexpected(
            Error{Fault::Cancelled, u"stopped while opening %1"_s.arg(target.text)});
    return cannotOpen(target, qt_error_string(error));
}

Result<int> openUnix(const Target &target, const Budget &budget, const Stop &stop)
{
    const QByteArray path = QFile::encodeName(target.path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        return cannotOpen(target, u"the socket's path is longer than 107 bytes"_s);
    memcpy(address.sun_path, path.constData(), static_cast<size_t>(path.size()));
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    return connected(
        fd, reinterpret_cast<const sockaddr *>(&address), sizeof address, target, budget, stop);
}

Result<int> openTcp(const Target &target, const Budget &budget, const Stop &stop)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    const int error = getaddrinfo(target.host.toUtf8().constData(),
        QByteArray::number(target.port).constData(), &hints, &found);
    if (error != 0)
        return cannotOpen(target, QString::fromLocal8Bit(gai_strerror(error)));
    Result<int> fd = cannotOpen(target, u"no address"_s);
    for (const addrinfo *at = found; at != nullptr && !fd; at = at->ai_next)
        fd = connected(socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
            at->ai_addr, at->ai_addrlen, target, budget, stop);
    freeaddrinfo(found);
    if (fd) {
        // A command is one small write: waiting for more to send would add 40 ms to each.
        const int on = 1;
        setsockopt(*fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    return fd;
}

} // namespace

Result<Link> openLink(const Target &target, const Budget &budget, const Stop &stop)
{
    auto lock = Lock::take(target);
    if (!lock)
        return std::unexpected(lock.error());
    Link link;
    link.lock.emplace(std::move(*lock));

    if (target.kind == Target::Kind::Command) {
        auto child = Child::start(target.command);
        if (!child)
            return std::unexpected(child.error());
        link.fd = child->fd();
        link.child.emplace(std::move(*child));
        return link;
    }
    if (target.kind == Target::Kind::Device) {
        link.framing = Link::Framing::Whole;
        link.fd = open(QFile::encodeName(target.path).constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
        if (link.fd < 0)
            return cannotOpen(target, qt_error_string(errno));
        return link;
    }
    const auto fd = target.kind == Target::Kind::UnixSocket ? openUnix(target, budget, stop)
                                                            : openTcp(target, budget, stop);
    if (!fd)
        return std::unexpected(fd.error());
    link.fd = *fd;
    return link;
}

} // namespace tpm
