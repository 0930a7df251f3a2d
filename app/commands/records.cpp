// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"
#include "app/commands/all.h"
#include "station/ornull.h"
#include "ui/wording.h"

#include <QDateTime>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::RecordRow;

namespace {

constexpr int mostRecords = 1'000'000;

void describe(QCommandLineParser &parser)
{
    describeArchive(parser);
    parser.addPositionalArgument(u"[TEXT]"_s,
        u"A part of a serial, board serial, order, customer, product or registrationId."_s);
    parser.addOptions({
        {u"serial"_s, u"This serial alone."_s, u"SERIAL"_s},
        {u"ek"_s, u"How the EK's SHA-256 begins."_s, u"HEX"_s},
        {u"verdict"_s, u"pass, fail, error, timeout or aborted."_s, u"VERDICT"_s},
        {u"limit"_s, u"How many of the newest; default 100."_s, u"N"_s, u"100"_s},
        {u"json"_s, u"Print one JSON object a record."_s},
    });
}

QJsonObject toJson(const RecordRow &row)
{
    return {{u"station"_s, row.id.stationId}, {u"entry"_s, row.id.seq},
        {u"at"_s,
            QDateTime::fromMSecsSinceEpoch(row.atUs / 1000, Qt::UTC).toString(Qt::ISODateWithMs)},
        {u"serial"_s, row.serial}, {u"boardSerial"_s, station::orNull(row.boardSerial)},
        {u"order"_s, station::orNull(row.order)}, {u"customer"_s, station::orNull(row.customer)},
        {u"product"_s, station::orNull(row.product)}, {u"slot"_s, station::orNull(row.slot)},
        {u"attempt"_s, row.attempt}, {u"verdict"_s, word(row.verdict)},
        {u"error"_s, station::orNull(row.errorCode)},
        {u"firstFail"_s, station::orNull(row.firstFail)},
        {u"ekSha256"_s, station::orNull(row.ekSha256)},
        {u"registrationId"_s, station::orNull(row.registrationId)}, {u"plan"_s, row.planName},
        {u"planVersion"_s, row.planVersion}, {u"purpose"_s, word(row.purpose)},
        {u"delivery"_s, row.delivery ? QJsonValue(word(*row.delivery)) : QJsonValue()}};
}

QString toText(const RecordRow &row)
{
    const QString why = row.firstFail.isEmpty() ? row.errorCode : row.firstFail;
    return u"%1 %2 %3 %4 %5 %6 %7"_s.arg(row.id.seq, 7)
        .arg(station::isoTime(row.atUs), -20)
        .arg(row.serial, -16)
        .arg(ui::wording::verdict(row.verdict), -13)
        .arg(row.ekSha256.isEmpty() ? u"-"_s : row.ekSha256.left(16), -16)
        .arg(ui::wording::delivery(row.delivery), -12)
        .arg(why)
        .trimmed();
}

/// Nothing, or what is wrong with the options.
std::optional<QString> readFilter(const QCommandLineParser &parser, station::RecordFilter &filter)
{
    if (parser.positionalArguments().size() > 1)
        return u"records takes one TEXT to search for"_s;
    filter.text = parser.positionalArguments().value(0);
    filter.serial = parser.value(u"serial"_s);
    filter.ekPrefix = parser.value(u"ek"_s).toLower();
    bool isNumber = false;
    filter.limit = parser.value(u"limit"_s).toInt(&isNumber);
    if (!isNumber || filter.limit < 1 || filter.limit > mostRecords)
        return u"--limit takes a number from 1 to %1"_s.arg(mostRecords);
    if (parser.isSet(u"verdict"_s)) {
        filter.verdict = station::verdictOf(parser.value(u"verdict"_s));
        if (!filter.verdict)
            return u"--verdict takes pass, fail, error, timeout or aborted"_s;
    }
    return std::nullopt;
}

Exit runRecords(const QCommandLineParser &parser)
{
    station::RecordFilter filter;
    if (const auto wrong = readFilter(parser, filter))
        return wrongUse(*wrong);
    auto archive = openArchive(parser);
    if (!archive)
        return stationError(archive.error());
    const auto records = archive->reader.find(filter);
    if (!records)
        return stationError(records.error());
    for (const RecordRow &row : *records) {
        if (parser.isSet(u"json"_s))
            printJson(toJson(row));
        else
            printLine(toText(row));
    }
    return Exit::Good;
}

} // namespace

const Command records{"records", "[TEXT]", "Search the ledger, the newest first.",
    "ekstation-cli records --station station.toml --verdict fail", describe, runRecords};

} // namespace app::commands
