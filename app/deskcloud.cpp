// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"
#include "ui/screenwording.h"

// The desk's mark of the service, and the bar that stands there while it is away.

namespace app {

using station::Line;
using ui::Mark;
namespace wording = ui::wording;

void Desk::connectCloud()
{
    auto &line = m_wiring->line();
    m_counting.setSingleShot(true);
    m_counting.setInterval(150);
    connect(&m_counting, &QTimer::timeout, this, [this] { m_count = m_reader->count(); });
    const auto countSoon = [this] {
        if (!m_counting.isActive())
            m_counting.start();
    };
    connect(&line, &Line::concluded, this, countSoon);
    connect(m_reader.get(), &station::Reader::counted, this,
        [this](quint64 generation, const station::Result<station::Backlog> &backlog) {
            if (generation == m_count && backlog)
                m_backlog = *backlog;
            showCloud();
        });
    for (auto *outbox : m_wiring->outboxes()) {
        connect(outbox, &upload::Outbox::settled, this, countSoon);
        connect(outbox, &upload::Outbox::rested, this,
            [this, outbox, countSoon](const upload::Rest &rest) {
                m_rests[outbox] = rest;
                m_rest = *std::ranges::max_element(m_rests, {}, &upload::Rest::state);
                countSoon();
            });
    }
}

void Desk::showCloud()
{
    const bool isOffline = m_rest.state == upload::Rest::State::Offline;
    const bool needsPerson = m_rest.state == upload::Rest::State::NeedsPerson;
    const auto &counts = m_backlog.counts;
    const bool isRefused = counts.rejected + counts.conflict > 0;
    m_window->cloudMark().show(
        [counts, isOffline, needsPerson] {
            return wording::cloudMark(counts, isOffline, needsPerson);
        },
        needsPerson                  ? Mark::Health::Bad
            : isOffline || isRefused ? Mark::Health::Care
                                     : Mark::Health::Good,
        m_rest.detail);
    auto &bar = m_window->linePage().awayBar();
    const qint64 waitingUs =
        m_backlog.oldestUs == 0 ? 0 : station::systemClock().utcUs - m_backlog.oldestUs;
    if (isOffline)
        bar.showAway(counts.pending + counts.sent,
            std::chrono::floor<std::chrono::minutes>(std::chrono::microseconds(waitingUs)));
    else
        bar.showBack();
}

} // namespace app
