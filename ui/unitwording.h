// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/disposition.h"
#include "station/order.h"
#include "station/unit.h"

/// The words of a unit's life: orders, what people do with units, and the box.
namespace ui::wording {

QString disposition(std::optional<station::Disposition> disposition); ///< empty: never examined
QString deed(station::UnitEvent event); ///< "Scrap": what a press does
QString sureOf(station::UnitEvent event); ///< what a second press confirms
QString action(const QString &word); ///< what an entry says that was done
QString done(const QString &serial, const station::UnitDone &done);
QString released(const station::Release &release, qint64 units);

QString order(const std::optional<station::Order> &order, const station::OrderTally &tally);
QString noOrder(); ///< a lot was to be released while the line works for none
QString occupied(const QStringList &slotNames); ///< devices stand there while an order changes
QString opened(const QString &ref);
QString closed(const QString &ref, const station::OrderTally &tally);

QString mayPack(bool may); ///< the word on the plate
QString packHint(); ///< before the first scan
QString packing(const QString &serial); ///< being looked at

} // namespace ui::wording
