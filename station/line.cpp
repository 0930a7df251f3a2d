// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/line.h"

#include "station/cue.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> refusal(const QString &why)
{
    return std::unexpected(Error{Fault::Refused, why});
}

} // namespace

Line::Line(QList<Slot> places, Plan plan, PayloadMaker payloadMaker, GoldenGate golden)
    : m_slots(std::move(places)), m_plan(std::move(plan)), m_payloadMaker(std::move(payloadMaker)),
      m_golden(std::move(golden))
{
    for (int slot = 0; slot < m_slots.size(); ++slot)
        m_places[slot] = {};
}

Result<void> Line::check(const QString &serial) const
{
    if (m_stopped)
        return refusal(u"the line has stopped"_s);
    if (m_held)
        return refusal(u"the line is held"_s);
    if (cueOf(serial))
        return refusal(
            u"\"%1\" begins as a command does, so it cannot be a serial"_s.arg(serial.left(64)));
    if (!m_golden.isGolden(serial))
        if (const auto open = checkGolden(); !open)
            return open;
    if (!m_plan.serialPattern.match(serial).hasMatch() && !m_golden.isGolden(serial))
        return refusal(u"serial \"%1\" does not match the plan's pattern %2"_s.arg(
            serial.left(64), m_plan.serialPattern.pattern()));
    if (placeOf(serial) >= 0)
        return refusal(u"serial %1 is under test"_s.arg(serial));
    if (std::ranges::find(m_queue, serial, &Waiting::serial) != m_queue.end())
        return refusal(u"serial %1 is queued already"_s.arg(serial));
    return {};
}

Result<void> Line::scan(const QString &serial, const QString &target)
{
    if (auto checked = check(serial); !checked)
        return checked;
    // A slot's own target means that slot, whatever else is free.
    const auto own =
        target.isEmpty() ? m_slots.end() : std::ranges::find(m_slots, target, &Slot::target);
    enqueue({serial, target,
        own == m_slots.end() ? std::nullopt
                             : std::optional(static_cast<int>(own - m_slots.begin()))});
    return {};
}

Result<void> Line::scanAt(int slot, const QString &serial)
{
    if (auto checked = check(serial); !checked)
        return checked;
    const Place place = m_places.value(slot);
    if (place.state != State::Empty || place.presence != Presence::Present)
        return refusal(u"serial %1 has left its slot"_s.arg(serial));
    enqueue({serial, {}, slot});
    return {};
}

void Line::enqueue(const Waiting &waiting)
{
    m_queue.enqueue(waiting);
    Q_EMIT queueChanged();
    next();
}

void Line::stop()
{
    m_stopped = true;
    m_queue.clear();
    Q_EMIT queueChanged();
    Q_EMIT stopAsked();
    cancelAsked();
    if (idle())
        Q_EMIT becameIdle();
}

void Line::hold()
{
    m_held = true;
    Q_EMIT stopAsked();
    cancelAsked();
}

void Line::resume()
{
    m_held = false;
    next();
}

QStringList Line::waiting() const
{
    QStringList serials;
    for (const Waiting &waiting : m_queue)
        serials.append(waiting.serial);
    return serials;
}

bool Line::idle() const
{
    return m_queue.isEmpty() && std::ranges::all_of(m_places, [](const Place &place) {
        return place.state == State::Empty;
    });
}

void Line::next()
{
    for (qsizetype at = 0; at < m_queue.size() && !isHeld();) {
        const auto slot = placeFor(m_queue[at]);
        if (!slot) {
            ++at;
            continue;
        }
        const Waiting waiting = m_queue.takeAt(at);
        Place &place = m_places[*slot];
        place.state = State::Admitting;
        place.device = {.serial = waiting.serial};
        place.target = waiting.target.isEmpty() ? m_slots[*slot].target : waiting.target;
        place.examination = {};
        place.isShown = false;
        Q_EMIT queueChanged();
        Q_EMIT placeChanged(*slot);
        if (m_golden.isGolden(waiting.serial))
            admitted(waiting.serial, place.device); // the factory's system knows nothing of it
        else
            Q_EMIT admissionAsked(waiting.serial);
    }
}

void Line::admitted(const QString &serial, const Result<Device> &device)
{
    const int slot = placeOf(serial);
    if (slot < 0 || m_places[slot].state != State::Admitting)
        return;
    Place &place = m_places[slot];
    if (!device || isHeld()) {
        const Error stopped{Fault::Refused, u"the line has stopped"_s};
        Q_EMIT refused(serial, device ? stopped : device.error());
        release(slot, false);
        return;
    }
    place.device = *device;
    if (m_slots[slot].prompt.isEmpty()) {
        examine(slot);
        return;
    }
    place.state = State::Asking;
    Q_EMIT placeChanged(slot);
}

