// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/archivenote.h"

#include "station/hold.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

QByteArray bodyOf(const ArchiveNote &note)
{
    return QJsonDocument(QJsonObject{{u"before"_s, note.before}, {u"bundle"_s, note.bundle},
                             {u"sha256"_s, note.sha256}, {u"entries"_s, note.entries}})
        .toJson(QJsonDocument::Compact);
}

std::optional<ArchiveNote> archiveNoteOf(const Entry &entry)
{
    if (entry.kind != "archive"_L1)
        return {};
    const QJsonObject body = QJsonDocument::fromJson(entry.body).object();
    return ArchiveNote{entry.seq, body[u"before"].toString(), body[u"bundle"].toString(),
        body[u"sha256"].toString(), body[u"entries"].toInteger()};
}

QString whyItStays()
{
    // What was rejected counts as delivered once a later word about the same key was confirmed.
    const QString isOpen =
        u"(d.state IN ('held', 'pending', 'sent', 'acknowledged') OR (d.state IN ('rejected', "
        "'conflict') AND NOT EXISTS (SELECT 1 FROM delivery n WHERE n.destination = d.destination "
        "AND n.key = d.key AND n.id > d.id AND n.state = 'confirmed')))"_s;
    return u"CASE WHEN EXISTS (SELECT 1 FROM legal_hold h WHERE "_s + fitsHold()
        + u") THEN 'hold' WHEN EXISTS (SELECT 1 FROM queue q WHERE q.serial = r.serial) THEN "
          u"'queue' "
          "WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.station_id = r.station_id AND "
          "d.seq = r.seq AND "_s
        + isOpen
        + u") OR EXISTS (SELECT 1 FROM binding b JOIN delivery d ON d.destination = b.service AND "
          "d.key = b.registration_key WHERE b.serial = r.serial AND b.ek_sha256 = r.ek_sha256 "
          "AND "_s
        + isOpen
        + u") THEN 'undelivered' WHEN EXISTS (SELECT 1 FROM work_order o WHERE o.state = 'open' "
          u"AND "
          "(o.order_ref = r.order_ref OR o.order_ref = (SELECT u.order_ref FROM unit u WHERE "
          "u.serial = r.serial))) THEN 'order' WHEN EXISTS (SELECT 1 FROM unit u WHERE "
          "u.serial = r.serial AND u.disposition IN ('held', 'returned', 'replaced')) THEN 'unit' "
          "ELSE '' END"_s;
}

} // namespace station
