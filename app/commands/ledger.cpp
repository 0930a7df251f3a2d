// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"
#include "app/commands/all.h"
#include "app/wiring.h"
#include "station/databaseplace.h"
#include "station/store.h"
#include "upload/handover/draft.h"

#include <QDir>
#include <QFileInfo>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;
using station::LedgerReader;
using upload::handover::Draft;

namespace {

void describe(QCommandLineParser &parser)
{
    describeArchive(parser);
    parser.addOptions({
        {u"out"_s, u"A new file; on another disk it outlives this one."_s, u"FILE"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
}

/// What a copy holds; Fault::Damaged if it is not what it should be.
station::Result<qint64> entriesIn(const QString &file)
{
    auto copy = LedgerReader::open({.url = u"sqlite:"_s + file, .folder = QDir::currentPath()});
    const auto stations = copy ? copy->stations() : std::unexpected(copy.error());
    if (!stations)
        return std::unexpected(stations.error());
    qint64 entries = 0;
    for (const QString &name : *stations) {
        const auto seen = copy->verifyChain(name);
        if (!seen)
            return std::unexpected(seen.error());
        if (seen->firstBreak)
            return std::unexpected(Error{Fault::Damaged,
                u"the chain of station %1 is broken at entry %2"_s.arg(name).arg(
                    seen->firstBreak->seq)});
        entries += seen->entries;
    }
    return entries;
}

station::Result<qint64> backUp(LedgerReader &ledger, const QString &out)
{
    if (QFileInfo::exists(out))
        return std::unexpected(
            Error{Fault::Refused, u"%1 is there already; choose another name"_s.arg(out)});
    auto draft = Draft::of(out, Draft::Kind::File);
    if (!draft)
        return std::unexpected(draft.error());
    if (const auto copied = ledger.copyTo(draft->path()); !copied)
        return std::unexpected(copied.error());
    const auto entries = entriesIn(draft->path());
    if (!entries)
        return entries;
    if (const auto published = draft->publish(); !published)
        return std::unexpected(published.error());
    return entries;
}

void describeRestore(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"BACKUP"_s, u"What `ledger backup` wrote."_s);
    parser.addOptions({
        {u"station"_s, u"The settings of the station that goes on from it; it has no ledger yet."_s,
            u"FILE"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
}

/// Where a station that has no ledger yet will have it: a path.
station::Result<QString> vacantPlace(const station::LedgerPlace &place)
{
    const auto database = station::parseDatabasePlace(place.url, place.folder);
    if (!database)
        return std::unexpected(database.error());
    if (database->engine == station::DatabasePlace::Engine::Postgres)
        return std::unexpected(Error{Fault::Refused,
            u"this station's ledger is on PostgreSQL; pg_restore brings a backup of it back"_s});
    // A log that a crash has left would be played into the restored ledger, and undo it unseen.
    for (const QString &file : {database->path, database->path + u"-wal"_s}) {
        if (QFileInfo::exists(file))
            return std::unexpected(Error{Fault::Refused,
                u"%1: this station has a ledger already; move it away first, with its -wal file"_s
                    .arg(file)});
    }
    return database->path;
}

/// The station's new epoch.
station::Result<qint64> restore(const QString &backup, station::LedgerPlace place)
{
    const auto path = vacantPlace(place);
    if (!path)
        return std::unexpected(path.error());
    if (const auto entries = entriesIn(backup); !entries)
        return entries;
    auto draft = Draft::of(*path, Draft::Kind::File);
    if (!draft)
        return std::unexpected(draft.error());
    auto source = LedgerReader::open({.url = u"sqlite:"_s + backup, .folder = {}});
    const auto stations = source ? source->stations() : std::unexpected(source.error());
    if (!stations)
        return std::unexpected(stations.error());
    if (!stations->contains(place.stationId))
        return std::unexpected(Error{Fault::Refused,
            u"%1 holds no chain of station %2, but of %3; [station] id says who goes on"_s.arg(
                backup, place.stationId, stations->join(u", "_s))});
    if (const auto copied = source->copyTo(draft->path()); !copied)
        return std::unexpected(copied.error());
    place.url = u"sqlite:"_s + draft->path();
    station::Result<qint64> epoch = 0;
    {
        const auto store = station::Store::open(place);
        if (!store)
            return std::unexpected(store.error());
        epoch = (*store)->beginEpoch(QFileInfo(backup).fileName());
    } // closed: everything is in the one file
    if (!epoch)
        return epoch;
    if (const auto published = draft->publish(); !published)
        return std::unexpected(published.error());
    return epoch;
}

Exit runRestore(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1 || !parser.isSet(u"station"_s))
        return wrongUse(u"ledger restore needs a BACKUP and --station FILE"_s);
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return wrongUse(settings.error().detail);
    const QString backup = QFileInfo(parser.positionalArguments().first()).absoluteFilePath();
    const auto epoch = restore(backup, ledgerPlace(*settings, station::LedgerPlace::Role::Line));
    if (!epoch)
        return stationError(epoch.error());
    if (parser.isSet(u"json"_s))
        printJson({{u"station"_s, settings->stationId}, {u"epoch"_s, *epoch}});
    else
        printLine(u"%1 goes on in epoch %2; the station that wrote the backup must not"_s
                .arg(settings->stationId)
                .arg(*epoch));
    return Exit::Good;
}

Exit runBackup(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"out"_s) || !parser.positionalArguments().isEmpty())
        return wrongUse(u"ledger backup needs --out FILE"_s);
    auto archive = openArchive(parser);
    if (!archive)
        return stationError(archive.error());
    const QString out = parser.value(u"out"_s);
    const auto entries = backUp(archive->reader, out);
    if (!entries)
        return stationError(entries.error());
    if (parser.isSet(u"json"_s))
        printJson({{u"path"_s, out}, {u"entries"_s, *entries}});
    else
        printLine(u"%1: %L2 entries, each verified"_s.arg(out).arg(*entries));
    return Exit::Good;
}

} // namespace

const Command ledgerBackup{"ledger backup", "",
    "Copy a ledger while its line goes on, and verify the copy.",
    "ekstation-cli ledger backup --station station.toml --out /mnt/backup/line1.db", describe,
    runBackup};
const Command ledgerRestore{"ledger restore", "BACKUP",
    "A spare station goes on from a backup, in an epoch of its own.",
    "ekstation-cli ledger restore /mnt/backup/line1.db --station station.toml", describeRestore,
    runRestore};

} // namespace app::commands
