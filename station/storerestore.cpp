// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/store.h"

#include "station/hex.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

Result<qint64> Store::beginEpoch(const QString &source)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    return m_database->transact([&]() -> Result<qint64> {
        auto head = lockHead();
        if (!head)
            return std::unexpected(head.error());
        auto raised = m_database->change(
            u"UPDATE station SET epoch = epoch + 1 WHERE station_id = ?"_s, {m_place.stationId});
        if (!raised)
            return std::unexpected(raised.error());
        auto rows = m_database->select(
            u"SELECT epoch FROM station WHERE station_id = ?"_s, {m_place.stationId});
        if (!rows)
            return std::unexpected(rows.error());
        const qint64 epoch = rows->first().first().toLongLong();
        auto entry = append(u"action"_s,
            QJsonDocument(
                QJsonObject{{u"action"_s, u"restore"_s}, {u"epoch"_s, epoch}, {u"source"_s, source},
                    {u"seq"_s, head->seq}, {u"hash"_s, hex(head->hash)}})
                .toJson(QJsonDocument::Compact));
        if (!entry)
            return std::unexpected(entry.error());
        return epoch;
    });
}

} // namespace station
