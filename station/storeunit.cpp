// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the factory means with a unit, kept with whatever changes it.
#include "station/ornull.h"
#include "station/store.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace station {

using namespace Qt::StringLiterals;

namespace {

UnitEvent eventOf(const Proposal &proposal)
{
    if (proposal.examination.verdict != Verdict::Pass)
        return UnitEvent::Failed;
    return proposal.when == Moment::Pass ? UnitEvent::Passed : UnitEvent::Held;
}

QByteArray bodyOf(const UnitDeed &deed, const Unit &unit, const UnitDone &done)
{
    QJsonArray hubs;
    for (const HubIdentity &hub : done.hubs)
        hubs.append(QJsonObject{{u"deviceId"_s, hub.deviceId}, {u"hub"_s, orNull(hub.hub)}});
    return QJsonDocument(
        QJsonObject{{u"action"_s, word(deed.event)}, {u"serial"_s, deed.serial},
            {u"order"_s, orNull(unit.order)}, {u"customer"_s, orNull(unit.customer)},
            {u"product"_s, orNull(unit.product)}, {u"reason"_s, orNull(deed.reason)},
            {u"board"_s, orNull(deed.board)}, {u"work"_s, orNull(deed.work)},
            {u"disposition"_s, word(done.disposition)},
            {u"people"_s, QJsonArray::fromStringList(deed.people)}, {u"hubs"_s, hubs}})
        .toJson(QJsonDocument::Compact);
}

Result<void> checkReason(const UnitDeed &deed, const DeedRule &rule)
{
    const bool isFree = deed.event == UnitEvent::Retest && deed.reason.isEmpty();
    if (deed.event == UnitEvent::Ship || isFree)
        return {};
    if (deed.reason.isEmpty())
        return std::unexpected(Error{Fault::Refused, u"this needs a reason's code (--reason)"_s});
    if (deed.event == UnitEvent::Repair && deed.work.isEmpty())
        return std::unexpected(
            Error{Fault::Refused, u"a repair needs the code of what was done (--action)"_s});
    if (rule.reasons.isEmpty() || rule.reasons.contains(deed.reason))
        return {};
    return std::unexpected(Error{Fault::Refused,
        u"\"%1\" is no reason of the plan; it knows %2"_s.arg(
            deed.reason, rule.reasons.join(u", "_s))});
}

} // namespace

Result<void> Store::writeUnit(const Proposal &proposal, const Entry &entry)
{
    if (!claimsKey(proposal.purpose))
        return {};
    const Device &device = proposal.device;
    auto known = unitOf(*m_database, device.serial);
    if (!known)
        return std::unexpected(known.error());
    const auto now = *known ? std::optional((*known)->disposition) : std::nullopt;
    auto disposition = after(eventOf(proposal), now, device.serial);
    if (!disposition)
        return std::unexpected(disposition.error());
    const bool passed = proposal.examination.verdict == Verdict::Pass;
    // Who was interrupted knows only the serial: what was known stays.
    const auto kept = [](const QString &column) {
        return u"%1 = CASE WHEN excluded.%1 = '' THEN unit.%1 ELSE excluded.%1 END, "_s.arg(column);
    };
    auto written = m_database->change(
        u"INSERT INTO unit (serial, board_serial, order_ref, customer, product, disposition, "
        "verdict, moment, station_id, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (serial) DO UPDATE SET "_s
            + kept(u"board_serial"_s) + kept(u"order_ref"_s) + kept(u"customer"_s)
            + kept(u"product"_s) + (passed ? u"moment = excluded.moment, "_s : QString())
            + u"disposition = excluded.disposition, verdict = excluded.verdict, "
              "station_id = excluded.station_id, seq = excluded.seq"_s,
        {device.serial, device.boardSerial, device.order, device.customer, device.product,
            word(*disposition), word(proposal.examination.verdict), word(proposal.when),
            entry.stationId, entry.seq});
    if (!written)
        return std::unexpected(written.error());
    return {};
}

