// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/network.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace station {

using namespace Qt::StringLiterals;

namespace {

int openNamespace(const QString &path)
{
    return ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
}

} // namespace

Result<Network> Network::enter(const QString &name)
{
    if (name.isEmpty())
        return Network(-1);
    const QString path = name.startsWith(u'/') ? name : u"/run/netns/"_s + name;
    const int there = openNamespace(path);
    if (there < 0)
        return std::unexpected(Error{Fault::Missing,
            u"network namespace %1: %2; `ip netns list` shows which there are"_s.arg(
                path, QString::fromLocal8Bit(std::strerror(errno)))});
    const int before = openNamespace(u"/proc/thread-self/ns/net"_s);
    const bool isThere = before >= 0 && ::setns(there, CLONE_NEWNET) == 0;
    const int why = errno;
    ::close(there);
    if (isThere)
        return Network(before);
    if (before >= 0)
        ::close(before);
    return std::unexpected(Error{Fault::Refused,
        u"network namespace %1: %2; the station needs the capability CAP_SYS_ADMIN to enter it"_s
            .arg(path, QString::fromLocal8Bit(std::strerror(why)))});
}

Network Network::home()
{
    // Who may not enter a namespace has left none.
    auto entered = enter(u"/proc/self/ns/net"_s);
    return entered ? std::move(*entered) : Network(-1);
}

Network::~Network()
{
    if (m_before < 0)
        return;
    // What this thread does next would reach another unit at the same address: no going on.
    if (::setns(m_before, CLONE_NEWNET) != 0)
        qFatal("a slot's thread cannot leave its network namespace: %s", std::strerror(errno));
    ::close(m_before);
}

} // namespace station
