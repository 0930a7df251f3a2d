// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/unit.h"

namespace station {

using namespace Qt::StringLiterals;

Result<std::optional<Unit>> unitOf(Database &database, const QString &serial)
{
    auto rows = database.select(
        u"SELECT board_serial, order_ref, customer, product, disposition, verdict, moment "
        "FROM unit WHERE serial = ?"_s,
        {serial});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::optional<Unit>{};
    const QVariantList row = rows->first();
    return Unit{.serial = serial,
        .boardSerial = row.at(0).toString(),
        .order = row.at(1).toString(),
        .customer = row.at(2).toString(),
        .product = row.at(3).toString(),
        .disposition = dispositionOf(row.at(4).toString()).value_or(Disposition::Held),
        .verdict = verdictOf(row.at(5).toString()).value_or(Verdict::Error),
        .moment = momentOf(row.at(6).toString()).value_or(Moment::Ship)};
}

} // namespace station
