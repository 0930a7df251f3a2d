// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"
#include "app/commands/all.h"
#include "app/commands/storedjson.h"
#include "ui/wording.h"

#include <QJsonDocument>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::StoredEntry;

namespace {

void describe(QCommandLineParser &parser)
{
    describeArchive(parser);
    parser.addPositionalArgument(
        u"ID"_s, u"An entry's number, STATION/NUMBER, or a serial, whose newest entry is meant."_s);
    parser.addOption({u"json"_s, u"Print one JSON object."_s});
}

QJsonObject toJson(const StoredEntry &stored)
{
    const auto &entry = stored.entry;
    const QJsonDocument body = QJsonDocument::fromJson(entry.body);
    return {{u"station"_s, entry.stationId}, {u"entry"_s, entry.seq}, {u"kind"_s, entry.kind},
        {u"at"_s, timeOf(entry.atUs)}, {u"clock"_s, entry.clockState},
        {u"hash"_s, QString::fromLatin1(entry.hash.toHex())},
        {u"body"_s, body.isObject() ? QJsonValue(body.object()) : QJsonValue()},
        {u"archive"_s, stored.archive ? QJsonValue(archiveJson(*stored.archive)) : QJsonValue()},
        {u"binding"_s, stored.binding ? QJsonValue(bindingJson(*stored.binding)) : QJsonValue()},
        {u"deliveries"_s, deliveriesJson(stored.deliveries)}};
}

void printText(const StoredEntry &stored)
{
    const auto &entry = stored.entry;
    printLine(u"entry     %1/%2, %3, %4, clock %5"_s.arg(entry.stationId)
            .arg(entry.seq)
            .arg(entry.kind, timeOf(entry.atUs), entry.clockState));
    printLine(u"hash      "_s + QString::fromLatin1(entry.hash.toHex()));
    if (const auto &record = stored.record)
        printLine(u"device    %1, slot %2, attempt %3: %4"_s.arg(record->serial, record->slot)
                .arg(record->attempt)
                .arg(ui::wording::verdict(record->verdict)));
    if (const auto &binding = stored.binding)
        printLine(u"binding   %1, EK %2, made or renewed by entry %3/%4"_s
                .arg(binding->state, binding->ekSha256, binding->madeBy.stationId)
                .arg(binding->madeBy.seq));
    for (const auto &delivery : stored.deliveries)
        printLine(u"delivery  %1 to %2: %3, %4 attempts %5"_s
                .arg(word(delivery.kind), delivery.payload.destination,
                    ui::wording::delivery(delivery.state))
                .arg(delivery.attempts)
                .arg(delivery.serviceText)
                .trimmed());
    const QJsonDocument body = QJsonDocument::fromJson(entry.body);
    printLine(entry.body.isEmpty()
            ? u"body      archived: "_s
                + (stored.archive ? whereabouts(*stored.archive) : u"nobody says where"_s)
            : QString::fromUtf8(body.toJson(QJsonDocument::Indented)).trimmed());
}

Exit runShow(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1)
        return wrongUse(u"show needs one ID"_s);
    auto archive = openArchive(parser);
    if (!archive)
        return stationError(archive.error());
    const auto id =
        archive->reader.resolve(parser.positionalArguments().first(), archive->stationId);
    if (!id)
        return stationError(id.error());
    const auto stored = archive->reader.entry(*id);
    if (!stored)
        return stationError(stored.error());
    if (parser.isSet(u"json"_s))
        printJson(toJson(*stored));
    else
        printText(*stored);
    return Exit::Good;
}

} // namespace

const Command show{"show", "ID", "Everything the ledger knows about one entry.",
    "ekstation-cli show --station station.toml SN-0042", describe, runShow};

} // namespace app::commands
