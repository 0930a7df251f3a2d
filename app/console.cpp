// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

/// Closed standard descriptors would be given to the next files that are opened: the ledger could
/// get what is printed.
void fillStandardDescriptors()
{
    int fd = 0;
    do
        fd = open("/dev/null", O_RDWR); // NOLINT(cppcoreguidelines-pro-type-vararg)
    while (fd >= 0 && fd <= 2);
    if (fd > 2)
        close(fd);
}

} // namespace

int main(int argc, char **argv)
{
    fillStandardDescriptors();
    // A child or client that is gone, or a file at its limit, must be an error code, not the end
    // of the station.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    // The TPM libraries would write to stderr what our own errors say better.
    setenv("TSS2_LOG", "all+none", 0);
    // Service keys pass through this memory: it leaves no core file.
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("ekstation"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EKSTATION_VERSION));
    return app::runCommandLine(QCoreApplication::arguments());
}
