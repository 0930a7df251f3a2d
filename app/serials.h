// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QList>

namespace app {

/// One line of a serials file: what to test, and where if not on the next free slot.
struct Job {
    QString serial;
    QString target;

    bool operator==(const Job &) const = default;
};

/// "serial[<TAB>target]"; nothing for an empty line or one that starts with '#'. Fault::Syntax.
[[nodiscard]] station::Result<std::optional<Job>> parseSerialLine(const QByteArray &line);

/// Every line of a serials file; `file` names it in errors. Fault::Syntax with file and line.
[[nodiscard]] station::Result<QList<Job>> parseSerials(const QByteArray &text, const QString &file);

[[nodiscard]] station::Result<QList<Job>> loadSerials(const QString &file);

} // namespace app
