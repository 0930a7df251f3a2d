// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/discovery.h"

namespace station {

namespace {

constexpr std::chrono::milliseconds shortest{700};
constexpr std::chrono::milliseconds settling{100}; ///< udev does several things to a new node

bool isProbed(const Slot &slot)
{
    return slot.hooks.before.command.isEmpty();
}

} // namespace

Discovery::Discovery(Line &line, Bench &bench, const QString &nodes)
    : m_line(line), m_bench(bench), m_nodes({nodes})
{
    connect(&m_nodes, &QFileSystemWatcher::directoryChanged, this, &Discovery::hurry);
    for (int slot = 0; slot < line.slotList().size(); ++slot) {
        m_rounds.push_back(std::make_unique<Round>());
        if (!isProbed(line.slotList()[slot]))
            continue;
        auto &timer = m_rounds.back()->timer;
        timer.setSingleShot(true);
        connect(&timer, &QTimer::timeout, this, [this, slot] { ask(slot); });
        // Nothing is there until it was seen: no scan is spent on a slot that nobody has looked at.
        line.probed(slot, Presence::Absent);
    }
    connect(&bench, &Bench::probed, this, &Discovery::answered);
    connect(&bench, &Bench::introduced, this, [this](int slot, const Result<QString> &serial) {
        // Scanned meanwhile, or gone.
        const auto place = m_line.placeAt(slot);
        if (place.state == Line::State::Empty && place.presence == Presence::Present)
            Q_EMIT introduced(slot, serial);
    });
}

void Discovery::start()
{
    for (int slot = 0; slot < m_line.slotList().size(); ++slot)
        if (isProbed(m_line.slotList()[slot]))
            ask(slot);
}

void Discovery::ask(int slot)
{
    Round &round = *m_rounds[static_cast<size_t>(slot)];
    if (m_line.stateOf(slot) != Line::State::Empty) {
        round.timer.start(shortest);
        return;
    }
    round.asked.start();
    m_bench.probe(slot, m_line.slotList()[slot]);
}

/// Those that wait for their turn; the others are being asked.
void Discovery::hurry()
{
    for (const auto &round : m_rounds)
        if (round->timer.remainingTime() > settling.count())
            round->timer.start(settling);
}

void Discovery::answered(int slot, Presence presence)
{
    Round &round = *m_rounds[static_cast<size_t>(slot)];
    round.timer.start(std::max(shortest, std::chrono::milliseconds(10 * round.asked.elapsed())));
    m_line.probed(slot, presence);
    introduce(slot, presence);
}

/// Once for each device, and only one that no scan has taken.
void Discovery::introduce(int slot, Presence presence)
{
    Round &round = *m_rounds[static_cast<size_t>(slot)];
    const Slot &place = m_line.slotList()[slot];
    if (presence == Presence::Absent)
        round.isIntroduced = false;
    if (presence != Presence::Present || round.isIntroduced || place.serial.command.isEmpty())
        return;
    round.isIntroduced = true;
    if (m_line.stateOf(slot) == Line::State::Empty)
        m_bench.askSerial(slot, place);
}

} // namespace station
