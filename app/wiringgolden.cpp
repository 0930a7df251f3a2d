// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"

#include "station/ledgerreader.h"

namespace app {

/// What the slots have read of golden devices before the line last ended.
station::Result<station::GoldenGate> Wiring::takeUpGolden() const
{
    auto reader =
        station::LedgerReader::open(ledgerPlace(m_settings, station::LedgerPlace::Role::Courier));
    if (!reader)
        return std::unexpected(reader.error());
    return goldenGate(*reader, m_settings.stationId, m_settings.golden);
}

} // namespace app
