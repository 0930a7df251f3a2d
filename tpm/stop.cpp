// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/stop.h"

#include <QtGlobal>

#include <sys/eventfd.h>
#include <unistd.h>

namespace tpm {

Stop::Stop() : m_fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_fd < 0)
        qFatal("no eventfd left: too many open files");
}

Stop::~Stop()
{
    close(m_fd);
}

void Stop::request() noexcept
{
    m_requested = true;
    // The counter can only be full if it was written 2^64 times: readable either way.
    [[maybe_unused]] const int ignored = eventfd_write(m_fd, 1);
}

} // namespace tpm
