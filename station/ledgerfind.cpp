// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

// Looked up by index, once for each row of a page.
QString deliveryOfRecord()
{
    return u"coalesce((SELECT d.state FROM delivery d WHERE d.station_id = r.station_id "
           "AND d.seq = r.seq AND d.kind = 'enroll' ORDER BY d.id DESC LIMIT 1), "
           "(SELECT d.state FROM delivery d WHERE d.destination = b.service "
           "AND d.key = b.registration_key AND d.kind = 'enroll' ORDER BY d.id DESC LIMIT 1))"_s;
}

QString fromRecords()
{
    return u" FROM record r LEFT JOIN binding b ON b.state = 'active' AND b.ek_sha256 = "
           u"r.ek_sha256 "
           "AND b.serial = r.serial AND b.station_id = r.station_id AND b.seq = r.seq "_s;
}

QString recordSelect()
{
    return u"SELECT r.station_id, r.seq, r.at_us, r.serial, r.board_serial, r.order_ref, "
           "r.customer, r.product, r.slot, r.attempt, r.verdict, r.error_code, r.first_fail, "
           "r.ek_sha256, r.registration_id, r.manufacturer, r.firmware, r.plan, r.plan_version, "
           "r.purpose, "_s
        + deliveryOfRecord() + fromRecords();
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
    for (const auto &[column, text] :
        {std::pair{u"order_ref"_s, filter.order}, {u"customer"_s, filter.customer},
            {u"product"_s, filter.product}, {u"station_id"_s, filter.station}})
        if (!text.isEmpty())
            where.add(u"r.%1 = ?"_s.arg(column), {text});
    if (filter.delivery)
        where.add(deliveryOfRecord() + u" = ?"_s, {word(*filter.delivery)});
    if (filter.current)
        where.add(u"b.id IS NOT NULL"_s, {});
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
    if (!filter.archive.isEmpty())
        where.add(u"EXISTS (SELECT 1 FROM leaving l WHERE l.station_id = r.station_id AND "
                  "l.seq = r.seq)"_s,
            {});
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

Result<QList<Span>> LedgerReader::spans(const RecordFilter &filter)
{
    const Where where = whereOf(filter, m_database->isPostgres());
    // Looking up a binding for each of a million records takes a minute, so only who asks pays.
    const bool asksBinding = filter.current || filter.delivery;
    auto rows = m_database->select(u"SELECT r.station_id, min(r.seq), max(r.seq), count(*)"_s
            + (asksBinding ? fromRecords() : u" FROM record r "_s) + u"WHERE "_s
            + where.conditions.join(u" AND "_s) + u" GROUP BY r.station_id ORDER BY r.station_id"_s,
        where.values);
    if (!rows)
        return std::unexpected(rows.error());
    QList<Span> spans;
    for (const QVariantList &row : std::as_const(*rows))
        spans.append({row.at(0).toString(), row.at(1).toLongLong(), row.at(2).toLongLong(),
            row.at(3).toLongLong()});
    return spans;
}

Result<QList<Exhibit>> LedgerReader::exhibits(
    const RecordFilter &filter, const Span &span, qint64 after)
{
    Where where = whereOf(filter, m_database->isPostgres());
    where.add(u"r.station_id = ? AND r.seq > ? AND r.seq <= ?"_s,
        {span.stationId, std::max(after, span.first - 1), span.last});
    auto rows = m_database->select(
        u"SELECT r.seq, r.at_us, (SELECT e.body FROM entry e WHERE e.station_id = r.station_id "
        "AND e.seq = r.seq), (SELECT d.payload FROM delivery d WHERE d.destination = b.service "
        "AND d.key = b.registration_key AND d.kind = 'enroll' ORDER BY d.id DESC LIMIT 1), "_s
            + deliveryOfRecord() + fromRecords() + u"WHERE "_s + where.conditions.join(u" AND "_s)
            + u" ORDER BY r.seq LIMIT ?"_s,
        where.values + QVariantList{filter.limit});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Exhibit> exhibits;
    for (const QVariantList &row : std::as_const(*rows))
        exhibits.append({{span.stationId, row.at(0).toLongLong()}, row.at(1).toLongLong(),
            row.at(2).toByteArray(), row.at(3).toByteArray(),
            deliveryStateOf(row.at(4).toString())});
    return exhibits;
}

Result<QList<Entry>> LedgerReader::links(const RecordFilter &filter, const Span &span, qint64 after)
{
    const Where where = whereOf(filter, m_database->isPostgres());
    auto rows = m_database->select(u"SELECT e.seq, e.kind, e.at_us, e.salt, (SELECT e.body"_s
            + fromRecords() + u"WHERE r.station_id = e.station_id AND r.seq = e.seq AND "_s
            + where.conditions.join(u" AND "_s)
            + u"), e.digest, e.prev, e.hash FROM entry e "
              "WHERE e.station_id = ? AND e.seq > ? AND e.seq <= ? ORDER BY e.seq LIMIT ?"_s,
        where.values
            + QVariantList{
                span.stationId, std::max(after, span.first - 1), span.last, filter.limit});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Entry> links;
    for (const QVariantList &row : std::as_const(*rows)) {
        Entry entry{.stationId = span.stationId,
            .seq = row.at(0).toLongLong(),
            .kind = row.at(1).toString(),
            .atUs = row.at(2).toLongLong()};
        QByteArray *const bytes[]{
            &entry.salt, &entry.body, &entry.digest, &entry.prev, &entry.hash};
        for (qsizetype column = 3; QByteArray * one : bytes)
            *one = row.at(column++).toByteArray();
        links.append(entry);
    }
    return links;
}

Result<std::optional<RecordRow>> recordAt(Database &database, const EntryId &id)
{
    auto rows = database.select(
        recordSelect() + u"WHERE r.station_id = ? AND r.seq = ?"_s, {id.stationId, id.seq});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::optional<RecordRow>{};
    return recordFrom(rows->first());
}

Result<QList<Suspect>> LedgerReader::suspects(const EntryId &after, bool withBodies, int most)
{
    const QString from = u" FROM record r"_s
        + (withBodies ? u" JOIN entry e ON e.station_id = r.station_id AND e.seq = r.seq"_s : u""_s)
        + u" WHERE r.station_id = ? AND r.seq > ? ORDER BY r.seq LIMIT ?"_s;
    auto rows =
        m_database->select(u"SELECT r.seq, r.serial, r.ek_sha256, r.manufacturer, r.firmware"_s
                + (withBodies ? u", e.body"_s : u""_s) + from,
            {after.stationId, after.seq, most});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Suspect> suspects;
    for (const QVariantList &row : std::as_const(*rows))
        suspects.append(
            {{after.stationId, row.at(0).toLongLong()}, row.at(1).toString(), row.at(2).toString(),
                row.at(3).toString(), row.at(4).toString(), row.value(5).toByteArray()});
    return suspects;
}

Result<Whereabouts> LedgerReader::whereabouts(const EntryId &id)
{
    const auto record = recordOf(id);
    if (!record)
        return std::unexpected(record.error());
    if (!*record)
        return std::unexpected(
            Error{Fault::Missing, u"no record %1/%2"_s.arg(id.stationId).arg(id.seq)});
    const RecordRow &row = **record;
    // An examination that got no answer from the TPM says nothing newer about it.
    auto rows = m_database->select(
        u"SELECT (SELECT count(*) FROM record n WHERE n.serial = ? AND n.manufacturer <> '' AND "
        "(n.ek_sha256 = ? OR CAST(? AS TEXT) = '') AND (n.at_us, n.station_id, n.seq) > (?, ?, "
        "?)), "
        "(SELECT b.state FROM binding b WHERE b.ek_sha256 = ? AND b.serial = ? "
        "ORDER BY CASE WHEN b.state = 'active' THEN 0 ELSE 1 END, b.id DESC LIMIT 1), "
        "(SELECT u.disposition FROM unit u WHERE u.serial = ?)"_s,
        {row.serial, row.ekSha256, row.ekSha256, row.atUs, id.stationId, id.seq, row.ekSha256,
            row.serial, row.serial});
    if (!rows)
        return std::unexpected(rows.error());
    const QVariantList &found = rows->first();
    return Whereabouts{
        row, found.at(0).toLongLong() == 0, found.at(1).toString(), found.at(2).toString()};
}

} // namespace station
