// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching.h"

#include "app/command.h"

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds pause{1};

} // namespace

upload::handover::Watcher Watching::watcher()
{
    m_since.start();
    return {
        .progressed =
            [this](qint64 done, qint64 all) {
                if (std::chrono::milliseconds(m_since.elapsed()) < pause)
                    return;
                m_since.restart();
                say(u"%L1 of %L2"_s.arg(done).arg(all));
            },
        .cancelled = [this] { return m_interrupt.wasRequested(); },
    };
}

} // namespace app
