// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"
#include "app/commands/all.h"
#include "app/commands/storedjson.h"
#include "station/ornull.h"
#include "ui/wording.h"

#include <QJsonArray>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::StoredEntry;

namespace {

void describe(QCommandLineParser &parser)
{
    describeArchive(parser);
    parser.addPositionalArgument(u"SERIAL"_s, u"The unit."_s);
    parser.addOption({u"json"_s,
        u"Print one JSON object for the unit, and one for each thing that happened to it."_s});
}

QJsonObject unitJson(const std::optional<station::Unit> &unit, const QString &serial,
    const QList<station::Binding> &lineage)
{
    QJsonObject object{{u"serial"_s, serial},
        {u"disposition"_s, unit ? QJsonValue(word(unit->disposition)) : QJsonValue()}};
    const station::Unit known = unit.value_or(station::Unit{});
    for (const auto &[name, text] :
        {std::pair{u"boardSerial"_s, known.boardSerial}, {u"order"_s, known.order},
            {u"customer"_s, known.customer}, {u"product"_s, known.product}})
        object[name] = station::orNull(text);
    QJsonArray bindings;
    for (const station::Binding &binding : lineage)
        bindings.append(bindingJson(binding));
    object[u"bindings"_s] = bindings;
    return object;
}

/// What an entry's body says that matters to who reads a unit's life.
QJsonObject entryJson(const StoredEntry &stored)
{
    const auto &entry = stored.entry;
    const QJsonObject body = saidIn(stored);
    QJsonObject object{{u"station"_s, entry.stationId}, {u"entry"_s, entry.seq},
        {u"kind"_s, entry.kind}, {u"at"_s, timeOf(entry.atUs)}};
    for (const QString &field : {u"action"_s, u"reason"_s, u"board"_s, u"work"_s, u"people"_s,
             u"hubs"_s, u"disposition"_s, u"order"_s, u"customer"_s, u"purpose"_s, u"attempt"_s})
        if (body.contains(field))
            object[field] = body[field];
    if (!stored.people.isEmpty())
        object[u"names"_s] = QJsonArray::fromStringList(stored.people);
    if (const auto &record = stored.record) {
        object[u"archived"_s] = entry.body.isNull();
        object[u"verdict"_s] = word(record->verdict);
        object[u"firstFail"_s] = station::orNull(record->firstFail);
        object[u"ekSha256"_s] = station::orNull(record->ekSha256);
    }
    object[u"deliveries"_s] = deliveriesJson(stored.deliveries);
    return object;
}

QString lineOf(const StoredEntry &stored)
{
    const QJsonObject body = saidIn(stored);
    QStringList said;
    if (const auto &record = stored.record)
        said = {word(record->purpose), ui::wording::verdict(record->verdict), record->firstFail,
            stored.entry.body.isNull() ? u"[archived]"_s : QString()};
    else
        said = {body[u"action"].toString(), body[u"reason"].toString()};
    said += QStringList{body[u"work"].toString()} + stored.people;
    for (const station::Delivery &delivery : stored.deliveries)
        said.append(u"[%1: %2]"_s.arg(word(delivery.kind), ui::wording::delivery(delivery.state)));
    said.removeAll(QString());
    return u"%1  %2/%3  %4"_s.arg(timeOf(stored.entry.atUs), stored.entry.stationId)
        .arg(stored.entry.seq)
        .arg(said.join(u' '));
}

void printText(const std::optional<station::Unit> &unit, const QString &serial,
    const QList<station::Binding> &lineage, const QList<StoredEntry> &entries)
{
    printLine(u"%1  %2"_s.arg(serial, unit ? word(unit->disposition) : u"-"_s));
    for (const station::Binding &binding : lineage)
        printLine(
            u"EK %1  %2  in %3"_s.arg(binding.ekSha256.left(16), binding.state, binding.serial));
    for (const StoredEntry &stored : entries)
        printLine(lineOf(stored));
}

Exit runHistory(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1)
        return wrongUse(u"unit history needs one serial"_s);
    const QString serial = parser.positionalArguments().first();
    auto archive = openArchive(parser);
    if (!archive)
        return stationError(archive.error());
    const auto unit = archive->reader.unit(serial);
    const auto lineage = archive->reader.lineage(serial);
    const auto entries = archive->reader.history(serial);
    if (!unit || !lineage || !entries)
        return stationError(!unit ? unit.error() : !lineage ? lineage.error() : entries.error());
    if (entries->isEmpty())
        return stationError(
            {station::Fault::Missing, u"the ledger knows no unit %1"_s.arg(serial)});
    if (!parser.isSet(u"json"_s)) {
        printText(*unit, serial, *lineage, *entries);
        return Exit::Good;
    }
    printJson(unitJson(*unit, serial, *lineage));
    for (const StoredEntry &stored : *entries)
        printJson(entryJson(stored));
    return Exit::Good;
}

} // namespace

const Command unitHistory{"unit history", "SERIAL",
    "Everything that happened to a unit, the oldest first.",
    "ekstation-cli unit history --station station.toml SN-0042", describe, runHistory};

} // namespace app::commands
