// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultywire.h"

#include "tpm/frame.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QLocalSocket>
#include <QtEndian>

#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace support {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 20'000;

[[noreturn]] void giveUp(const char *what)
{
    qFatal("faulty wire: %s: %s", what, strerror(errno));
}

/// Whether there is something to read (or the end of it) before the test ends.
bool readable(int fd, const tpm::Stop &end)
{
    pollfd fds[] = {{fd, POLLIN, 0}, {end.fd(), POLLIN, 0}};
    return poll(fds, 2, -1) > 0 && fds[1].revents == 0;
}

/// Returns once the reader has taken everything: what follows arrives as a read of its own.
void drained(int fd, const tpm::Stop &end)
{
    const QDeadlineTimer deadline(patienceMs);
    for (int unread = 1; unread > 0 && !deadline.hasExpired() && !end.requested();) {
        if (ioctl(fd, SIOCOUTQ, &unread) != 0)
            return;
        std::this_thread::yield();
    }
}

/// One whole command or answer, by the size in its header; empty at the end.
QByteArray frameFrom(QLocalSocket &socket)
{
    QByteArray frame;
    qsizetype wanted = tpm::headerSize;
    while (frame.size() < wanted) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(patienceMs))
            return {};
        frame += socket.read(wanted - frame.size());
        if (frame.size() == tpm::headerSize)
            wanted = qFromBigEndian<quint32>(frame.constData() + 2);
    }
    return frame;
}

} // namespace

QByteArray response(quint32 code, const QByteArray &body, quint16 tag)
{
    QByteArray frame(tpm::headerSize, Qt::Uninitialized);
    qToBigEndian(tag, frame.data());
    qToBigEndian(static_cast<quint32>(frame.size() + body.size()), frame.data() + 2);
    qToBigEndian(code, frame.data() + 6);
    return frame + body;
}

FaultyWire::FaultyWire(Script script, tpm::Link::Framing framing)
    : m_script(std::move(script)), m_framing(framing)
{
}

FaultyWire::~FaultyWire()
{
    m_end.request();
}

tpm::Link FaultyWire::link()
{
    const bool whole = m_framing == tpm::Link::Framing::Whole;
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, (whole ? SOCK_SEQPACKET : SOCK_STREAM) | SOCK_CLOEXEC, 0, ends.data())
        != 0)
        giveUp("socketpair");
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    m_threads.emplace_back([this, fd = ends[1]] { serve(fd); });
    tpm::Link link;
    link.fd = ends[0];
    link.framing = m_framing;
    return link;
}

std::unique_ptr<tpm::Wire> FaultyWire::wire(
    const tpm::Budget &budget, std::shared_ptr<tpm::Stop> stop)
{
    return std::make_unique<tpm::Wire>(link(), budget, std::move(stop));
}

tpm::Target FaultyWire::listen()
{
    const QString path = m_folder.filePath(u"faulty"_s);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, QFile::encodeName(path).constData(), sizeof address.sun_path);
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || ::listen(fd, 8) != 0)
        giveUp("listen");
    m_threads.emplace_back([this, fd] { accept(fd); });
    return *tpm::parseTarget(u"swtpm:path="_s + path);
}

void FaultyWire::accept(int listener)
{
    while (readable(listener, m_end))
        serve(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
    close(listener);
}

void FaultyWire::serve(int fd)
{
    QByteArray came;
    while (readable(fd, m_end)) {
        QByteArray part(tpm::largestFrame, Qt::Uninitialized);
        const ssize_t size = ::read(fd, part.data(), static_cast<size_t>(part.size()));
        if (size <= 0)
            break;
        came += part.left(size);
        if (came.size() < tpm::headerSize
            || came.size() < qFromBigEndian<qint32>(came.constData() + 2))
            continue;
        if (!answer(fd, std::exchange(came, {})))
            break;
    }
    close(fd);
}

bool FaultyWire::answer(int fd, const QByteArray &command)
{
    int number = 0;
    {
        const QMutexLocker lock(&m_mutex);
        m_commands.append(tpm::commandCode(command));
        number = static_cast<int>(m_commands.size());
    }
    const Reply reply = m_script(command, number);
    for (const QByteArray &part : reply.parts) {
        if (::send(fd, part.constData(), static_cast<size_t>(part.size()), MSG_NOSIGNAL) < 0)
            return false;
        if (reply.parts.size() > 1)
            drained(fd, m_end);
    }
    return !reply.closes;
}

QList<quint32> FaultyWire::commands() const
{
    const QMutexLocker lock(&m_mutex);
    return m_commands;
}

FaultyWire::Script FaultyWire::relay(const QString &socketPath,
    std::function<Reply(const QByteArray &, const QByteArray &)> alter,
    std::function<std::optional<Reply>(const QByteArray &)> instead)
{
    return [=](const QByteArray &command, int) -> Reply {
        if (instead)
            if (const auto reply = instead(command))
                return *reply;
        // A connection for each command: nobody else is kept from the TPM in between.
        QLocalSocket tpm;
        tpm.connectToServer(socketPath);
        tpm.waitForConnected(patienceMs);
        tpm.write(command);
        const QByteArray answer = frameFrom(tpm);
        return alter ? alter(command, answer) : Reply(answer);
    };
}

} // namespace support
