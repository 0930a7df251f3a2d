// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"
#include "ui/tallybox.h"

// What the desk lets hear, and what it remembers of a shift that began before it.

namespace app {

using namespace Qt::StringLiterals;
using station::Line;

void Desk::connectSounds()
{
    m_chime.choose(m_wiring->settings().sounds);
    auto &line = m_wiring->line();
    connect(&line, &Line::concluded, this, [this](int, const station::Recorded &recorded) {
        m_chime.play(recorded.examination.verdict);
    });
    const auto call = [this] { m_chime.play(u"attention"_s); };
    connect(&line, &Line::halted, this, call);
    connect(&m_window->linePage(), &ui::LinePage::scanRefused, this, call);
}

/// The figures of a shift outlive a restart of the window.
void Desk::recallShift()
{
    constexpr int most = 20'000; // more than one station examines in a shift
    connect(m_reader.get(), &station::Reader::recalled, this,
        [this](quint64, const station::Result<QList<station::RecordRow>> &records) {
            if (!records)
                return; // nothing is recorded yet
            auto own = *records;
            own.removeIf([this](const station::RecordRow &record) {
                return record.id.stationId != m_wiring->settings().stationId;
            });
            m_window->linePage().tallyBox().begin(own);
            m_window->linePage().resultModel().begin(own);
        });
    m_reader->recall(
        {.fromUs = station::systemClock().utcUs - ui::Tally::longestUs, .limit = most});
}

} // namespace app
