// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"
#include "app/bundlepapers.h"
#include "app/commands/all.h"
#include "app/papers.h"
#include "app/selection.h"
#include "app/watching.h"
#include "app/wiring.h"
#include "upload/handover/bundle.h"

namespace app::commands {

using namespace Qt::StringLiterals;
using namespace upload::handover;
using station::Error;
using station::Fault;

namespace {

void describe(QCommandLineParser &parser)
{
    describeArchive(parser);
    parser.addOptions({
        {u"format"_s,
            u"csv and xlsx open in Excel; jsonl; dps-bulk: a folder of the service's own bulk calls; bundle: everything, signed."_s,
            u"FORMAT"_s},
        {u"out"_s, u"A new file; for dps-bulk a new folder; for bundle a new folder or FILE.zip."_s,
            u"PATH"_s},
        {u"json"_s, u"Print one JSON object: what went out."_s},
    });
    describeSelection(parser);
    describeSigner(parser);
}

std::optional<Form> formOf(const QString &word)
{
    constexpr std::array<QStringView, 4> words{u"csv", u"jsonl", u"dps-bulk", u"xlsx"};
    const auto at = std::ranges::find(words, QStringView(word));
    return at == words.end() ? std::nullopt : std::optional(static_cast<Form>(at - words.begin()));
}

QString archivedInWords(qint64 records)
{
    return u"%L1 records are archived and are not in it; `show` names the bundle of each, `verify` of all"_s
        .arg(records);
}

Exit exportBundle(const QCommandLineParser &parser, Archive &archive,
    const station::RecordFilter &selection, const Watcher &watcher)
{
    const auto signer = signerOf(parser);
    if (!signer)
        return stationError(signer.error());
    std::optional<Settings> settings;
    if (!parser.isSet(u"ledger"_s)) {
        const auto loaded = loadSettings(stationFile(parser));
        if (!loaded)
            return stationError(loaded.error());
        settings = *loaded;
    }
    const auto papers = bundlePapers(archive.stationId, settings, *signer);
    if (!papers)
        return stationError(papers.error());
    station::RecordFilter filter = selection;
    filter.current = false; // what failed is part of the story
    const QString out = parser.value(u"out"_s);
    const auto bundled = writeBundle(archive.reader, filter, *papers, out, watcher);
    if (!bundled)
        return stationError(bundled.error());
    if (bundled->archived != 0)
        say(archivedInWords(bundled->archived));
    if (bundled->withheld != 0)
        say(u"%L1 examinations name somebody else's unit, and go as digests"_s.arg(
            bundled->withheld));
    if (bundled->plansOut != 0)
        say(u"a plan whose routes name others stays out; the bundle has its SHA-256"_s);
    if (parser.isSet(u"json"_s))
        printJson({{u"path"_s, out}, {u"purpose"_s, word(archive.reader.purpose())},
            {u"enrollments"_s, bundled->enrollments}, {u"whole"_s, bundled->whole},
            {u"bare"_s, bundled->bare}, {u"withheld"_s, bundled->withheld},
            {u"archived"_s, bundled->archived},
            {u"sha256"_s, QString::fromLatin1(bundled->sha256.toHex())}});
    else
        printLine(u"%1: %L2 devices, %L3 entries whole, %L4 as digests"_s.arg(out)
                .arg(bundled->enrollments)
                .arg(bundled->whole)
                .arg(bundled->bare));
    return Exit::Good;
}

Exit exportSheet(const QCommandLineParser &parser, Archive &archive,
    const station::RecordFilter &filter, const Watcher &watcher)
{
    const QString out = parser.value(u"out"_s);
    const auto exported =
        exportRecords(archive.reader, filter, *formOf(parser.value(u"format"_s)), out, watcher);
    if (!exported)
        return stationError(exported.error());
    if (exported->left != 0)
        say(u"%L1 records have no enrollment and are not in it"_s.arg(exported->left));
    if (exported->archived != 0)
        say(archivedInWords(exported->archived));
    if (parser.isSet(u"json"_s))
        printJson({{u"path"_s, out}, {u"purpose"_s, word(archive.reader.purpose())},
            {u"rows"_s, exported->rows}, {u"left"_s, exported->left},
            {u"archived"_s, exported->archived}});
    else
        printLine(u"%1: %L2 rows"_s.arg(out).arg(exported->rows));
    return Exit::Good;
}

Exit runExport(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"out"_s) || !parser.positionalArguments().isEmpty())
        return wrongUse(u"export needs --out PATH"_s);
    const bool isBundle = parser.value(u"format"_s) == u"bundle";
    if (!isBundle && !formOf(parser.value(u"format"_s)))
        return wrongUse(u"--format takes csv, jsonl, dps-bulk, xlsx or bundle"_s);
    const auto filter = selectionOf(parser);
    if (!filter)
        return wrongUse(filter.error().detail);
    auto archive = openArchive(parser);
    if (!archive)
        return stationError(archive.error());
    if (archive->reader.purpose() == station::Purpose::Training)
        say(u"this is a training ledger: the export is marked, and no receiver takes it for production"_s);
    Watching watching;
    const Watcher watcher = watching.watcher();
    return isBundle ? exportBundle(parser, *archive, *filter, watcher)
                    : exportSheet(parser, *archive, *filter, watcher);
}

} // namespace

const Command exportDevices{"export", "",
    "Hand over proven devices: CSV, Excel, JSONL, DPS bulks, or a signed bundle.",
    "ekstation-cli export --station station.toml --order 4711 --format csv --out order-4711.csv",
    describe, runExport};

} // namespace app::commands
