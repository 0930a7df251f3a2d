// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/wiring.h"

#include <QDir>
#include <QJsonArray>

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"FILE"_s, u"The plan."_s);
    parser.addOptions(
        {{u"station"_s, u"Whether this station's settings can work by it, too."_s, u"FILE"_s},
            {u"json"_s, u"Print one JSON object."_s}});
}

/// The plan in a file; with a station, only where that could work by it.
station::Result<station::Plan> checked(const QString &file, const QString &station)
{
    const auto plan = station::loadPlan(file, QDir::currentPath());
    if (!plan || station.isEmpty())
        return plan;
    const auto settings = loadSettings(station);
    if (!settings)
        return std::unexpected(settings.error());
    if (const auto fits = checkPlan(*plan, *settings); !fits)
        return std::unexpected(fits.error());
    return plan;
}

Exit runPlanCheck(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1)
        return wrongUse(u"plan check needs one FILE"_s);
    const QString file = parser.positionalArguments().first();
    const auto plan = checked(file, parser.value(u"station"_s));
    if (parser.isSet(u"json"_s)) {
        QJsonObject object{{u"plan"_s, file}, {u"valid"_s, plan.has_value()}};
        object[u"name"_s] = plan ? QJsonValue(plan->name) : QJsonValue::Null;
        object[u"version"_s] = plan ? QJsonValue(plan->version) : QJsonValue::Null;
        object[u"sha256"_s] = plan ? QJsonValue(plan->sha256) : QJsonValue::Null;
        object[u"error"_s] = plan ? QJsonValue::Null : QJsonValue(plan.error().detail);
        printJson(object);
    } else if (plan) {
        printLine(u"%1: plan %2, version %3, %4 checks, SHA-256 %5"_s.arg(
            file, plan->name, plan->version, QString::number(plan->checks.size()), plan->sha256));
    }
    if (plan)
        return Exit::Good;
    say(plan.error().detail);
    return Exit::DeviceFailed;
}

} // namespace

const Command planCheck{"plan check", "FILE", "Validate a plan file.",
    "ekstation-cli plan check my-plan.toml", describe, runPlanCheck};

} // namespace app::commands
