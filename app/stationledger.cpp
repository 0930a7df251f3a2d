// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stationledger.h"

namespace app {

using namespace Qt::StringLiterals;

std::expected<StationLedger, Exit> openStationLedger(const QCommandLineParser &parser)
{
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return std::unexpected(wrongUse(settings.error().detail));
    auto store = station::Store::open(ledgerPlace(*settings, station::LedgerPlace::Role::Line));
    if (!store)
        return std::unexpected(stationError(store.error()));
    return StationLedger{*settings, std::move(*store)};
}

Exit refusedOrTrouble(const station::Error &error)
{
    if (error.fault != station::Fault::Refused)
        return stationError(error);
    say(error.detail);
    return Exit::DeviceFailed;
}

} // namespace app
