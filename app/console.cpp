// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdlib>
#include <sys/prctl.h>
#include <sys/resource.h>

int main(int argc, char **argv)
{
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
