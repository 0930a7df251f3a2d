// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"
#include "app/commands/all.h"
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
                u"the chain of station %1 is broken at entry %2; no backup was made of it"_s
                    .arg(name)
                    .arg(seen->firstBreak->seq)});
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

} // namespace app::commands
