// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/bench.h"

#include "station/command.h"
#include "station/network.h"

#include <sys/resource.h>
#include <unistd.h>

namespace station {

namespace {

/// Somebody waits for the window, and a TPM takes its time anyway: on a busy computer the window's
/// thread comes before those of the slots.
void comeAfterTheWindow()
{
    static thread_local const int done = [] {
        const auto thread = static_cast<id_t>(gettid());
        return setpriority(PRIO_PROCESS, thread, getpriority(PRIO_PROCESS, thread) + 10);
    }();
    std::ignore = done;
}

Result<QString> serialOf(const Slot &place, const tpm::Stop &stop)
{
    const auto network = Network::enter(place.network);
    if (!network)
        return std::unexpected(network.error());
    const auto said = run(place.serial.command, place.serial.deadline, stop,
        {{QStringLiteral("EKSTATION_SLOT"), place.name}});
    if (!said)
        return std::unexpected(said.error());
    return QString::fromUtf8(*said).trimmed();
}

} // namespace

Bench::Bench(int slots, tpm::Random random) : m_random(std::move(random))
{
    m_pool.setMaxThreadCount(slots);
    // A child process dies with the thread that started it; idle threads stay.
    m_pool.setExpiryTimeout(-1);
    connect(this, &Bench::examined, this, [this](int slot) { m_examinations.remove(slot); });
    connect(this, &Bench::probed, this, &Bench::lookedAt);
    connect(this, &Bench::introduced, this, &Bench::lookedAt);
}

Bench::~Bench()
{
    stopAll();
    for (const auto &look : std::as_const(m_looks))
        look->request();
    m_pool.waitForDone();
}

void Bench::examine(int slot, const Subject &subject, const Plan &plan)
{
    const auto stop = std::make_shared<tpm::Stop>();
    m_examinations[slot] = stop;
    const auto tell = [this, slot](const Progress &progress) { Q_EMIT progressed(slot, progress); };
    const auto job = [this, slot, subject, plan, stop, tell] {
        comeAfterTheWindow();
        Q_EMIT examined(slot, station::examine(subject, plan, stop, m_random, tell));
    };
    if (const auto look = m_looks.value(slot)) {
        look->request();
        m_next[slot] = job;
    } else {
        m_pool.start(job);
    }
}

void Bench::look(int slot, const std::function<void(const std::shared_ptr<tpm::Stop> &)> &job)
{
    if (m_examinations.contains(slot) || m_looks.contains(slot))
        return;
    const auto stop = std::make_shared<tpm::Stop>();
    m_looks[slot] = stop;
    m_pool.start([job, stop] {
        comeAfterTheWindow();
        job(stop);
    });
}

void Bench::lookedAt(int slot)
{
    m_looks.remove(slot);
    if (const auto next = m_next.take(slot))
        m_pool.start(next);
}

void Bench::probe(int slot, const Slot &place)
{
    look(slot, [this, slot, place](const std::shared_ptr<tpm::Stop> &stop) {
        const auto network = Network::enter(place.network);
        Q_EMIT probed(slot, network ? station::probe(place.target, stop) : Presence::Absent);
    });
}

void Bench::askSerial(int slot, const Slot &place)
{
    look(slot, [this, slot, place](const std::shared_ptr<tpm::Stop> &stop) {
        Q_EMIT introduced(slot, serialOf(place, *stop));
    });
}

void Bench::stop(int slot)
{
    if (const auto running = m_examinations.value(slot))
        running->request();
}

void Bench::stopAll()
{
    for (const auto &running : std::as_const(m_examinations))
        running->request();
}

} // namespace station
