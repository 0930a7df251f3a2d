// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"

#include "station/ledgerreader.h"

namespace app {

using Role = station::LedgerPlace::Role;

/// With its replica, which has to be one of this ledger.
station::Result<void> Wiring::openLedger()
{
    const auto place = ledgerPlace(m_settings, Role::Line);
    if (auto replica = checkReplica(place); !replica)
        return replica;
    auto ledger = station::Ledger::open(place);
    if (!ledger)
        return std::unexpected(ledger.error());
    m_ledger = std::move(*ledger);
    if (!place.replica.isEmpty())
        m_replica = std::make_unique<station::Replica>(place);
    return {};
}

/// What the slots have read of golden devices before the line last ended.
station::Result<station::GoldenGate> Wiring::takeUpGolden() const
{
    auto reader = station::LedgerReader::open(ledgerPlace(m_settings, Role::Courier));
    if (!reader)
        return std::unexpected(reader.error());
    return goldenGate(*reader, m_settings.stationId, m_settings.golden);
}

} // namespace app
