// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reconcilereport.h"

#include "app/command.h"
#include "station/ornull.h"
#include "upload/handover/cell.h"

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

const QStringList columns{
    u"registrationId"_s, u"serialNumber"_s, u"deviation"_s, u"expected"_s, u"found"_s, u"repair"_s};

QStringList cellsOf(const Reconciled &reconciled)
{
    const auto &[deviation, id, serial, expected, found] = reconciled.discrepancy;
    return {id, serial, word(deviation), expected, found,
        reconciled.isQueued ? u"queued"_s : reconciled.refusal};
}

QByteArray csvLine(const QStringList &cells)
{
    QByteArrayList quoted;
    for (const QString &cell : cells)
        quoted.append(upload::handover::csvCell(cell));
    return quoted.join(',') + "\r\n";
}

QString tableRow(const QStringList &cells)
{
    return u"%1 %2 %3 %4"_s.arg(cells.at(0), -52)
        .arg(cells.at(1), -20)
        .arg(cells.at(2), -10)
        .arg(cells.at(5))
        .trimmed();
}

} // namespace

station::Result<std::unique_ptr<ReconcileReport>> ReconcileReport::open(
    bool json, const QString &file)
{
    std::unique_ptr<ReconcileReport> report(new ReconcileReport(json));
    if (file.isEmpty())
        return report;
    report->m_file = std::make_unique<QSaveFile>(file);
    if (!report->m_file->open(QIODevice::WriteOnly))
        return std::unexpected(report->fault());
    report->m_file->write("\xEF\xBB\xBF" + csvLine(columns)); // Excel takes it for UTF-8 then
    return report;
}

void ReconcileReport::add(const Reconciled &reconciled)
{
    const QStringList cells = cellsOf(reconciled);
    if (m_file)
        m_file->write(csvLine(cells));
    if (!m_json) {
        if (!std::exchange(m_isHeadPrinted, true))
            printLine(tableRow(columns));
        return printLine(tableRow(cells));
    }
    QJsonObject object;
    for (qsizetype at = 0; at < columns.size(); ++at)
        object[columns.at(at)] = station::orNull(cells.at(at));
    printJson(object);
}

station::Result<void> ReconcileReport::end(const QString &service, const ReconcileTotals &totals)
{
    if (m_file && !m_file->commit())
        return std::unexpected(fault());
    if (m_json)
        printJson({{u"service"_s, service}, {u"listed"_s, totals.listed},
            {u"agreed"_s, totals.agreed}, {u"underWay"_s, totals.underWay},
            {u"deviating"_s, totals.deviating}, {u"queued"_s, totals.queued}});
    else
        printLine(u"%1: %L2 listed; %L3 agree, %L4 on their way, %L5 deviate, %L6 repairs queued"_s
                .arg(service)
                .arg(totals.listed)
                .arg(totals.agreed)
                .arg(totals.underWay)
                .arg(totals.deviating)
                .arg(totals.queued));
    return {};
}

Error ReconcileReport::fault() const
{
    return {Fault::Full, u"%1: %2"_s.arg(m_file->fileName(), m_file->errorString())};
}

} // namespace app
