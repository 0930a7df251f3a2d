// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/gate.h"

#include "station/examine.h"
#include "station/hex.h"
#include "station/hooks.h"
#include "station/network.h"
#include "tpm/handles.h"
#include "tpm/session.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace station {

using namespace Qt::StringLiterals;

namespace {

Finding finding(bool isGood, const QString &check, const QString &measured, const QString &limit,
    const QString &advice)
{
    return {check, isGood ? Outcome::Pass : Outcome::Fail, measured, limit,
        isGood ? QString() : advice, 0};
}

/// What came after the examination that the binding rests on, and was no pass.
Finding newerFail(const GateFacts &facts)
{
    QStringList failed;
    for (const RecordRow &record : facts.records) {
        if (facts.binding && record.id == facts.binding->madeBy)
            break;
        if (record.verdict != Verdict::Pass)
            failed.append(u"%1 for %2, entry %3"_s.arg(word(record.verdict), word(record.purpose))
                    .arg(record.id.seq));
    }
    return finding(failed.isEmpty(), u"newer-fail"_s,
        failed.isEmpty() ? u"none"_s : failed.join(u"; "_s), u"none"_s, u"gate-newer-fail"_s);
}

/// What waits for shipment is as it should be, once what goes before it is done.
bool isAsMeant(const GateFacts &facts)
{
    using enum DeliveryState;
    const Delivery last = facts.operations.value(0);
    const bool turnsOn = last.kind == DeliveryKind::Enroll || last.kind == DeliveryKind::Enable;
    if (facts.unit->moment != Moment::Ship || last.state != Held)
        return turnsOn && last.state == Confirmed;
    return turnsOn && (facts.operations.size() == 1 || facts.operations.at(1).state == Confirmed);
}

Finding enrollment(const GateFacts &facts)
{
    const QString limit = u"as the plan means it"_s;
    if (!facts.unit || !facts.binding)
        return finding(false, u"enrollment"_s, u"none"_s, limit, u"gate-enrollment"_s);
    if (facts.binding->service.isEmpty())
        return finding(true, u"enrollment"_s, u"this plan enrolls nothing"_s, limit, {});
    QStringList said;
    for (const Delivery &operation : facts.operations)
        said.prepend(u"%1 %2"_s.arg(word(operation.kind), word(operation.state)));
    return finding(!facts.operations.isEmpty() && isAsMeant(facts), u"enrollment"_s,
        said.isEmpty() ? u"none"_s : said.join(u", "_s), limit, u"gate-enrollment"_s);
}

Finding handles(const GateSight &sight, const LeaveRule &leave)
{
    QStringList wrong;
    const auto demand = [&](bool isPromised, quint32 handle, bool isThere) {
        if (isPromised && sight.persistent.contains(handle) != isThere)
            wrong.append(u"0x%1 %2"_s.arg(handle, 8, 16, QLatin1Char('0'))
                    .arg(isThere ? u"missing"_s : u"still there"_s));
    };
    demand(leave.ek, tpm::endorsementHandle, true);
    demand(leave.srk, tpm::storageHandle, true);
    demand(leave.dropIdentity, tpm::identityHandle, false);
    return finding(wrong.isEmpty(), u"handles"_s,
        wrong.isEmpty() ? u"as the plan leaves them"_s : wrong.join(u", "_s),
        u"as the plan leaves them"_s, u"gate-handles"_s);
}

/// How many wrong passwords the TPM remembered when it passed; its check says so where there were
/// any.
quint32 lockoutOf(const QByteArray &body)
{
    static const QRegularExpression counted(u"(\\d+) of \\d+ failures"_s);
    for (const QJsonValue &one : QJsonDocument::fromJson(body)[u"findings"].toArray())
        if (one[u"check"].toString() == u"ownership"_s)
            return counted.match(one[u"measured"].toString()).captured(1).toUInt();
    return 0;
}

void broken(GateSight &sight, const tpm::Error &error)
{
    sight.examination.verdict = Verdict::Error;
    sight.examination.trouble =
        Trouble{error.fault == tpm::Fault::Busy ? u"busy"_s : u"link"_s, error.detail};
}

/// What an examination does not say.
void readMore(GateSight &sight, const QString &target, const tpm::Budget &budget,
    const std::shared_ptr<tpm::Stop> &stop)
{
    auto session = tpm::Session::open(*tpm::parseTarget(target), budget, stop);
    if (!session)
        return broken(sight, session.error());
    const auto persistent = (*session)->handles(tpm::firstPersistent, tpm::lastPersistent);
    const auto state = tpm::readState(**session);
    if (!persistent || !state)
        return broken(sight, persistent ? state.error() : persistent.error());
    sight.persistent = *persistent;
    sight.state = *state;
}

} // namespace

