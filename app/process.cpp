// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process.h"

#include "upload/exchange.h"

#include <csignal>
#include <cstdlib>
#include <sys/resource.h>

namespace app {

void prepareProcess()
{
    // A child or client that is gone, or a file at its limit, must be an error code, not the end
    // of the station.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    // The TPM libraries would write to stderr what our own errors say better.
    setenv("TSS2_LOG", "all+none", 0);
    // Service keys pass through this memory: it leaves no core file.
    // One byte, not none: a limit of 0 is not asked where cores go to a program (core(5)), and the
    // kernel takes 1 for "never".
    const rlimit none{1, 1};
    if (setrlimit(RLIMIT_CORE, &none) != 0) {
        const rlimit zero{0, 0}; // somebody has set the limit to 0 already
        setrlimit(RLIMIT_CORE, &zero);
    }
    upload::keepTlsToTheEnd();
}

} // namespace app
