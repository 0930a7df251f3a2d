// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"
#include "tests/fuzz/entry.h"

/// A station.toml that somebody edited.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto settings = app::parseSettings(input, QStringLiteral("/station.toml"));
    if (!settings) {
        fuzz::require(settings.error().fault == station::Fault::Syntax);
        fuzz::require(settings.error().detail.startsWith(QStringLiteral("/station.toml:")));
        return 0;
    }
    fuzz::require(!settings->stationId.isEmpty());
    fuzz::require(settings->purpose == station::Purpose::Production
        || settings->purpose == station::Purpose::Training);
    for (const auto &service : settings->services) {
        fuzz::require(service.url.startsWith(QStringLiteral("https://"), Qt::CaseInsensitive));
        fuzz::require(service.credential.startsWith(QStringLiteral("file:/"))
            || service.credential.startsWith(QStringLiteral("env:")));
        fuzz::require(service.quotaPerMinute > 0);
    }
    return 0;
}
