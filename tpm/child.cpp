// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/child.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> cannotStart(const QString &command, int error)
{
    return std::unexpected(Error{Fault::Target,
        u"cannot start \"%1\": %2"_s.arg(command.left(200), qt_error_string(error))});
}

/// Waits until the process has ended; true if it did so in time.
bool endsWithin(pid_t pid, std::chrono::milliseconds patience)
{
    // WNOWAIT leaves the zombie for the caller; a pidfd turns "has ended" into something to poll.
    const int pidfd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
    if (pidfd < 0)
        return false;
    pollfd ended{pidfd, POLLIN, 0};
    const int ready = poll(&ended, 1, static_cast<int>(patience.count()));
    close(pidfd);
    return ready == 1;
}

} // namespace

Result<Child> Child::start(const QString &command)
{
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return cannotStart(command, errno);
    const auto [ours, theirs] = ends;
    fcntl(ours, F_SETFL, O_NONBLOCK);

    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, theirs, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, theirs, STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t signalSet;
    sigfillset(&signalSet);
    posix_spawnattr_setsigdefault(&attributes, &signalSet);
    sigemptyset(&signalSet);
    posix_spawnattr_setsigmask(&attributes, &signalSet);

    const QByteArray line = "exec " + QFile::encodeName(command);
    // The line is data of the station's own settings; setpriv ties the child's life to ours.
    std::array<const char *, 8> arguments{
        "setpriv", "--pdeathsig", "KILL", "/bin/sh", "-c", line.constData(), nullptr};
    pid_t pid = -1;
    const int error = posix_spawnp(
        &pid, "setpriv", &files, &attributes, const_cast<char **>(arguments.data()), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    close(theirs);
    if (error != 0) {
        close(ours);
        return cannotStart(command, error);
    }
    return Child(pid, ours);
}

Child::Child(Child &&other) noexcept
    : m_pid(std::exchange(other.m_pid, -1)), m_fd(std::exchange(other.m_fd, -1)),
      m_patience(other.m_patience)
{
}

Child::~Child()
{
    if (m_pid < 0)
        return;
    shutdown(m_fd, SHUT_RDWR);
    close(m_fd);
    endsWithin(m_pid, m_patience);
    // Also for a child that has ended: what it started itself is in its group. The group's id
    // cannot be taken by others before waitpid.
    kill(-m_pid, SIGKILL);
    while (waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) { }
}

} // namespace tpm
