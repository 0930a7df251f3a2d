// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/plan.h"
#include "app/commands/all.h"

#include <QDir>
#include <QJsonArray>

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"FILE"_s, u"The plan."_s);
    parser.addOption({u"json"_s, u"Print one JSON object."_s});
}

Exit runPlanCheck(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1)
        return wrongUse(u"plan check needs one FILE"_s);
    const QString file = parser.positionalArguments().first();
    const auto plan = station::loadPlan(file, QDir::currentPath());
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
