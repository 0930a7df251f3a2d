// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/slotmodel.h"

#include "ui/screenwording.h"
#include "ui/wording.h"

namespace ui {

using namespace Qt::StringLiterals;
using station::Line;
using station::Presence;

namespace {

void sayNext(SlotView &view)
{
    view.next = wording::next(view.state);
}

/// What is created disabled at once waits for being enabled.
bool isHeld(const station::EnrollRule &rule, std::optional<station::DeliveryState> delivery)
{
    return rule.when == station::Moment::Lot && delivery
        && (rule.isEnabledLater() || *delivery == station::DeliveryState::Held);
}

} // namespace

SlotModel::SlotModel(Line &line, station::Bench &bench, QObject *parent)
    : QAbstractListModel(parent), m_line(line)
{
    for (const auto &slot : line.slotList())
        m_views.append(SlotView{.slot = slot.name});
    m_words.fill(sayNext, m_views.size());
    speak();
    for (int slot = 0; slot < m_views.size(); ++slot)
        placeChanged(slot);
    connect(&line, &Line::placeChanged, this, &SlotModel::placeChanged);
    connect(&line, &Line::concluded, this, &SlotModel::conclude);
    connect(&line, &Line::tried, this, &SlotModel::tried);
    connect(&line, &Line::halted, this, [this](const station::Recorded &unrecorded) {
        conclude(slotNamed(unrecorded.slot), unrecorded);
    });
    connect(&line, &Line::stopAsked, this, &SlotModel::stopAsked);
    connect(&bench, &station::Bench::progressed, this, &SlotModel::progress);
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &SlotModel::tick);
}

int SlotModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_views.size());
}

QVariant SlotModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SlotView &view = m_views[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return view.slot;
    case Qt::AccessibleTextRole:
        return tr("Slot %1: %2").arg(view.slot, wording::state(view.state));
    case Qt::AccessibleDescriptionRole:
        return QStringList{view.serial, view.what, view.next}.join(u' ').simplified();
    case ViewRole:
        return QVariant::fromValue(view);
    default:
        return {};
    }
}

int SlotModel::running() const
{
    int count = 0;
    for (int slot = 0; slot < m_views.size(); ++slot)
        count += m_line.stateOf(slot) == Line::State::Empty ? 0 : 1;
    return count;
}

void SlotModel::showInterrupted(const QList<station::Queued> &interrupted)
{
    for (const auto &queued : interrupted) {
        const int slot = slotNamed(queued.slot);
        if (slot < 0)
            continue;
        SlotView view = m_views[slot];
        view.serial = queued.serial;
        view.state = SlotState::Aborted;
        m_interrupted.insert(slot);
        set(slot, view, [](SlotView &one) {
            one.what = wording::interrupted({one.serial});
            sayNext(one);
        });
    }
}

void SlotModel::placeChanged(int slot)
{
    const Line::Place place = m_line.placeAt(slot);
    SlotView view = m_views[slot];
    switch (place.state) {
    case Line::State::Empty:
        if (place.isShown)
            return; // conclude() has said it
        if (m_interrupted.contains(slot) && place.presence != Presence::Absent)
            return; // the device that was under test still stands there
        view = SlotView{.slot = view.slot,
            .state = place.presence == Presence::Present ? SlotState::Ready : SlotState::Empty};
        break;
    case Line::State::Admitting:
        view =
            SlotView{.slot = view.slot, .serial = place.device.serial, .state = SlotState::Waiting};
        break;
    case Line::State::Asking:
        view = SlotView{.slot = view.slot,
            .serial = place.device.serial,
            .state = SlotState::Waiting,
            .prompt = m_line.slotList()[slot].prompt};
        break;
    case Line::State::Examining:
        view = SlotView{.slot = view.slot,
            .serial = place.device.serial,
            .state = SlotState::Running,
            .steps = static_cast<int>(m_line.plan().checks.size()),
            .secondsLeft = static_cast<int>((m_usualMs + 999) / 1000)};
        m_begun[slot].start();
        m_second.start();
        break;
    case Line::State::Recording:
        return; // no green before the disk: it goes on looking as it does
    case Line::State::Trying: // nor before it is let go: who sees green pulls it out
        m_concluded[slot] = view;
        view.state = SlotState::Running;
        view.steps = static_cast<int>(m_line.plan().checks.size()) + 1;
        view.step = view.steps;
        view.check = u"registration"_s;
        break;
    }
    m_interrupted.remove(slot);
    set(slot, view, [state = place.state, owed = place.owed](SlotView &one) {
        if (state == Line::State::Empty && !owed.isEmpty())
            one.next = wording::goldenOwed(owed);
        else
            sayNext(one);
    });
}

