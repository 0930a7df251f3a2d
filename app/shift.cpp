// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shift.h"

namespace app {

using namespace Qt::StringLiterals;
using station::Bound;
using station::Ledger;
using station::Line;

Shift::Shift(Wiring &wiring, Proven proven) : m_wiring(wiring), m_proven(proven)
{
    Line *line = &wiring.line();
    connect(line, &Line::concluded, this,
        [this](int, const station::Recorded &recorded) { conclude(recorded); });
    connect(line, &Line::refused, this, &Shift::refuse);
    connect(line, &Line::halted, this,
        [this](const station::Recorded &unrecorded, const station::Error &error) {
            show(endingOf(unrecorded));
            halt(error);
        });
    connect(line, &Line::becameIdle, this, &Shift::proceed, Qt::QueuedConnection);
    connect(&wiring.ledger(), &Ledger::lookedUp, this,
        [this](quint64 ticket, const station::Result<QList<Bound>> &bound) {
            if (m_lookUps.contains(ticket))
                lookedUp(m_lookUps.take(ticket), bound);
            else if (m_stage == Stage::Counting && ticket == m_lastLookUp)
                finish(bound);
        });
    for (upload::Carrier *carrier : wiring.carriers()) {
        m_drains.push_back(std::make_unique<Drain>(*carrier));
        connect(m_drains.back().get(), &Drain::done, this, &Shift::delivered);
    }
    if (auto *trials = wiring.trials())
        connect(trials, &Trials::ended, this, &Shift::tried);
    m_clock.start();
}

void Shift::begin(const QList<Job> &jobs)
{
    QSet<QString> asked;
    for (const Job &job : jobs)
        asked.insert(job.serial);
    QList<Job> all;
    for (const auto &queued : m_wiring.ledger().waiting())
        if (!asked.contains(queued.serial))
            all.append({queued.serial, {}});
    if (!all.isEmpty())
        Q_EMIT message(
            u"%1 serials were waiting when the line last ended; they come first"_s.arg(all.size()));
    for (const auto &queued : m_wiring.ledger().interrupted())
        Q_EMIT message(u"%1 on slot %2: interrupted, test again"_s.arg(queued.serial, queued.slot));
    add(all + jobs);
}

void Shift::add(const QList<Job> &jobs)
{
    if (jobs.isEmpty() || m_stopped)
        return;
    QStringList serials;
    for (const Job &job : jobs)
        serials.append(job.serial);
    m_lookUps[m_wiring.ledger().lookUp(serials)] = jobs;
}

void Shift::close()
{
    m_closed = true;
    QMetaObject::invokeMethod(this, &Shift::proceed, Qt::QueuedConnection);
}

void Shift::stop()
{
    m_stopped = true;
    m_closed = true;
    m_worst = worse(m_worst, Exit::DeviceFailed);
    m_wiring.line().stop();
    QMetaObject::invokeMethod(this, &Shift::proceed, Qt::QueuedConnection);
}

void Shift::lookedUp(const QList<Job> &jobs, const station::Result<QList<Bound>> &bound)
{
    if (!bound) {
        halt(bound.error());
        return;
    }
    QMap<QString, Bound> proven;
    for (const Bound &one : *bound)
        proven[one.serial] = one;
    QList<Job> untested;
    QList<station::Queued> queued;
    for (const Job &job : jobs) {
        if (m_proven == Proven::Resume && proven.contains(job.serial)) {
            show(endingOf(proven[job.serial]));
            continue;
        }
        untested.append(job);
        if (m_wiring.line().check(job.serial))
            queued.append({.serial = job.serial, .slot = {}});
    }
    if (!m_stopped && !queued.isEmpty())
        m_wiring.ledger().enqueue(queued);
    for (const Job &job : std::as_const(untested))
        scan(job);
    proceed();
}

void Shift::scan(const Job &job)
{
    if (m_stopped)
        return;
    if (const auto scanned = m_wiring.line().scan(job.serial, job.target); !scanned)
        refuse(job.serial, scanned.error());
}

/// A golden device is no product: what counts is whether it was read as it must.
void Shift::conclude(const station::Recorded &recorded)
{
    const auto &golden = m_wiring.line().golden();
    const auto verdict = recorded.examination.verdict;
    if (!golden.isGolden(recorded.serial)) {
        show(endingOf(recorded));
        return;
    }
    Q_EMIT ended(endingOf(recorded));
    if (golden.isExpected(recorded.serial, verdict))
        return;
    m_worst = worse(m_worst, Exit::StationError);
    Q_EMIT message(u"slot %1 reads the golden device %2 as %3; it stays locked"_s.arg(
        recorded.slot, recorded.serial, word(verdict)));
}

void Shift::show(const Ending &ending)
{
    m_tally.add(ending.verdict);
    m_endings.append(ending);
    Q_EMIT ended(ending);
}

void Shift::tried(const QString &serial, const station::Finding &finding)
{
    m_tally.addTrial(finding.outcome);
    Q_EMIT message(u"%1 trial, %2: %3"_s.arg(serial, word(finding.outcome), finding.measured));
}

void Shift::refuse(const QString &serial, const station::Error &error)
{
    m_worst = worse(
        m_worst, error.fault == station::Fault::Refused ? Exit::DeviceFailed : Exit::StationError);
    Q_EMIT message(u"%1 is not tested: %2"_s.arg(serial, error.detail));
}

void Shift::halt(const station::Error &error)
{
    m_stopped = true;
    m_closed = true;
    m_worst = Exit::StationError;
    Q_EMIT message(u"the line stops, because it cannot record: %1"_s.arg(error.detail));
    m_wiring.line().stop();
    QMetaObject::invokeMethod(this, &Shift::proceed, Qt::QueuedConnection);
}

void Shift::proceed()
{
    if (m_stage != Stage::Testing || !m_closed || !m_lookUps.isEmpty() || !m_wiring.line().idle())
        return;
    if (m_stopped || m_drains.empty()) {
        askDeliveries();
        return;
    }
    m_stage = Stage::Delivering;
    m_draining = m_drains.size();
    for (const auto &drain : m_drains)
        drain->start();
}

void Shift::delivered(const upload::Rest &rest)
{
    if (rest.state != upload::Rest::State::Delivered)
        Q_EMIT message(
            u"not everything is delivered: %1; `ekstation-cli upload` does it later"_s.arg(
                rest.detail));
    if (--m_draining == 0)
        askDeliveries();
}

void Shift::askDeliveries()
{
    m_stage = Stage::Counting;
    QStringList serials;
    for (const Ending &ending : std::as_const(m_endings))
        serials.append(ending.serial);
    m_lastLookUp = m_wiring.ledger().lookUp(serials);
}

void Shift::finish(const station::Result<QList<Bound>> &bound)
{
    m_stage = Stage::Over;
    m_tally.seconds = static_cast<double>(m_clock.elapsed()) / 1000;
    QMap<QString, Bound> proven;
    if (bound)
        for (const Bound &one : *bound)
            proven[one.serial] = one;
    for (Ending &ending : m_endings) {
        const auto found = proven.constFind(ending.serial);
        if (found == proven.cend() || ending.verdict != station::Verdict::Pass)
            continue;
        ending.delivery = found->delivery;
        if (ending.delivery)
            m_tally.add(*ending.delivery);
    }
    Q_EMIT finished();
}

Exit Shift::exit() const
{
    return worse(m_worst, m_tally.exit());
}

} // namespace app