Result<void> Line::confirm(int slot)
{
    if (stateOf(slot) != State::Asking)
        return refusal(u"nothing is asked on this slot"_s);
    examine(slot);
    return {};
}

void Line::examine(int slot)
{
    Place &place = m_places[slot];
    place.state = State::Examining;
    Q_EMIT placeChanged(slot);
    Q_EMIT examinationAsked(slot, place.device.serial, place.target);
}

void Line::cancel(int slot)
{
    if (stateOf(slot) != State::Asking)
        return;
    Q_EMIT refused(m_places[slot].device.serial, {Fault::Refused, u"the line has stopped"_s});
    release(slot, false);
}

void Line::cancelAsked()
{
    for (int slot = 0; slot < m_slots.size(); ++slot)
        cancel(slot);
}

void Line::examined(int slot, const Examination &examination)
{
    Place &place = m_places[slot];
    if (place.state != State::Examining)
        return;
    place.examination = examination;
    place.state = State::Recording;
    Q_EMIT placeChanged(slot);
    Q_EMIT recordAsked(slot, proposalOf(slot));
}

void Line::recorded(int slot, const Result<Recorded> &recorded)
{
    const Place place = m_places[slot];
    if (place.state != State::Recording)
        return;
    if (recorded) {
        readGolden(slot, *recorded);
        Q_EMIT concluded(slot, *recorded);
        if (m_places[slot].state == State::Trying) {
            Q_EMIT placeChanged(slot);
            return;
        }
    } else {
        // No verdict without a record: what was seen is shown as the station's error, and nothing
        // more is started that could not be recorded either.
        Recorded unrecorded{.serial = place.device.serial,
            .slot = m_slots[slot].name,
            .examination = place.examination};
        unrecorded.examination.verdict = Verdict::Error;
        unrecorded.examination.trouble = Trouble{u"ledger"_s, recorded.error().detail};
        m_stopped = true;
        m_queue.clear();
        Q_EMIT queueChanged();
        Q_EMIT halted(unrecorded, recorded.error());
        Q_EMIT stopAsked();
    }
    release(slot, true);
}

void Line::keep(int slot)
{
    if (Place &place = m_places[slot]; place.state == State::Recording)
        place.state = State::Trying;
}

void Line::letGo(int slot, const Finding &finding)
{
    if (m_places[slot].state != State::Trying)
        return;
    Q_EMIT tried(slot, finding);
    release(slot, true);
}

void Line::release(int slot, bool isShown)
{
    Place &place = m_places[slot];
    place.state = State::Empty;
    place.isShown = isShown;
    place.since = ++m_events;
    // Pulled out while it was tested: it has left already, and what it leaves is still to be read.
    const auto &trouble = place.examination.trouble;
    const bool isGone = trouble && (trouble->code == u"target" || trouble->code == u"link");
    if (place.presence != Presence::Unknown)
        place.presence = isGone ? Presence::Absent : Presence::Present;
    Q_EMIT placeChanged(slot);
    next();
    if (idle())
        Q_EMIT becameIdle();
}

Proposal Line::proposalOf(int slot) const
{
    const Place place = m_places.value(slot);
    Proposal proposal{.device = place.device,
        .slot = m_slots[slot].name,
        .planName = m_plan.name,
        .planVersion = m_plan.version,
        .planSha256 = m_plan.sha256,
        .purpose = m_golden.isGolden(place.device.serial) ? Purpose::Golden : m_plan.purpose,
        .examination = place.examination,
        .enrollment = {},
        .when = m_plan.enroll.when,
        .isEnabledLater = m_plan.enroll.isEnabledLater(),
        .isEnabled = m_plan.enroll.enabled || m_plan.enroll.isEnabledLater()};
    if (place.examination.verdict != Verdict::Pass || !place.examination.key
        || proposal.purpose == Purpose::Golden)
        return proposal;
    const auto payload = m_payloadMaker(m_plan, place.device, *place.examination.key);
    if (payload) {
        proposal.enrollment = *payload;
    } else {
        proposal.examination.verdict = Verdict::Error;
        proposal.examination.trouble = Trouble{u"enrollment"_s, payload.error().detail};
    }
    return proposal;
}

} // namespace station
