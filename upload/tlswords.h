// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QSslError>

namespace upload {

/// What is wrong with the certificate that `host` has shown, and what to do about it. A wrong clock
/// makes good certificates look expired, so where it matters it is named.
[[nodiscard]] QString wordsOf(const QList<QSslError> &errors, const QString &host,
    const QDateTime &now = QDateTime::currentDateTimeUtc());

} // namespace upload
