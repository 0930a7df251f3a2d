// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/enrollrule.h"
#include "station/leaverule.h"
#include "station/verdict.h"
#include "tpm/budget.h"

#include <QList>
#include <QRegularExpression>
#include <QVariantMap>

namespace station {

/// How much a failed check weighs.
enum class Severity { Fail, Warn, Record, Off };

/// One check that a plan asks for.
struct CheckRule {
    QString name;
    Severity severity = Severity::Fail;
    QVariantMap limits = {}; ///< the check's own keys; see station/checks

    bool operator==(const CheckRule &) const = default;
};

/// Which proven devices show that they can provision themselves, before they leave their slot.
struct TrialRule {
    int every = 0; ///< the first device of a shift, and each so-many-th after it; 0: none
    std::chrono::milliseconds deadline{60'000}; ///< from the verdict to the end

    bool operator==(const TrialRule &) const = default;
};

/// What it takes to repair, scrap or take back a unit.
struct ReworkRule {
    int persons = 0;
    QStringList reasons = {}; ///< codes; empty: any word
    bool deletes = true; ///< a replaced board's enrollment; else it is disabled

    bool operator==(const ReworkRule &) const = default;
};

/// How often a unit may fail before somebody has to decide about it.
struct RetestRule {
    int attempts = 3; ///< fail and timeout count; 0: no limit
    QString releaseBy = {}; ///< the role of who may allow as many more; empty: any

    bool operator==(const RetestRule &) const = default;
};

/// What happens to a scan while the factory's system gives no usable answer.
enum class WhenDown { Stop, CachedOrder };

/// A versioned TOML file: which checks, which limits, how to enroll.
struct Plan {
    QString name;
    QString version;
    QString sha256; ///< hex, of the file's bytes
    Purpose purpose = Purpose::Production;
    QRegularExpression serialPattern;
    QList<CheckRule> checks;
    LeaveRule leave;
    EnrollRule enroll;
    TrialRule trial;
    ReworkRule rework;
    int releasers = 0; ///< so many different people let held units go, or ship
    WhenDown whenDown = WhenDown::Stop;
    bool isFirstPieceFirst = false; ///< after a changeover one unit passes before others begin
    std::optional<std::chrono::hours> unsynced; ///< a clock may run without; none: for ever
    RetestRule retest;
    tpm::Budget budget;

    [[nodiscard]] Severity severityOf(const QString &check) const;
    [[nodiscard]] QVariantMap limitsOf(const QString &check) const;

    bool operator==(const Plan &) const = default;
};

/// A plan from bytes; `file` only names them in errors (Fault::Syntax with file:line:column).
[[nodiscard]] Result<Plan> parsePlan(const QByteArray &toml, const QString &file);

/// A plan that ships ("production", "training", "qa"), or a file; relative to `folder`.
[[nodiscard]] Result<Plan> loadPlan(const QString &nameOrFile, const QString &folder);

} // namespace station
