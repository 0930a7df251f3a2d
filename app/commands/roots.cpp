// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/roots.h"
#include "app/commands/all.h"
#include "app/settings.h"
#include "station/hex.h"
#include "station/ornull.h"

#include <QCryptographicHash>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::hex;
using tpm::Anchor;

namespace {

void describeStore(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station whose root store is meant."_s, u"FILE"_s},
        {u"store"_s,
            u"The root store itself; default %1."_s.arg(u"~/.local/share/ekstation/roots.pem"_s),
            u"FILE"_s},
        {u"json"_s, u"Print JSON, one object a line."_s},
    });
}

station::Result<QString> storeOf(const QCommandLineParser &parser)
{
    if (parser.isSet(u"store"_s))
        return parser.value(u"store"_s);
    if (!parser.isSet(u"station"_s))
        return station::usualRootsFile();
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return std::unexpected(settings.error());
    return rootsFileOf(*settings);
}

QString word(Anchor::Kind kind)
{
    switch (kind) {
    case Anchor::Kind::Root:
        return u"root"_s;
    case Anchor::Kind::Intermediate:
        return u"intermediate"_s;
    case Anchor::Kind::Revocations:
        break;
    }
    return u"crl"_s;
}

QJsonValue time(const QDateTime &at)
{
    return at.isValid() ? QJsonValue(at.toString(Qt::ISODate)) : QJsonValue::Null;
}

QJsonObject toJson(const Anchor &anchor)
{
    return {{u"kind"_s, word(anchor.kind)}, {u"subject"_s, station::orNull(anchor.subject)},
        {u"issuer"_s, anchor.issuer}, {u"sha256"_s, hex(anchor.sha256)},
        {u"from"_s, time(anchor.from)}, {u"until"_s, time(anchor.until)}};
}

QJsonObject summary(const QString &file, const tpm::Anchors &anchors)
{
    QMap<Anchor::Kind, int> counts;
    for (const Anchor &anchor : tpm::describe(anchors))
        ++counts[anchor.kind];
    return {{u"file"_s, file},
        {u"sha256"_s, hex(QCryptographicHash::hash(anchors.pem(), QCryptographicHash::Sha256))},
        {u"roots"_s, counts[Anchor::Kind::Root]},
        {u"intermediates"_s, counts[Anchor::Kind::Intermediate]},
        {u"crls"_s, counts[Anchor::Kind::Revocations]}};
}

void printSummary(const QCommandLineParser &parser, const QJsonObject &summary)
{
    if (parser.isSet(u"json"_s))
        return printJson(summary);
    printLine(
        u"%1: %2 roots, %3 intermediates, %4 CRLs, SHA-256 %5"_s.arg(summary[u"file"].toString())
            .arg(summary[u"roots"].toInt())
            .arg(summary[u"intermediates"].toInt())
            .arg(summary[u"crls"].toInt())
            .arg(summary[u"sha256"].toString()));
}

void describeImport(QCommandLineParser &parser)
{
    describeStore(parser);
    parser.addOption({u"replace"_s, u"Forget what the store held before."_s});
    parser.addPositionalArgument(
        u"FILE|DIR"_s, u"PEM or DER, a folder, or a cabinet such as TrustedTpm.cab."_s);
}

Exit runImport(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().isEmpty())
        return wrongUse(u"roots import needs a FILE or DIR"_s);
    const auto file = storeOf(parser);
    if (!file)
        return stationError(file.error());
    const auto gathered = station::gatherRoots(parser.positionalArguments());
    if (!gathered)
        return stationError(gathered.error());
    for (const QString &skipped : gathered->skipped)
        say(u"left out: "_s + skipped);
    tpm::Anchors anchors = gathered->anchors;
    if (!parser.isSet(u"replace"_s)) {
        const auto before = station::loadRoots(*file);
        if (!before)
            return stationError(before.error());
        anchors.add(*before);
    }
    if (const auto saved = station::saveRoots(*file, anchors); !saved)
        return stationError(saved.error());
    printSummary(parser, summary(*file, anchors));
    return Exit::Good;
}

Exit runList(const QCommandLineParser &parser)
{
    if (!parser.positionalArguments().isEmpty())
        return wrongUse(u"roots list takes no arguments"_s);
    const auto file = storeOf(parser);
    if (!file)
        return stationError(file.error());
    const auto anchors = station::loadRoots(*file);
    if (!anchors)
        return stationError(anchors.error());
    for (const Anchor &anchor : tpm::describe(*anchors)) {
        if (parser.isSet(u"json"_s))
            printJson(toJson(anchor));
        else
            printLine(u"%1 %2  %3 to %4  %5"_s.arg(word(anchor.kind), -12)
                    .arg(hex(anchor.sha256).left(16), anchor.from.toString(Qt::ISODate),
                        anchor.until.isValid() ? anchor.until.toString(Qt::ISODate) : u"-"_s,
                        anchor.subject.isEmpty() ? anchor.issuer : anchor.subject));
    }
    printSummary(parser, summary(*file, *anchors));
    return Exit::Good;
}

} // namespace

const Command rootsImport{"roots import", "FILE|DIR...",
    "Trust the makers of TPMs: add their certificates and CRLs.",
    "ekstation-cli roots import TrustedTpm.cab my-vendor-root.pem", describeImport, runImport};
const Command rootsList{"roots list", "", "Print the certificates and CRLs that are trusted.",
    "ekstation-cli roots list --json", describeStore, runList};

} // namespace app::commands
