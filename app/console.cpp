// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/process.h"

#include <QCoreApplication>

#include <fcntl.h>
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
    app::prepareProcess();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("ekstation"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EKSTATION_VERSION));
    return app::runCommandLine(QCoreApplication::arguments());
}
