// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/plan.h"
#include "tests/fuzz/entry.h"

/// A plan file that somebody edited.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto plan = station::parsePlan(input, QStringLiteral("plan.toml"));
    if (plan) {
        fuzz::require(!plan->name.isEmpty());
        fuzz::require(plan->sha256.size() == 64);
        fuzz::require(plan->serialPattern.isValid());
        for (const QString &proof : {QStringLiteral("uniqueness"), QStringLiteral("challenge")})
            fuzz::require(
                !plan->leave.writes() || plan->severityOf(proof) == station::Severity::Fail);
    } else {
        fuzz::require(plan.error().fault == station::Fault::Syntax);
        fuzz::require(plan.error().detail.startsWith(QStringLiteral("plan.toml:")));
    }
    return 0;
}
