// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/discovery.h"

namespace station {

namespace {

constexpr std::chrono::milliseconds shortest{700};

} // namespace

Discovery::Discovery(Line &line, Bench &bench) : m_line(line), m_bench(bench)
{
    for (int slot = 0; slot < line.slotList().size(); ++slot) {
        m_rounds.push_back(std::make_unique<Round>());
        auto &timer = m_rounds.back()->timer;
        timer.setSingleShot(true);
        connect(&timer, &QTimer::timeout, this, [this, slot] { ask(slot); });
        // Nothing is there until it was seen: no scan is spent on a slot that nobody has looked at.
        line.probed(slot, Presence::Absent);
    }
    connect(&bench, &Bench::probed, this, &Discovery::answered);
}

void Discovery::start()
{
    for (int slot = 0; slot < m_line.slotList().size(); ++slot)
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
    m_bench.probe(slot, m_line.slotList()[slot].target);
}

void Discovery::answered(int slot, Presence presence)
{
    Round &round = *m_rounds[static_cast<size_t>(slot)];
    round.timer.start(std::max(shortest, std::chrono::milliseconds(10 * round.asked.elapsed())));
    m_line.probed(slot, presence);
}

} // namespace station
