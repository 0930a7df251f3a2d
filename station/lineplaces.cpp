// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/line.h"

#include <QTimer>

namespace station {

using namespace Qt::StringLiterals;

/// One open slot is enough: the others are passed by.
Result<void> Line::checkGolden() const
{
    QStringList locked;
    for (const Slot &slot : m_slots) {
        QStringList owed;
        for (const QStringList &serials : m_golden.owed(slot.name))
            owed.append(serials.join(u" or "_s));
        if (owed.isEmpty())
            return {};
        locked.append(u"slot %1 has to read %2"_s.arg(slot.name, owed.join(u" and "_s)));
    }
    return locked.isEmpty()
        ? Result<void>()
        : std::unexpected(Error{Fault::Refused,
              u"no slot is open before it has read the golden devices: "_s + locked.join(u"; "_s)});
}

void Line::readGolden(int slot, const Recorded &recorded)
{
    if (!m_golden.isGolden(recorded.serial))
        return;
    m_golden.read(m_slots[slot].name, recorded.serial, recorded.examination.verdict, recorded.atUs);
    QTimer::singleShot(m_golden.rule().hours, this, [this, slot] { Q_EMIT placeChanged(slot); });
}

Line::Place Line::placeAt(int slot) const
{
    Place place = m_places.value(slot);
    if (slot >= 0 && slot < m_slots.size())
        place.owed = m_golden.owed(m_slots[slot].name);
    return place;
}

bool Line::fits(const Waiting &waiting, int slot) const
{
    if (slot != waiting.slot.value_or(slot))
        return false;
    return m_golden.isGolden(waiting.serial) || m_golden.owed(m_slots[slot].name).isEmpty();
}

/// A device that was tested before stays where it is; a new one takes the device that arrived
/// first; and one that shows a verdict is taken only when no slot is free for a device to come.
std::optional<int> Line::placeFor(const Waiting &waiting) const
{
    std::optional<int> chosen;
    int best = 0;
    bool isOneVacant = false;
    for (auto place = m_places.begin(); place != m_places.end(); ++place) {
        if (place->state != State::Empty || !fits(waiting, place.key()))
            continue;
        int rank = 0;
        if (place->presence == Presence::Absent && waiting.target.isEmpty())
            isOneVacant = true;
        else if (place->isShown && place->device.serial == waiting.serial)
            rank = 4;
        else if (place->presence == Presence::Present && !place->isShown)
            rank = 3;
        else
            rank = place->isShown ? 1 : 2;
        const bool isOlder = chosen && rank == best && place->since < m_places[*chosen].since;
        if (rank > best || (rank > 0 && isOlder)) {
            best = rank;
            chosen = place.key();
        }
    }
    return best == 1 && isOneVacant ? std::nullopt : chosen;
}

void Line::probed(int slot, Presence presence)
{
    Place &place = m_places[slot];
    if (place.state != State::Empty || presence == Presence::Unknown || presence == place.presence)
        return;
    // Whoever leaves or arrives takes the verdict away; a first look changes nothing.
    if (place.presence != Presence::Unknown || presence == Presence::Absent)
        place.isShown = false;
    place.presence = presence;
    place.since = ++m_events;
    Q_EMIT placeChanged(slot);
    next();
}

int Line::placeOf(const QString &serial) const
{
    for (auto place = m_places.begin(); place != m_places.end(); ++place)
        if (place->state != State::Empty && place->device.serial == serial)
            return place.key();
    return -1;
}

} // namespace station
