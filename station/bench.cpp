// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/bench.h"

namespace station {

Bench::Bench(int slots, tpm::Random random) : m_random(std::move(random))
{
    m_pool.setMaxThreadCount(slots);
    // A child process dies with the thread that started it; idle threads stay.
    m_pool.setExpiryTimeout(-1);
}

Bench::~Bench()
{
    stopAll();
    m_pool.waitForDone();
}

void Bench::examine(int slot, const QString &target, const Plan &plan)
{
    const auto stop = std::make_shared<tpm::Stop>();
    m_running[slot] = stop;
    m_pool.start([this, slot, target, plan, stop] {
        Q_EMIT examined(slot, station::examine(target, plan, stop, m_random));
    });
}

void Bench::stop(int slot)
{
    if (const auto running = m_running.value(slot))
        running->request();
}

void Bench::stopAll()
{
    for (const auto &running : std::as_const(m_running))
        running->request();
}

} // namespace station
