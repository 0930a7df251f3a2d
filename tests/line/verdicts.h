// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/examine.h"

#include <QJsonDocument>

/// What the tests of single devices share: an examination by a plan that ships, and its findings.
namespace verdicts {

using namespace Qt::StringLiterals;
using namespace station;

inline Plan planOf(const QString &name)
{
    auto plan = loadPlan(name, {});
    if (!plan)
        qFatal("%s", qPrintable(plan.error().detail));
    return *plan;
}

inline Examination examined(const Subject &subject, const QString &plan = u"training"_s)
{
    return examine(subject, planOf(plan), std::make_shared<tpm::Stop>());
}

inline QByteArray said(const Examination &examination)
{
    return QJsonDocument(toJson(examination)).toJson();
}

inline Finding findingOf(const Examination &examination, const QString &check)
{
    const auto &all = examination.findings;
    const auto found = std::ranges::find(all, check, &Finding::check);
    return found == all.end() ? Finding{} : *found;
}

} // namespace verdicts
