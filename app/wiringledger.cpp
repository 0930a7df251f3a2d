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

/// A training station's records need no time that anybody vouches for.
station::Result<void> Wiring::watchClock(const station::Plan &plan)
{
    const auto place = ledgerPlace(m_settings, Role::Courier);
    auto reader = station::LedgerReader::open(place);
    const auto said = reader ? reader->clockSaid(m_settings.stationId)
                             : station::Result<station::ClockSaid>(std::unexpected(reader.error()));
    if (!said)
        return std::unexpected(said.error());
    const bool isProduction = plan.purpose == station::Purpose::Production;
    m_clockWatch = station::ClockWatch(
        place.clock, said->syncedUs, isProduction ? plan.unsynced : std::nullopt);
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
