// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/discretion.h"

#include "station/claim.h"
#include "station/plan.h"

namespace upload::handover {

namespace {

bool isForAll(const station::RecordFilter &asked)
{
    return asked.order.isEmpty() && asked.customer.isEmpty();
}

} // namespace

station::Result<bool> bodyNamesOthers(
    station::LedgerReader &reader, const station::RecordFilter &asked, const QByteArray &body)
{
    if (isForAll(asked))
        return false;
    for (const QString &serial : station::unitsNamedIn(body)) {
        const auto ours = reader.find(
            {.serial = serial, .order = asked.order, .customer = asked.customer, .limit = 1});
        if (!ours)
            return std::unexpected(ours.error());
        if (ours->isEmpty())
            return true;
    }
    return false;
}

bool planNamesOthers(const station::RecordFilter &asked, const QByteArray &text)
{
    if (isForAll(asked))
        return false;
    const auto plan = station::parsePlan(text, {});
    return !plan
        || std::ranges::any_of(plan->enroll.routes, [&asked](const station::EnrollRoute &route) {
               return (!route.customer.isEmpty() && route.customer != asked.customer)
                   || (!route.order.isEmpty() && route.order != asked.order);
           });
}

} // namespace upload::handover
