// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serials.h"
#include "tests/fuzz/entry.h"

#include <algorithm>

/// A list of serials, or what a scanner types.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto jobs = app::parseSerials(input, QStringLiteral("serials"));
    if (!jobs) {
        fuzz::require(jobs.error().fault == station::Fault::Syntax);
        fuzz::require(jobs.error().detail.startsWith(QStringLiteral("serials:")));
        return 0;
    }
    fuzz::require(jobs->size() <= input.count('\n') + 1);
    for (const auto &job : *jobs) {
        fuzz::require(!job.serial.isEmpty() && job.serial.size() <= 128);
        fuzz::require(
            std::ranges::all_of(job.serial, [](QChar c) { return c.isPrint() && !c.isSpace(); }));
        fuzz::require(!job.target.contains(u'\n') && !job.target.contains(u'\t'));
    }
    return 0;
}
