// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/lock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

/// In a network namespace of its own the same address is another unit.
QByteArray network()
{
    struct stat thread{}, process{};
    if (stat("/proc/thread-self/ns/net", &thread) != 0 || stat("/proc/self/ns/net", &process) != 0
        || thread.st_ino == process.st_ino)
        return {};
    return '@' + QByteArray::number(static_cast<qulonglong>(thread.st_ino));
}

/// Two ways to write one socket or device file are one target.
QByteArray identity(const Target &target)
{
    switch (target.kind) {
    case Target::Kind::Device:
    case Target::Kind::UnixSocket: {
        const QString canonical = QFileInfo(target.path).canonicalFilePath();
        return (canonical.isEmpty() ? target.path : canonical).toUtf8();
    }
    case Target::Kind::TcpSocket: {
        const QString host = target.host == u"localhost" ? u"127.0.0.1"_s : target.host;
        return u"%1:%2"_s.arg(host).arg(target.port).toUtf8() + network();
    }
    case Target::Kind::Command:
        break;
    }
    return target.command.toUtf8() + network();
}

} // namespace

Result<QString> lockFolder()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QString folder = runtime.isEmpty()
        ? u"%1/ekstation-%2"_s.arg(QDir::tempPath()).arg(geteuid())
        : runtime + u"/ekstation"_s;
    QDir().mkpath(QFileInfo(folder).path());
    const QByteArray path = QFile::encodeName(folder);
    struct stat found{};
    // In a folder that all may write to, one that somebody else made is no place for our locks.
    if ((mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
        || lstat(path.constData(), &found) != 0 || !S_ISDIR(found.st_mode)
        || found.st_uid != geteuid())
        return std::unexpected(Error{Fault::Target,
            u"no folder for locks at %1; make it, or set XDG_RUNTIME_DIR to a folder of this user"_s
                .arg(folder)});
    return folder;
}

Result<Lock> Lock::take(const Target &target)
{
    const auto folder = lockFolder();
    if (!folder)
        return std::unexpected(folder.error());
    const QByteArray hash =
        QCryptographicHash::hash(identity(target), QCryptographicHash::Sha256).toHex().left(32);
    const QString path = *folder + u"/target-"_s + QString::fromLatin1(hash) + u".lock"_s;
    const int fd = open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return std::unexpected(Error{
            Fault::Target, u"cannot make the lock %1: %2"_s.arg(path, qt_error_string(errno))});
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return std::unexpected(Error{Fault::Busy,
            u"%1 is in use by another slot or program, or still closing after a timeout"_s.arg(
                target.text)});
    }
    return Lock(fd);
}

Lock::Lock(Lock &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) { }

Lock::~Lock()
{
    if (m_fd >= 0)
        close(m_fd);
}

} // namespace tpm
