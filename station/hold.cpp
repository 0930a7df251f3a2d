// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/hold.h"

#include <limits>

namespace station {

using namespace Qt::StringLiterals;

QString fitsHold()
{
    return u"(h.serial = '' OR h.serial = r.serial) AND "
           "(h.order_ref = '' OR h.order_ref = r.order_ref) AND "
           "(h.customer = '' OR h.customer = r.customer) AND "
           "r.at_us >= h.from_us AND r.at_us < h.to_us"_s;
}

Result<QList<Hold>> allHolds(Database &database)
{
    auto rows = database.select(
        u"SELECT h.station_id, h.seq, h.serial, h.order_ref, h.customer, h.from_us, h.to_us, "
        "h.reason, h.person_id, coalesce(p.name, '') FROM legal_hold h "
        "LEFT JOIN person p ON p.person_id = h.person_id "
        "JOIN entry e ON e.station_id = h.station_id AND e.seq = h.seq "
        "ORDER BY e.at_us, h.station_id, h.seq"_s);
    if (!rows)
        return std::unexpected(rows.error());
    using Limits = std::numeric_limits<qint64>;
    QList<Hold> holds;
    for (const QVariantList &row : std::as_const(*rows)) {
        Hold hold{.stationId = row.at(0).toString(),
            .seq = row.at(1).toLongLong(),
            .serial = row.at(2).toString(),
            .order = row.at(3).toString(),
            .customer = row.at(4).toString(),
            .reason = row.at(7).toString(),
            .personId = row.at(8).toString(),
            .personName = row.at(9).toString()};
        if (const qint64 from = row.at(5).toLongLong(); from != Limits::min())
            hold.fromUs = from;
        if (const qint64 to = row.at(6).toLongLong(); to != Limits::max())
            hold.toUs = to;
        holds.append(hold);
    }
    return holds;
}

} // namespace station
