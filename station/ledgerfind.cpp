// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

// The states are looked up by index, once for each row of a page.
QString recordSelect()
{
    return u"SELECT r.station_id, r.seq, r.at_us, r.serial, r.board_serial, r.order_ref, "
           "r.customer, r.product, r.slot, r.attempt, r.verdict, r.error_code, r.first_fail, "
           "r.ek_sha256, r.registration_id, r.manufacturer, r.firmware, r.plan, r.plan_version, "
           "r.purpose, coalesce((SELECT d.state FROM delivery d WHERE d.station_id = r.station_id "
           "AND d.seq = r.seq AND d.kind <> 'report' ORDER BY d.id DESC LIMIT 1), "
           "(SELECT d.state FROM delivery d WHERE d.destination = b.service "
           "AND d.key = b.registration_key AND d.kind = 'enroll' ORDER BY d.id DESC LIMIT 1)) "
           "FROM record r LEFT JOIN binding b ON b.state = 'active' AND b.ek_sha256 = r.ek_sha256 "
           "AND b.serial = r.serial AND b.station_id = r.station_id AND b.seq = r.seq "_s;
}

RecordRow recordFrom(const QVariantList &row)
{
    RecordRow record;
    record.id = {row.at(0).toString(), row.at(1).toLongLong()};
    record.atUs = row.at(2).toLongLong();
    QString *const texts[]{&record.serial, &record.boardSerial, &record.order, &record.customer,
        &record.product, &record.slot};
    for (qsizetype column = 3; QString * text : texts)
        *text = row.at(column++).toString();
    record.attempt = row.at(9).toInt();
    record.verdict = verdictOf(row.at(10).toString()).value_or(Verdict::Error);
    QString *const more[]{&record.errorCode, &record.firstFail, &record.ekSha256,
        &record.registrationId, &record.manufacturer, &record.firmware, &record.planName,
        &record.planVersion};
    for (qsizetype column = 11; QString * text : more)
        *text = row.at(column++).toString();
    record.purpose = purposeOf(row.at(19).toString()).value_or(Purpose::Production);
    record.delivery = deliveryStateOf(row.at(20).toString());
    return record;
}

/// What a person types is no pattern.
QString containing(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return u'%' + text + u'%';
}

/// Conditions and what they compare with, in the same order.
struct Where {
    QStringList conditions{u"true"_s};
    QVariantList values;

    void add(const QString &condition, const QVariantList &compared)
    {
        conditions.append(condition);
        values += compared;
    }
};

void addText(Where &where, const QString &text, bool isPostgres)
{
    QStringList columns;
    QVariantList values;
    for (const QString &column : {u"serial"_s, u"board_serial"_s, u"order_ref"_s, u"customer"_s,
             u"product"_s, u"registration_id"_s}) {
        // Without case on both engines: SQLite's LIKE ignores it already.
        columns.append(u"r.%1 %2 ? ESCAPE '\\'"_s.arg(column, isPostgres ? u"ILIKE"_s : u"LIKE"_s));
        values.append(containing(text));
    }
    where.add(u'(' + columns.join(u" OR "_s) + u')', values);
}

Where whereOf(const RecordFilter &filter, bool isPostgres)
{
    Where where;
    if (!filter.serial.isEmpty())
        where.add(u"r.serial = ?"_s, {filter.serial});
    if (!filter.order.isEmpty())
        where.add(u"r.order_ref = ?"_s, {filter.order});
    if (!filter.ekPrefix.isEmpty()) {
        const QString prefix = filter.ekPrefix.toLower();
        // A range, because LIKE would use no index; 'g' sorts behind every hex digit.
        where.add(u"r.ek_sha256 >= ? AND r.ek_sha256 < ?"_s, {prefix, QString(prefix + u'g')});
    }
    if (filter.verdict)
        where.add(u"r.verdict = ?"_s, {word(*filter.verdict)});
    if (filter.fromUs)
        where.add(u"r.at_us >= ?"_s, {*filter.fromUs});
    if (filter.toUs)
        where.add(u"r.at_us < ?"_s, {*filter.toUs});
    if (!filter.text.isEmpty())
        addText(where, filter.text, isPostgres);
    if (filter.before)
        where.add(u"(r.at_us, r.station_id, r.seq) < (?, ?, ?)"_s,
            {filter.before->atUs, filter.before->id.stationId, filter.before->id.seq});
    return where;
}

} // namespace

Result<QList<RecordRow>> LedgerReader::find(const RecordFilter &filter)
{
    const Where where = whereOf(filter, m_database->isPostgres());
    auto rows = m_database->select(recordSelect() + u"WHERE "_s + where.conditions.join(u" AND "_s)
            + u" ORDER BY r.at_us DESC, r.station_id DESC, r.seq DESC LIMIT ?"_s,
        where.values + QVariantList{filter.limit});
    if (!rows)
        return std::unexpected(rows.error());
    QList<RecordRow> records;
    for (const QVariantList &row : std::as_const(*rows))
        records.append(recordFrom(row));
    return records;
}

Result<std::optional<RecordRow>> LedgerReader::recordOf(const EntryId &id)
{
    auto rows = m_database->select(
        recordSelect() + u"WHERE r.station_id = ? AND r.seq = ?"_s, {id.stationId, id.seq});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::optional<RecordRow>{};
    return recordFrom(rows->first());
}

} // namespace station