Result<GateFacts> gateFactsOf(LedgerReader &reader, const QString &serial)
{
    GateFacts facts;
    const auto unit = reader.unit(serial);
    const auto lineage = reader.lineage(serial);
    const auto records = reader.find({.serial = serial});
    if (!unit || !lineage || !records)
        return std::unexpected(!unit ? unit.error() : !lineage ? lineage.error() : records.error());
    facts.unit = *unit;
    for (const RecordRow &record : *records)
        if (record.purpose != Purpose::Packout)
            facts.records.append(record);
    for (const Binding &binding : *lineage)
        if (binding.serial == serial && binding.state == u"active")
            facts.binding = binding;
    if (!facts.binding)
        return facts;
    const auto operations =
        reader.operations(facts.binding->service, facts.binding->registrationKey);
    if (!operations)
        return std::unexpected(operations.error());
    facts.operations = *operations;
    const auto pass = reader.entry(facts.binding->madeBy);
    if (!pass)
        return std::unexpected(pass.error());
    facts.pass = pass->entry.body;
    return facts;
}

GateSight sightOf(const Slot &slot, const QString &serial, const Plan &plan)
{
    GateSight sight;
    const auto network = Network::enter(slot.network);
    if (!network) {
        sight.examination.verdict = Verdict::Error;
        sight.examination.trouble = Trouble{u"target"_s, network.error().detail};
        return sight;
    }
    // It stays under power until everything is read.
    Subject subject{
        .target = slot.target, .slot = slot.name, .hooks = {.before = slot.hooks.before}};
    subject.device.serial = serial;
    Plan look = plan;
    look.leave = {};
    look.checks = {{u"key"_s, Severity::Record}};
    const auto stop = std::make_shared<tpm::Stop>();
    sight.examination = examine(subject, look, stop);
    if (!sight.examination.trouble && sight.examination.key)
        readMore(sight, slot.target, plan.budget, stop);
    subject.hooks = slot.hooks;
    if (const auto finding = hooks::rest(subject, false))
        sight.examination.findings.append(*finding);
    return sight;
}

QList<Finding> judge(const GateFacts &facts)
{
    const auto &unit = facts.unit;
    const bool passed = unit && unit->verdict == Verdict::Pass;
    const bool mayLeave = unit
        && (unit->disposition == Disposition::Released
            || (unit->disposition == Disposition::Held && unit->moment == Moment::Ship && passed));
    return {
        finding(passed, u"verdict"_s, unit ? word(unit->verdict) : u"never examined"_s, u"pass"_s,
            u"gate-verdict"_s),
        newerFail(facts),
        finding(mayLeave, u"disposition"_s, unit ? word(unit->disposition) : u"none"_s,
            u"released, or held for shipment"_s, u"gate-disposition"_s),
        finding(facts.binding.has_value(), u"binding"_s,
            facts.binding ? u"active"_s : u"none is active"_s, u"active"_s, u"gate-binding"_s),
        enrollment(facts),
    };
}

QList<Finding> judge(const GateFacts &facts, const GateSight &sight, const LeaveRule &leave)
{
    const auto &key = sight.examination.key;
    const QString seen = key ? hex(key->sha256()) : u"none can be read"_s;
    const QString bound = facts.binding ? facts.binding->ekSha256 : QString();
    const Finding sameKey =
        finding(key && seen == bound, u"same-key"_s, seen, bound, u"gate-same-key"_s);
    if (!key)
        return {sameKey};
    const quint32 before = lockoutOf(facts.pass);
    return {
        sameKey,
        handles(sight, leave),
        finding(!sight.state.inLockout && sight.state.lockoutCounter <= before, u"lockout"_s,
            QString::number(sight.state.lockoutCounter),
            facts.pass.isNull() && facts.binding ? u"0, as the record of its pass is archived"_s
                                                 : u"at most %1"_s.arg(before),
            u"gate-lockout"_s),
    };
}

QStringList gateAdvices()
{
    return {u"gate-verdict"_s, u"gate-newer-fail"_s, u"gate-disposition"_s, u"gate-binding"_s,
        u"gate-enrollment"_s, u"gate-same-key"_s, u"gate-handles"_s, u"gate-lockout"_s};
}

} // namespace station
