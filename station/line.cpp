// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/line.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> refusal(const QString &why)
{
    return std::unexpected(Error{Fault::Refused, why});
}

} // namespace

Line::Line(QList<Slot> places, Plan plan, PayloadMaker payloadMaker)
    : m_slots(std::move(places)), m_plan(std::move(plan)), m_payloadMaker(std::move(payloadMaker))
{
    for (int slot = 0; slot < m_slots.size(); ++slot)
        m_places[slot] = {};
}

Result<void> Line::check(const QString &serial) const
{
    if (m_stopped)
        return refusal(u"the line has stopped"_s);
    if (!m_plan.serialPattern.match(serial).hasMatch())
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
    m_queue.enqueue({serial, target});
    next();
    return {};
}

void Line::stop()
{
    m_stopped = true;
    m_queue.clear();
    Q_EMIT stopAsked();
    if (idle())
        Q_EMIT becameIdle();
}

bool Line::idle() const
{
    return m_queue.isEmpty() && std::ranges::all_of(m_places, [](const Place &place) {
        return place.state == State::Empty;
    });
}

void Line::next()
{
    for (auto place = m_places.begin(); place != m_places.end() && !m_queue.isEmpty(); ++place) {
        if (place->state != State::Empty || m_stopped)
            continue;
        const Waiting waiting = m_queue.dequeue();
        *place = Place{.state = State::Admitting,
            .device = {.serial = waiting.serial},
            .target = waiting.target.isEmpty() ? m_slots[place.key()].target : waiting.target,
            .examination = {}};
        Q_EMIT admissionAsked(waiting.serial);
    }
}

void Line::admitted(const QString &serial, const Result<Device> &device)
{
    const int slot = placeOf(serial);
    if (slot < 0 || m_places[slot].state != State::Admitting)
        return;
    Place &place = m_places[slot];
    if (!device || m_stopped) {
        const Error stopped{Fault::Refused, u"the line has stopped"_s};
        Q_EMIT refused(serial, device ? stopped : device.error());
        release(slot);
        return;
    }
    place.device = *device;
    place.state = State::Examining;
    Q_EMIT examinationAsked(slot, serial, place.target);
}

void Line::examined(int slot, const Examination &examination)
{
    Place &place = m_places[slot];
    if (place.state != State::Examining)
        return;
    place.examination = examination;
    place.state = State::Recording;
    Q_EMIT recordAsked(slot, proposalOf(slot));
}

void Line::recorded(int slot, const Result<Recorded> &recorded)
{
    const Place place = m_places[slot];
    if (place.state != State::Recording)
        return;
    if (recorded) {
        Q_EMIT concluded(slot, *recorded);
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
        Q_EMIT halted(unrecorded, recorded.error());
        Q_EMIT stopAsked();
    }
    release(slot);
}

void Line::release(int slot)
{
    m_places[slot] = {};
    next();
    if (idle())
        Q_EMIT becameIdle();
}

int Line::placeOf(const QString &serial) const
{
    for (auto place = m_places.begin(); place != m_places.end(); ++place)
        if (place->state != State::Empty && place->device.serial == serial)
            return place.key();
    return -1;
}

Proposal Line::proposalOf(int slot) const
{
    const Place &place = *m_places.find(slot);
    Proposal proposal{.device = place.device,
        .slot = m_slots[slot].name,
        .planName = m_plan.name,
        .planVersion = m_plan.version,
        .planSha256 = m_plan.sha256,
        .purpose = m_plan.purpose,
        .examination = place.examination,
        .enrollment = {},
        .when = m_plan.enroll.when};
    if (place.examination.verdict != Verdict::Pass || !place.examination.key)
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
