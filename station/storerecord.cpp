// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/store.h"

#include <algorithm>

namespace station {

using namespace Qt::StringLiterals;

namespace {

QString ekOf(const Examination &examination)
{
    return examination.key ? QString::fromLatin1(examination.key->sha256().toHex()) : u""_s;
}

QString firstFail(const QList<Finding> &findings)
{
    const auto at = std::ranges::find(findings, Outcome::Fail, &Finding::outcome);
    return at == findings.end() ? u""_s : at->check;
}

QString serviceOf(const Proposal &proposal)
{
    return proposal.enrollment ? proposal.enrollment->destination : u""_s;
}

} // namespace

QString registrationKeyOf(const Proposal &proposal)
{
    if (proposal.enrollment)
        return proposal.enrollment->key.toLower();
    return proposal.examination.key ? proposal.examination.key->registrationId().toLower() : u""_s;
}

Result<void> Store::checkProposal(const Proposal &proposal) const
{
    if (auto allowed = lineOnly(); !allowed)
        return allowed;
    if (proposal.device.serial.isEmpty())
        return std::unexpected(Error{Fault::Refused, u"an examination without a serial"_s});
    if (claimsKey(proposal.purpose)
        && (proposal.purpose == Purpose::Training) != (m_place.purpose == Purpose::Training))
        return std::unexpected(Error{Fault::Purpose,
            u"an examination for %1 in a ledger for %2"_s.arg(
                word(proposal.purpose), word(m_place.purpose))});
    return {};
}

Result<Recorded> Store::record(const Proposal &proposal)
{
    if (auto checked = checkProposal(proposal); !checked)
        return std::unexpected(checked.error());
    return m_database->transact([&] { return recordNow(proposal); });
}

Result<qint64> Store::act(const QByteArray &body)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    return m_database->transact([&]() -> Result<qint64> {
        const auto entry = append(u"action"_s, body);
        if (!entry)
            return std::unexpected(entry.error());
        return entry->seq;
    });
}

Result<qint64> Store::intend(const Intent &intent)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    return m_database->transact([&]() -> Result<qint64> {
        // The lock first: no other station may bind it between the look and the entry.
        if (auto locked = lockHead(); !locked)
            return std::unexpected(locked.error());
        // A claim without a serial is in conflict with every device that is known by this key.
        const auto claim = station::claimOf(*m_database, {intent.losesEk, u""_s, u""_s, u""_s});
        if (!claim)
            return std::unexpected(claim.error());
        if (!claim->conflicts.isEmpty())
            return std::unexpected(Error{
                Fault::Refused, u"a device has the key there: "_s + claim->conflicts[0].measured});
        const auto entry = append(u"action"_s, bodyOf(intent));
        if (!entry)
            return std::unexpected(entry.error());
        return entry->seq;
    });
}

Result<Recorded> Store::recordNow(Proposal proposal)
{
    // The lock first: what is read below must still hold when it is written.
    if (auto locked = lockHead(); !locked)
        return std::unexpected(locked.error());
    auto attempt = attemptOf(proposal.device.serial);
    if (!attempt)
        return std::unexpected(attempt.error());
    auto claim = claimOf(proposal);
    if (!claim)
        return std::unexpected(claim.error());
    const bool binds = judge(proposal, *claim);
    auto entry = append(u"exam"_s, bodyOf(proposal, m_place.stationId, *attempt));
    if (!entry)
        return std::unexpected(entry.error());
    if (auto written = writeRecord(proposal, *entry, *attempt); !written)
        return std::unexpected(written.error());
    if (auto written = writeUnit(proposal, *entry); !written)
        return std::unexpected(written.error());
    if (auto written = writeReport(proposal, *entry); !written)
        return std::unexpected(written.error());
    if (auto suspended = suspend(proposal, *entry); !suspended)
        return std::unexpected(suspended.error());
    Recorded recorded{proposal.device.serial, proposal.slot, proposal.examination, entry->seq,
        entry->atUs, *attempt, std::nullopt};
    if (binds) {
        auto delivery = bind(proposal, *entry, *claim);
        if (!delivery)
            return std::unexpected(delivery.error());
        recorded.delivery = *delivery;
    }
    auto gone = m_database->change(u"DELETE FROM queue WHERE station_id = ? AND serial = ?"_s,
        {m_place.stationId, proposal.device.serial});
    if (!gone)
        return std::unexpected(gone.error());
    return recorded;
}

bool Store::judge(Proposal &proposal, const Claim &claim)
{
    Examination &examination = proposal.examination;
    if (examination.verdict != Verdict::Pass || !claimsKey(proposal.purpose))
        return false;
    if (!examination.key) {
        // Never green: nobody could say later which key has passed.
        examination.verdict = Verdict::Error;
        examination.trouble = Trouble{u"ledger"_s, u"a pass without an endorsement key"_s};
        return false;
    }
    if (claim.conflicts.isEmpty())
        return true;
    examination.verdict = Verdict::Fail;
    // The bench has asked too, but another station was faster.
    examination.findings.removeIf(
        [](const Finding &finding) { return finding.check == u"uniqueness"; });
    examination.findings += claim.conflicts;
    return false;
}

