// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/golden.h"

#include "station/ledgerreader.h"

namespace station {

bool GoldenGate::isGolden(const QString &serial) const
{
    return m_rule.pass.contains(serial) || m_rule.fail.contains(serial);
}

bool GoldenGate::isExpected(const QString &serial, Verdict verdict) const
{
    return verdict == (m_rule.pass.contains(serial) ? Verdict::Pass : Verdict::Fail);
}

void GoldenGate::read(const QString &slot, const QString &serial, Verdict verdict, qint64 atUs)
{
    if (!isGolden(serial) || verdict == Verdict::Error || verdict == Verdict::Aborted)
        return;
    if (Reading &last = m_readings[slot][serial]; last.atUs <= atUs)
        last = {atUs, isExpected(serial, verdict)};
}

/// The newest reading of each kind counts: what was read wrong is not outweighed by its elder.
bool GoldenGate::holds(const QString &slot, const QStringList &serials) const
{
    const auto readings = m_readings.value(slot);
    Reading newest;
    for (const QString &serial : serials)
        if (const Reading one = readings.value(serial); one.atUs > newest.atUs)
            newest = one;
    const qint64 now = m_clock().utcUs;
    const qint64 since = now - std::chrono::microseconds(m_rule.hours).count();
    // One of the future was read before the clock was set back: who knows when.
    return newest.isRight && newest.atUs > since && newest.atUs <= now;
}

QList<QStringList> GoldenGate::owed(const QString &slot) const
{
    QList<QStringList> owed;
    for (const QStringList &serials : {m_rule.pass, m_rule.fail})
        if (!serials.isEmpty() && !holds(slot, serials))
            owed.append(serials);
    return owed;
}

Result<GoldenGate> goldenGate(
    LedgerReader &reader, const QString &stationId, const GoldenRule &rule)
{
    GoldenGate gate(rule);
    const QStringList serials = rule.pass + rule.fail;
    for (const QString &serial : serials) {
        RecordFilter filter{.serial = serial};
        filter.fromUs = systemClock().utcUs - std::chrono::microseconds(rule.hours).count();
        const auto records = reader.find(filter);
        if (!records)
            return std::unexpected(records.error());
        for (const RecordRow &record : *records)
            if (record.purpose == Purpose::Golden && record.id.stationId == stationId)
                gate.read(record.slot, serial, record.verdict, record.atUs);
    }
    return gate;
}

} // namespace station
