// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/row.h"

#include "station/ornull.h"
#include "upload/handover/cell.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace upload::handover {

using namespace Qt::StringLiterals;

namespace {

/// A column: its name, and where a row keeps it.
struct Column {
    const char *name;
    QString Row::*text;
};

constexpr Column table[] = {
    {"registrationId", &Row::registrationId},
    {"deviceId", &Row::deviceId},
    {"endorsementKey", &Row::endorsementKey},
    {"serialNumber", &Row::serialNumber},
    {"tpmManufacturer", &Row::tpmManufacturer},
    {"tpmFirmware", &Row::tpmFirmware},
    {"ekSha256", &Row::ekSha256},
    {"ekCertSha256", &Row::ekCertSha256},
    {"proof", &Row::proof},
    {"stationId", &Row::stationId},
    {"testedAtUtc", &Row::testedAtUtc},
    {"entry", &Row::entry},
    {"boardSerial", &Row::boardSerial},
    {"order", &Row::order},
    {"customer", &Row::customer},
    {"product", &Row::product},
    {"verdict", &Row::verdict},
    {"purpose", &Row::purpose},
    {"delivery", &Row::delivery},
};

/// What these checks find is evidence that the key belongs to this TPM.
QString proofIn(const QJsonArray &findings)
{
    QStringList proven;
    for (const QJsonValue &finding : findings) {
        const QString check = finding[u"check"].toString();
        if (finding[u"outcome"].toString() == u"pass"
            && (check == u"certificate" || check == u"chain" || check == u"challenge"
                || check == u"rehearsal"))
            proven.append(check);
    }
    return proven.join(u'+');
}

QString certificateIn(const QJsonArray &certificates)
{
    for (const QJsonValue &certificate : certificates)
        if (certificate[u"keyMatches"].toBool())
            return certificate[u"sha256"].toString();
    return {};
}

} // namespace

Row rowOf(const station::EntryId &id, qint64 atUs, const QJsonObject &body)
{
    const QJsonValue key = body[u"ek"];
    const QJsonValue tpm = body[u"tpm"];
    Row row;
    // What a plan made of the device's facts; without a plan that enrolls, what SDKs derive.
    row.registrationId = body[u"enrollment"][u"registrationId"].toString();
    if (row.registrationId.isEmpty())
        row.registrationId = key[u"registrationId"].toString();
    row.endorsementKey = key[u"public"].toString();
    row.serialNumber = body[u"serial"].toString();
    row.tpmManufacturer = tpm[u"manufacturer"].toString();
    row.tpmFirmware = tpm[u"firmware"].toString();
    row.ekSha256 = key[u"sha256"].toString();
    row.ekCertSha256 = certificateIn(key[u"certificates"].toArray());
    row.proof = proofIn(body[u"findings"].toArray());
    row.stationId = id.stationId;
    row.testedAtUtc =
        QDateTime::fromMSecsSinceEpoch(atUs / 1000, Qt::UTC).toString(Qt::ISODateWithMs);
    row.entry = QString::number(id.seq);
    row.boardSerial = body[u"boardSerial"].toString();
    row.order = body[u"order"].toString();
    row.customer = body[u"customer"].toString();
    row.product = body[u"product"].toString();
    row.verdict = body[u"verdict"].toString();
    row.purpose = body[u"purpose"].toString();
    return row;
}

Result<Row> rowOf(const station::Exhibit &exhibit)
{
    const auto body = QJsonDocument::fromJson(exhibit.body);
    if (!body.isObject())
        return std::unexpected(station::Error{station::Fault::Damaged,
            u"entry %1/%2 holds no JSON"_s.arg(exhibit.id.stationId).arg(exhibit.id.seq)});
    Row row = rowOf(exhibit.id, exhibit.atUs, body.object());
    row.enrollment = QJsonDocument::fromJson(exhibit.payload).object();
    row.deviceId = row.enrollment.value(u"deviceId"_s).toString();
    row.delivery = exhibit.delivery ? word(*exhibit.delivery) : QString();
    return row;
}

const QStringList &columns()
{
    static const QStringList names = [] {
        QStringList all;
        for (const Column &column : table)
            all.append(QString::fromLatin1(column.name));
        return all;
    }();
    return names;
}

QStringList cellsOf(const Row &row)
{
    QStringList cells;
    for (const Column &column : table)
        cells.append(row.*column.text);
    return cells;
}

Row rowOf(const QStringList &names, const QStringList &cells)
{
    Row row;
    for (const Column &column : table) {
        const qsizetype at = names.indexOf(QString::fromLatin1(column.name));
        if (at >= 0)
            row.*column.text = cells.value(at);
    }
    return row;
}

QJsonObject toJson(const Row &row)
{
    QJsonObject object;
    for (const Column &column : table) {
        const QString &text = row.*column.text;
        object.insert(QString::fromLatin1(column.name), station::orNull(text));
    }
    object.insert(u"enrollment"_s, row.enrollment.isEmpty() ? QJsonValue() : row.enrollment);
    return object;
}

Row rowOf(const QJsonObject &object)
{
    Row row;
    for (const Column &column : table)
        row.*column.text = object.value(QLatin1String(column.name)).toString();
    row.enrollment = object.value(u"enrollment"_s).toObject();
    return row;
}

QByteArray csvHead()
{
    return columns().join(u',').toUtf8() + "\r\n";
}

QByteArray csvLine(const Row &row)
{
    QByteArray line;
    for (const QString &cell : cellsOf(row))
        line += (line.isNull() ? "" : ",") + csvCell(cell);
    return line + "\r\n";
}

QByteArray jsonLine(const Row &row)
{
    return QJsonDocument(toJson(row)).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace upload::handover
