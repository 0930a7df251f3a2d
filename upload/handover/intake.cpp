// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/intake.h"

#include "station/csv.h"
#include "upload/handover/cell.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;
using station::Purpose;

namespace {

std::unexpected<Error> wrong(const QString &file, const QString &why)
{
    return std::unexpected(Error{Fault::Syntax, u"%1: %2"_s.arg(file, why)});
}

void noteTraining(Intake &intake, const QString &purpose)
{
    // One row of training is enough: no production is made of it.
    if (purpose == u"training")
        intake.purpose = Purpose::Training;
    else if (!purpose.isEmpty() && !intake.purpose)
        intake.purpose = Purpose::Production;
}

/// The cells as they were before an export guarded them; what a spreadsheet has done is said.
QString spoiltIn(const QStringList &names, QStringList &cells)
{
    QString spoilt;
    for (qsizetype at = 0; at < cells.size(); ++at) {
        const QString name = names.value(at);
        const bool isName = name == u"registrationId" || name == u"deviceId"
            || name == u"serialNumber" || name == u"endorsementKey" || name == u"ekSha256";
        const QString why = isName ? spoiltBySpreadsheet(cells[at]) : QString();
        if (!why.isEmpty() && spoilt.isEmpty())
            spoilt =
                u"%1: %2; import the file that was exported, or write an apostrophe before it"_s
                    .arg(name, why);
        cells[at] = unguarded(cells[at]);
    }
    return spoilt;
}

Result<Intake> readCsv(const QByteArray &bytes, const QString &file)
{
    station::CsvReader reader(bytes);
    const auto head = reader.next();
    if (!head)
        return wrong(file, head.error().detail);
    const QStringList names = *head ? (*head)->cells : QStringList();
    if (!names.contains(u"endorsementKey"_s))
        return wrong(file,
            u"neither JSON nor CSV with a column endorsementKey (and registrationId, deviceId)"_s);
    Intake intake{.form = u"csv"_s};
    Doctor doctor;
    while (true) {
        auto row = reader.next();
        if (!row)
            return wrong(file, row.error().detail);
        if (!*row)
            return intake;
        QStringList cells = (*row)->cells;
        const QString spoilt = spoiltIn(names, cells);
        const Row device = rowOf(names, cells);
        noteTraining(intake, device.purpose);
        if (spoilt.isEmpty())
            intake.offers.append(doctor.judge((*row)->line, device));
        else
            intake.offers.append({.row = (*row)->line,
                .fate = Offer::Fate::Refused,
                .why = spoilt,
                .registrationId = device.registrationId});
    }
}

Offer judged(Doctor &doctor, Intake &intake, qint64 number, const QJsonObject &object)
{
    if (object.contains(u"attestation"_s))
        return doctor.judge(number, object);
    const Row row = rowOf(object);
    noteTraining(intake, row.purpose);
    return doctor.judge(number, row);
}

Result<Intake> readJsonl(const QByteArray &bytes, const QString &file)
{
    Intake intake{.form = u"jsonl"_s};
    Doctor doctor;
    qint64 number = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype end = bytes.indexOf('\n', at) < 0 ? bytes.size() : bytes.indexOf('\n', at);
        const QByteArray line = bytes.mid(at, end - at).trimmed();
        at = end + 1;
        ++number;
        if (line.isEmpty())
            continue;
        QJsonParseError error;
        const auto document = QJsonDocument::fromJson(line, &error);
        if (!document.isObject())
            return wrong(file, u"%1: no JSON object (%2)"_s.arg(number).arg(error.errorString()));
        intake.offers.append(judged(doctor, intake, number, document.object()));
    }
    return intake;
}

Intake readList(const QString &form, const QJsonArray &records)
{
    Intake intake{.form = form};
    Doctor doctor;
    qint64 number = 0;
    for (const QJsonValue &record : records)
        intake.offers.append(judged(doctor, intake, ++number, record.toObject()));
    return intake;
}

} // namespace

Result<Intake> readIntake(const QByteArray &bytes, const QString &file)
{
    const QByteArray start = bytes.left(4096).trimmed();
    if (start.isEmpty())
        return wrong(file, u"there is nothing in it"_s);
    if (!start.startsWith('{') && !start.startsWith('['))
        return readCsv(bytes, file);
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(bytes, &error);
    if (document.isArray())
        return readList(u"list"_s, document.array());
    if (document.isObject() && document.object().contains(u"enrollments"_s))
        return readList(u"bulk"_s, document.object().value(u"enrollments"_s).toArray());
    if (start.startsWith('['))
        return wrong(file, u"no JSON (offset %1: %2)"_s.arg(error.offset).arg(error.errorString()));
    return readJsonl(bytes, file);
}

} // namespace upload::handover