Result<void> Store::dispose(const QString &serial, Disposition disposition, const Entry &entry)
{
    auto moved = m_database->change(
        u"UPDATE unit SET disposition = ?, station_id = ?, seq = ? WHERE serial = ?"_s,
        {word(disposition), entry.stationId, entry.seq, serial});
    if (!moved)
        return std::unexpected(moved.error());
    return concern(serial, entry);
}

Result<void> Store::concern(const QString &serial, const Entry &entry)
{
    auto written =
        m_database->change(u"INSERT INTO unit_entry (serial, station_id, seq) VALUES (?, ?, ?)"_s,
            {serial, entry.stationId, entry.seq});
    if (!written)
        return std::unexpected(written.error());
    return {};
}

Result<void> Store::mayShip(const Unit &unit)
{
    const auto refused = [&unit](const QString &why) {
        return std::unexpected(
            Error{Fault::Refused, u"unit %1 may not leave: %2"_s.arg(unit.serial, why)});
    };
    if (unit.verdict != Verdict::Pass)
        return refused(u"its last examination ended as %1"_s.arg(word(unit.verdict)));
    if (unit.disposition == Disposition::Held && unit.moment != Moment::Ship)
        return refused(u"it is held, and waits for the release of its order (order release)"_s);
    auto bound = m_database->select(
        u"SELECT (SELECT count(*) FROM elsewhere e WHERE e.ek_sha256 = b.ek_sha256) FROM binding b "
        "WHERE b.state = 'active' AND b.serial = ?"_s,
        {unit.serial});
    if (!bound)
        return std::unexpected(bound.error());
    if (bound->isEmpty())
        return refused(u"no key is bound to it"_s);
    if (bound->first().first().toLongLong() > 0)
        return refused(u"another line has its key too"_s);
    return {};
}

Result<UnitDone> Store::carryOut(const UnitDeed &deed, const DeedRule &rule)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    if (auto checked = checkReason(deed, rule); !checked)
        return std::unexpected(checked.error());
    return m_database->transact([&] { return carryOutNow(deed, rule); });
}

Result<UnitDone> Store::carryOutNow(UnitDeed deed, const DeedRule &rule)
{
    if (auto locked = lockHead(); !locked)
        return std::unexpected(locked.error());
    auto people = allowed(deed.people, rightFor(deed.event), rule.persons);
    if (!people)
        return std::unexpected(people.error());
    deed.people = *people;
    if (auto checked = checkRole(deed.people, rule.role); !checked)
        return std::unexpected(checked.error());
    auto unit = unitOf(*m_database, deed.serial);
    if (!unit)
        return std::unexpected(unit.error());
    const auto now = *unit ? std::optional((*unit)->disposition) : std::nullopt;
    auto disposition = after(deed.event, now, deed.serial);
    if (!disposition)
        return std::unexpected(disposition.error());
    if (deed.event == UnitEvent::Ship)
        if (auto allowed = mayShip(**unit); !allowed)
            return std::unexpected(allowed.error());
    UnitDone done{.seq = 0, .disposition = *disposition, .deliveries = 0, .hubs = {}};
    if (deed.event == UnitEvent::Scrap) {
        auto hubs = hubsOf(deed.serial, rule);
        if (!hubs)
            return std::unexpected(hubs.error());
        done.hubs = *hubs;
    }
    auto entry = append(
        deed.event == UnitEvent::Ship ? u"release"_s : u"action"_s, bodyOf(deed, **unit, done));
    if (!entry)
        return std::unexpected(entry.error());
    done.seq = entry->seq;
    auto deliveries = follow(deed, rule, *entry);
    if (!deliveries)
        return std::unexpected(deliveries.error());
    done.deliveries = *deliveries;
    if (auto disposed = dispose(deed.serial, *disposition, *entry); !disposed)
        return std::unexpected(disposed.error());
    return done;
}

} // namespace station
