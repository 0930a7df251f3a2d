// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/deedrule.h"

#include "upload/enrollment.h"

#include <QJsonDocument>

namespace app {

using namespace Qt::StringLiterals;
using station::UnitEvent;

namespace {

station::HubIdentity hubOf(const station::Payload &payload)
{
    const QJsonObject record = QJsonDocument::fromJson(payload.body).object();
    const auto enrollment = upload::enrollmentOf(record);
    const QString deviceId = enrollment ? enrollment->deviceId : QString();
    return {deviceId.isEmpty() ? payload.key : deviceId, record[u"iotHubHostName"].toString()};
}

} // namespace

station::DeedRule deedRuleOf(const station::Plan &plan, UnitEvent event)
{
    using station::DeliveryKind;
    if (event == UnitEvent::Retest)
        return {.persons = 1, .role = plan.retest.releaseBy};
    const bool ships = event == UnitEvent::Ship;
    return {.persons = ships ? plan.releasers : plan.rework.persons,
        .reasons = plan.rework.reasons,
        .removal = plan.rework.deletes ? DeliveryKind::Delete : DeliveryKind::Disable,
        .hub = hubOf};
}

} // namespace app
