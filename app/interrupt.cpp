// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interrupt.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace app {

namespace {

sigset_t endings()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

void Interrupt::block()
{
    const sigset_t set = endings();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Interrupt::Interrupt()
{
    // Blocked before any thread starts, so that every thread inherits it and the descriptor alone
    // sees them.
    block();
    const sigset_t set = endings();
    m_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    m_notifier = new QSocketNotifier(m_fd, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        if (wasRequested())
            Q_EMIT requested();
    });
}

bool Interrupt::wasRequested()
{
    signalfd_siginfo received{};
    if (read(m_fd, &received, sizeof received) == sizeof received) {
        const sigset_t again = endings();
        pthread_sigmask(SIG_UNBLOCK, &again, nullptr);
        m_wasRequested = true;
    }
    return m_wasRequested;
}

Interrupt::~Interrupt()
{
    delete m_notifier;
    close(m_fd);
    const sigset_t set = endings();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

} // namespace app