void SlotModel::conclude(int slot, const station::Recorded &recorded)
{
    if (slot < 0)
        return;
    const auto begun = m_begun.take(slot);
    const auto verdict = recorded.examination.verdict;
    const bool isWhole = verdict == station::Verdict::Pass || verdict == station::Verdict::Fail;
    if (begun.isValid() && isWhole) // the newest weigh most: another product takes another time
        m_usualMs = m_usualMs == 0 ? begun.elapsed() : (2 * m_usualMs + begun.elapsed()) / 3;
    SlotView view{.slot = m_views[slot].slot,
        .serial = recorded.serial,
        .state = slotStateOf(recorded.examination.verdict),
        .attempt = recorded.attempt,
        .attempts = m_line.plan().retest.attempts,
        .isHeld = isHeld(m_line.plan().enroll, recorded.delivery)};
    const auto &golden = m_line.golden();
    const bool isGolden = golden.isGolden(recorded.serial);
    const bool isExpected = golden.isExpected(recorded.serial, recorded.examination.verdict);
    set(slot, view, [examination = recorded.examination, isGolden, isExpected](SlotView &one) {
        one.what = wording::found(examination);
        one.next =
            isGolden ? wording::goldenRead(isExpected) : wording::next(examination, one.isHeld);
    });
}

void SlotModel::tried(int slot, const station::Finding &finding)
{
    SlotView view = m_concluded.take(slot);
    if (finding.outcome == station::Outcome::Fail)
        view.state = SlotState::Fail;
    set(slot, view, [finding](SlotView &one) {
        one.what = wording::tried(finding);
        one.next = finding.outcome == station::Outcome::Fail ? wording::advice(finding.advice)
                                                             : wording::next(one.state, one.isHeld);
    });
}

void SlotModel::progress(int slot, const station::Progress &progress)
{
    SlotView view = m_views[slot];
    if (view.state != SlotState::Running)
        return;
    view.step = progress.step;
    view.steps = progress.steps;
    view.check = progress.check;
    replace(slot, view);
}

/// Once a second, while something runs.
void SlotModel::tick()
{
    if (m_begun.isEmpty())
        m_second.stop();
    m_begun.removeIf([this](const auto &begun) { // it was let go, and nothing concluded
        return m_line.stateOf(begun.key()) == Line::State::Empty;
    });
    for (auto begun = m_begun.cbegin(); begun != m_begun.cend(); ++begun) {
        SlotView view = m_views[begun.key()];
        if (view.state != SlotState::Running)
            continue;
        const qint64 left = m_usualMs - begun->elapsed();
        view.secondsLeft = left > 0 ? static_cast<int>((left + 999) / 1000) : 0;
        replace(begun.key(), view);
    }
}

void SlotModel::stopAsked()
{
    for (int slot = 0; slot < m_views.size(); ++slot)
        showStopping(slot);
}

void SlotModel::showStopping(int slot)
{
    SlotView view = m_views[slot];
    if (view.state != SlotState::Running && view.state != SlotState::Waiting)
        return;
    view.state = SlotState::Stopping;
    set(slot, view, sayNext);
}

void SlotModel::speak()
{
    for (int slot = 0; slot < m_views.size(); ++slot)
        set(slot, m_views[slot], m_words[slot]);
}

void SlotModel::set(int slot, SlotView view, const Words &words)
{
    words(view);
    m_words[slot] = words;
    replace(slot, view);
}

void SlotModel::replace(int slot, const SlotView &view)
{
    if (m_views[slot] == view)
        return;
    m_views[slot] = view;
    Q_EMIT dataChanged(index(slot), index(slot));
}

int SlotModel::slotNamed(const QString &name) const
{
    const auto found = std::ranges::find(m_views, name, &SlotView::slot);
    return found == m_views.end() ? -1 : static_cast<int>(found - m_views.begin());
}

} // namespace ui
