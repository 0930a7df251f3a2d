// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The station's clock beside the times of its records.
#include "station/clockwatch.h"
#include "station/ledgerreader.h"
#include "station/store.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace station {

using namespace Qt::StringLiterals;

namespace {

Result<ClockSaid> clockSaidIn(Database &database, const QString &stationId)
{
    auto rows = database.select(
        u"SELECT latest_us, synced_us FROM station WHERE station_id = ?"_s, {stationId});
    if (!rows)
        return std::unexpected(rows.error());
    const QVariantList row = rows->value(0);
    return ClockSaid{row.value(0).toLongLong(), row.value(1).toLongLong()};
}

} // namespace

Result<ClockSaid> LedgerReader::clockSaid(const QString &stationId)
{
    return clockSaidIn(*m_database, stationId);
}

Result<void> Store::checkClock()
{
    const auto said = clockSaidIn(*m_database, m_place.stationId);
    if (!said)
        return std::unexpected(said.error());
    return checkAgainstRecords(m_place.clock(), said->latestUs);
}

Result<qint64> Store::confirmClock(const QString &by)
{
    if (auto line = lineOnly(); !line)
        return std::unexpected(line.error());
    return m_database->transact([&]() -> Result<qint64> {
        if (auto locked = lockHead(); !locked)
            return std::unexpected(locked.error());
        const auto people = allowed({by}, Right::Configure, 1);
        const auto said = clockSaidIn(*m_database, m_place.stationId);
        if (!people || !said)
            return std::unexpected(people ? said.error() : people.error());
        const auto entry = append(u"action"_s,
            QJsonDocument(QJsonObject{{u"action"_s, u"clock"_s}, {u"latestUs"_s, said->latestUs},
                              {u"people"_s, QJsonArray::fromStringList(*people)}})
                .toJson(QJsonDocument::Compact));
        if (!entry)
            return std::unexpected(entry.error());
        auto begun = m_database->change(u"UPDATE station SET latest_us = ? WHERE station_id = ?"_s,
            {entry->atUs, m_place.stationId});
        if (!begun)
            return std::unexpected(begun.error());
        return entry->seq;
    });
}

} // namespace station
