// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/discretion.h"

#include "station/claim.h"
#include "station/plan.h"

namespace upload::handover {

using station::LedgerReader;
using station::RecordFilter;
using station::Result;

namespace {

bool isForAll(const RecordFilter &asked)
{
    return asked.order.isEmpty() && asked.customer.isEmpty();
}

/// Whether there is a record like this.
Result<bool> isThere(LedgerReader &reader, RecordFilter one)
{
    one.limit = 1;
    const auto found = reader.find(one);
    if (!found)
        return std::unexpected(found.error());
    return !found->isEmpty();
}

/// False: it contradicts what the field says already.
bool narrow(QString &field, const QString &wanted)
{
    if (field.isEmpty())
        field = wanted;
    return wanted.isEmpty() || field == wanted;
}

} // namespace

Result<bool> bodyNamesOthers(
    LedgerReader &reader, const RecordFilter &asked, const QByteArray &body)
{
    if (isForAll(asked))
        return false;
    for (const QString &serial : station::unitsNamedIn(body)) {
        const auto ours =
            isThere(reader, {.serial = serial, .order = asked.order, .customer = asked.customer});
        if (!ours)
            return ours;
        if (!*ours)
            return true;
    }
    return false;
}

Result<bool> planNamesOthers(
    LedgerReader &reader, const RecordFilter &asked, const QByteArray &text)
{
    if (isForAll(asked))
        return false;
    const auto plan = station::parsePlan(text, {});
    if (!plan)
        return true; // nobody can tell
    for (const station::EnrollRoute &route : plan->enroll.routes) {
        RecordFilter one{.order = asked.order, .customer = asked.customer};
        if (!narrow(one.order, route.order) || !narrow(one.customer, route.customer))
            return true;
        const auto ours = isThere(reader, one);
        if (!ours)
            return ours;
        if (!*ours)
            return true;
    }
    return false;
}

} // namespace upload::handover
