// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peer.h"

#include <QFile>
#include <QtEndian>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace support {

namespace {

constexpr qsizetype headerSize = 10;

sockaddr_un addressOf(const QString &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray bytes = QFile::encodeName(path);
    qstrncpy(address.sun_path, bytes.constData(), sizeof address.sun_path);
    return address;
}

int newSocket()
{
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

void sendAll(int fd, const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t sent = send(
            fd, bytes.constData() + done, static_cast<size_t>(bytes.size() - done), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        done += sent;
    }
}

} // namespace

Peer::Peer(const QString &path, const QString &behind, Script script)
    : m_path(path), m_behind(behind.mid(QStringLiteral("swtpm:path=").size())),
      m_script(std::move(script)), m_listener(newSocket()), m_end(eventfd(0, EFD_CLOEXEC))
{
    const sockaddr_un address = addressOf(path);
    if (bind(m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || listen(m_listener, 8) != 0)
        qFatal("cannot listen at %s", qPrintable(path));
    m_thread = std::thread([this] { serve(); });
}

Peer::~Peer()
{
    eventfd_write(m_end, 1);
    m_thread.join();
    close(m_listener);
    close(m_end);
    QFile::remove(m_path);
}

void Peer::serve()
{
    while (readable(m_listener)) {
        const int client = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        converse(client);
        close(client);
    }
}

void Peer::converse(int client)
{
    const int tpm = newSocket();
    const sockaddr_un address = addressOf(m_behind);
    if (connect(tpm, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        qFatal("no TPM at %s", qPrintable(m_behind));
    for (int number = 1;; ++number) {
        const QByteArray command = frame(client);
        if (command.isEmpty())
            break;
        sendAll(tpm, command);
        const auto said =
            m_script(number, qFromBigEndian<quint32>(command.constData() + 6), frame(tpm));
        if (!said)
            break;
        sendAll(client, *said);
    }
    close(tpm);
}

bool Peer::readable(int fd) const
{
    pollfd fds[]{{fd, POLLIN, 0}, {m_end, POLLIN, 0}};
    return poll(fds, 2, -1) > 0 && fds[1].revents == 0;
}

QByteArray Peer::frame(int fd) const
{
    QByteArray bytes;
    qsizetype size = headerSize;
    while (bytes.size() < size) {
        QByteArray part(size - bytes.size(), Qt::Uninitialized);
        if (!readable(fd))
            return {};
        const ssize_t got = read(fd, part.data(), static_cast<size_t>(part.size()));
        if (got <= 0)
            return {};
        bytes.append(part.constData(), got);
        if (bytes.size() == headerSize)
            size = std::max<qsizetype>(headerSize, qFromBigEndian<quint32>(bytes.constData() + 2));
    }
    return bytes;
}

QByteArray tpmAnswer(quint32 code)
{
    QByteArray answer = QByteArray::fromHex("80010000000a00000000");
    qToBigEndian(code, answer.data() + 6);
    return answer;
}

} // namespace support