Result<Claim> Store::claimOf(const Proposal &proposal)
{
    if (proposal.examination.verdict != Verdict::Pass || !proposal.examination.key)
        return Claim{};
    return station::claimOf(*m_database,
        {ekOf(proposal.examination), proposal.device.serial, serviceOf(proposal),
            registrationKeyOf(proposal)});
}

Result<void> Store::writeRecord(const Proposal &proposal, const Entry &entry, int attempt)
{
    const Device &device = proposal.device;
    const Examination &exam = proposal.examination;
    const tpm::Properties properties = exam.properties.value_or(tpm::Properties{});
    auto written = m_database->change(
        u"INSERT INTO record (station_id, seq, at_us, serial, board_serial, order_ref, customer, "
        u"product, "
        "slot, attempt, verdict, error_code, first_fail, ek_sha256, registration_id, manufacturer, "
        "firmware, plan, plan_version, purpose) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {entry.stationId, entry.seq, entry.atUs, device.serial, device.boardSerial, device.order,
            device.customer, device.product, proposal.slot, attempt, word(exam.verdict),
            exam.trouble ? exam.trouble->code : QString(), firstFail(exam.findings), ekOf(exam),
            registrationKeyOf(proposal), properties.manufacturer,
            exam.properties ? properties.firmware() : QString(), proposal.planName,
            proposal.planVersion, word(proposal.purpose)});
    if (!written)
        return std::unexpected(written.error());
    return {};
}

Result<std::optional<DeliveryState>> Store::bind(
    const Proposal &proposal, const Entry &entry, const Claim &claim)
{
    const auto left = leaveOther(proposal, entry, claim);
    if (!left)
        return std::unexpected(left.error());
    if (auto bound = writeBinding(proposal, entry, claim); !bound)
        return std::unexpected(bound.error());
    if (!proposal.enrollment)
        return std::optional<DeliveryState>{};
    return writeDelivery(proposal, entry, *left);
}

Result<void> Store::writeBinding(const Proposal &proposal, const Entry &entry, const Claim &claim)
{
    QString sql =
        u"INSERT INTO binding (ek_sha256, serial, board_serial, registration_key, service, "
        "station_id, seq, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'active')"_s;
    QVariantList values{ekOf(proposal.examination), proposal.device.serial,
        proposal.device.boardSerial, registrationKeyOf(proposal), serviceOf(proposal),
        entry.stationId, entry.seq};
    if (claim.renews && proposal.enrollment) {
        sql = u"UPDATE binding SET board_serial = ?, registration_key = ?, service = ?, station_id "
              u"= ?, "
              "seq = ? WHERE id = ?"_s;
        values = values.mid(2);
        values.append(*claim.renews);
    } else if (claim.renews) { // a plan that enrolls nothing leaves the enrollment as it is
        sql = u"UPDATE binding SET board_serial = ?, station_id = ?, seq = ? WHERE id = ?"_s;
        values = {proposal.device.boardSerial, entry.stationId, entry.seq, *claim.renews};
    }
    auto written = m_database->change(sql, values);
    if (!written)
        return std::unexpected(written.error());
    return {};
}

Result<std::optional<DeliveryState>> Store::writeDelivery(
    const Proposal &proposal, const Entry &entry, std::optional<qint64> left)
{
    const Payload &payload = *proposal.enrollment;
    const Payload queued{payload.destination, payload.key.toLower(), payload.body};
    auto known = isKnown(proposal, queued, entry);
    if (!known)
        return std::unexpected(known.error());
    if (*known)
        return enrollmentOf(queued.destination, queued.key);
    auto before = removalBefore(proposal.device.serial, ekOf(proposal.examination), queued.key);
    if (!before)
        return std::unexpected(before.error());
    using enum DeliveryState;
    const DeliveryState state =
        proposal.when == Moment::Pass || proposal.isEnabledLater ? Pending : Held;
    auto written = queueDelivery(entry, DeliveryKind::Enroll, queued, state, left ? left : *before);
    if (written && proposal.isEnabledLater)
        written = queueDelivery(entry, DeliveryKind::Enable, queued, Held);
    if (!written)
        return std::unexpected(written.error());
    return std::optional(state);
}

Result<void> Store::writeReport(const Proposal &proposal, const Entry &entry)
{
    if (!m_place.reports)
        return {};
    return queueDelivery(entry, DeliveryKind::Report,
        {reportDestination(), proposal.device.serial.toLower(), reportOf(entry)},
        DeliveryState::Pending);
}

} // namespace station
