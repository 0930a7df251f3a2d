// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"
#include "ui/screenwording.h"

// The desk's mark of the records: whether they are saved, copied, and told to the factory's system.

namespace app {

using namespace Qt::StringLiterals;
using station::Line;
using ui::Mark;
namespace wording = ui::wording;

namespace {

bool needsPerson(const upload::Rest &rest)
{
    using enum upload::Rest::State;
    return rest.state == NeedsPerson || rest.state == NoLedger;
}

} // namespace

void Desk::connectRecords()
{
    m_reports.state = upload::Rest::State::Delivered;
    connect(
        &m_wiring->line(), &Line::halted, this, [this](const auto &, const station::Error &error) {
            m_halt = error;
            m_window->linePage().showNote(wording::fault(error) + u" ("_s + error.detail + u')');
            showRecords();
        });
    if (auto *reporter = m_wiring->reporter())
        connect(reporter, &upload::Reporter::rested, this, [this](const upload::Rest &rest) {
            m_reports = rest;
            showRecords();
        });
    if (auto *replica = m_wiring->replica())
        connect(replica, &station::Replica::lagged, this, [this](const station::ReplicaLag &lag) {
            m_lag = lag;
            showRecords();
        });
}

/// A bar has room for two marks, so this one tells the gravest of what concerns records.
void Desk::showRecords()
{
    auto &mark = m_window->recordsMark();
    using Health = Mark::Health;
    if (m_halt)
        mark.show([what = wording::fault(*m_halt)] { return wording::recordsMark(what); },
            Health::Bad, m_halt->detail);
    else if (needsPerson(m_reports))
        mark.show([] { return wording::factoryMark(true); }, Health::Bad, m_reports.detail);
    else if (!m_lag.trouble.isEmpty())
        mark.show([entries = m_lag.entries] { return wording::replicaMark(entries); }, Health::Care,
            m_lag.trouble);
    else if (m_reports.state != upload::Rest::State::Delivered)
        mark.show([] { return wording::factoryMark(false); }, Health::Care, m_reports.detail);
    else
        mark.show([] { return wording::recordsMark({}); }, Health::Good);
}

} // namespace app
