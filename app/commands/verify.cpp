// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/papers.h"
#include "app/watching.h"
#include "station/ledgerreader.h"
#include "station/ornull.h"
#include "upload/handover/inspect.h"

#include <QDateTime>
#include <QDir>
#include <QJsonArray>

namespace app::commands {

using namespace Qt::StringLiterals;
using namespace upload::handover;
using station::Purpose;
using tpm::Seal;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"PATH"_s,
        u"A bundle: a folder or a .zip; or a ledger: its file, or its URL as station.toml has it."_s);
    parser.addOptions({
        {u"signers"_s, u"Who is believed: certificates in PEM, of signers or of their authority."_s,
            u"FILE"_s},
        {u"training"_s, u"A bundle of a training station is what is expected."_s},
        {u"beside"_s,
            u"Another copy of the ledger: whether both are one chain, or two stations went on from the same entry."_s,
            u"LEDGER"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
}

QString code(Seal::State state)
{
    constexpr std::array words{"good", "unknown-signer", "broken"};
    return QString::fromLatin1(words.at(static_cast<size_t>(state)));
}

QJsonObject toJson(const Inspection &seen)
{
    return {{u"purpose"_s, word(seen.manifest.purpose)}, {u"station"_s, seen.manifest.stationId},
        {u"made"_s, seen.manifest.made}, {u"sha256"_s, QString::fromLatin1(seen.sha256.toHex())},
        {u"intact"_s, seen.isIntact()}, {u"signature"_s, code(seen.seal.state)},
        {u"signer"_s, seen.seal.signer}, {u"entries"_s, seen.entries}, {u"whole"_s, seen.whole},
        {u"enrollments"_s, seen.rows}, {u"mismatched"_s, seen.mismatched},
        {u"mismatches"_s, QJsonArray::fromStringList(seen.mismatches)}};
}

void print(const Inspection &seen)
{
    for (const QString &mismatch : seen.mismatches)
        printLine(mismatch);
    if (seen.mismatched > seen.mismatches.size())
        printLine(u"and %L1 more"_s.arg(seen.mismatched - seen.mismatches.size()));
    if (!seen.isIntact()) {
        printLine(u"NOT INTACT: do not use it"_s);
        return;
    }
    printLine(u"%1: intact, %2"_s.arg(word(seen.manifest.purpose),
        seen.seal.state == Seal::State::Good
            ? u"signed by %1"_s.arg(seen.seal.signer)
            : u"signer unknown: %1 (%2); --signers names who is believed"_s.arg(
                  seen.seal.signer, seen.seal.detail)));
    printLine(u"%L1 devices, %L2 entries whole, %L3 as digests, none missing"_s.arg(seen.rows)
            .arg(seen.whole)
            .arg(seen.entries - seen.whole));
}

QString code(station::Break::What what)
{
    constexpr std::array words{"order", "digest", "link", "hash", "tail"};
    return QString::fromLatin1(words.at(static_cast<size_t>(what)));
}

QString inWords(station::Break::What what)
{
    using enum station::Break::What;
    switch (what) {
    case Order:
        return u"an entry is missing before it, or one is too many"_s;
    case Digest:
        return u"its body, kind or time is not what was recorded"_s;
    case Link:
        return u"it does not follow from the entry before it"_s;
    case Hash:
        return u"its hash is not its own"_s;
    case Tail:
        break;
    }
    return u"the chain does not end where the station says"_s;
}

/// What a chain's checkpoints are worth.
struct Checkpoints {
    qint64 good = 0;
    qint64 last = 0; ///< the newest entry that is one, signed by somebody believed or not
    QString signer;
    qint64 firstBroken = 0; ///< 0: none
    qint64 unknown = 0; ///< intact, by signers who are not believed

    [[nodiscard]] QJsonObject toJson() const
    {
        return {{u"good"_s, good}, {u"unknownSigner"_s, unknown},
            {u"last"_s, last == 0 ? QJsonValue() : QJsonValue(last)},
            {u"signer"_s, station::orNull(signer)},
            {u"firstBroken"_s, firstBroken == 0 ? QJsonValue() : QJsonValue(firstBroken)}};
    }
    [[nodiscard]] QString inWords() const
    {
        if (firstBroken != 0)
            return u"its checkpoint at entry %L1 is not the signature of what stands before it"_s
                .arg(firstBroken);
        if (last == 0)
            return u"no checkpoint is signed; [sign] in station.toml names a key"_s;
        return unknown != 0
            ? u"checkpoints to entry %L1, %L2 of them by signers who are not believed, such as %3"_s
                  .arg(last)
                  .arg(unknown)
                  .arg(signer)
            : u"checkpoints to entry %L1, signed by %2"_s.arg(last).arg(signer);
    }
    void add(qint64 seq, const Seal &seal)
    {
        last = seq;
        if (!seal.signer.isEmpty())
            signer = seal.signer;
        good += seal.state == Seal::State::Good ? 1 : 0;
        unknown += seal.state == Seal::State::UnknownSigner ? 1 : 0;
        if (seal.state == Seal::State::Broken && firstBroken == 0)
            firstBroken = seq;
    }
};

/// One station's chain in a ledger.
Exit reportChain(const station::ChainReport &seen, const Checkpoints &checkpoints, bool json)
{
    const auto &broken = seen.firstBreak;
    if (json)
        printJson({{u"station"_s, seen.stationId}, {u"entries"_s, seen.entries},
            {u"archived"_s, seen.archived},
            {u"head"_s, QString::fromLatin1(seen.head.hash.toHex())},
            {u"firstBroken"_s, broken ? QJsonValue(broken->seq) : QJsonValue()},
            {u"why"_s, broken ? QJsonValue(code(broken->what)) : QJsonValue()},
            {u"checkpoints"_s, checkpoints.toJson()}});
    else if (broken)
        printLine(u"%1: NOT INTACT at entry %2: %3"_s.arg(seen.stationId)
                .arg(broken->seq)
                .arg(inWords(broken->what)));
    else
        printLine(u"%1: %2, %L3 entries, of which %L4 archived; %5"_s
                .arg(seen.stationId, checkpoints.firstBroken == 0 ? u"intact"_s : u"NOT INTACT"_s)
                .arg(seen.entries)
                .arg(seen.archived)
                .arg(checkpoints.inWords()));
    return broken || checkpoints.firstBroken != 0 ? Exit::DeviceFailed : Exit::Good;
}

/// The URL of a ledger, where somebody named one or its file.
std::optional<QString> ledgerIn(const QString &path)
{
    if (path.startsWith(u"sqlite:") || path.startsWith(u"postgresql:"))
        return path;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly) && file.read(16) == QByteArray("SQLite format 3\0", 16))
        return u"sqlite:"_s + QFileInfo(path).absoluteFilePath();
    return std::nullopt;
}

/// Whether another copy of a station's chain is the same as far as both go.
Exit compare(station::LedgerReader &ledger, station::LedgerReader &other, const QString &name)
{
    // Its hashes are compared, so they have to be those of what it holds.
    const auto seen = other.verifyChain(name);
    const auto parting = ledger.parting(other, name);
    if (!seen || !parting)
        return stationError(seen ? parting.error() : seen.error());
    if (seen->firstBreak) {
        say(u"%1: the other copy is broken at entry %L2: %3"_s.arg(name)
                .arg(seen->firstBreak->seq)
                .arg(inWords(seen->firstBreak->what)));
        return Exit::DeviceFailed;
    }
    if (!*parting)
        return Exit::Good;
    say(u"%1: FORKED at entry %L2: from there on the two are different chains; only one of them may go on"_s
            .arg(name)
            .arg(**parting));
    return Exit::DeviceFailed;
}

/// A station that only this ledger has may have begun after the copy was made; one that only the
/// copy has is missing here.
Exit compareAll(
    station::LedgerReader &ledger, station::LedgerReader &other, const QStringList &ours)
{
    const auto theirs = other.stations();
    if (!theirs)
        return stationError(theirs.error());
    Exit exit = Exit::Good;
    for (const QString &name : *theirs) {
        if (ours.contains(name)) {
            exit = worse(exit, compare(ledger, other, name));
        } else {
            say(u"%1: is in the other copy alone"_s.arg(name));
            exit = worse(exit, Exit::DeviceFailed);
        }
    }
    return exit;
}

Exit verifyLedger(const QString &url, const QCommandLineParser &parser, const tpm::Anchors &signers)
{
    auto reader = station::LedgerReader::open({.url = url, .folder = QDir::currentPath()});
    if (!reader)
        return stationError(reader.error());
    const auto stations = reader->stations();
    if (!stations)
        return stationError(stations.error());
    std::optional<station::LedgerReader> other;
    if (parser.isSet(u"beside"_s)) {
        const QString path = parser.value(u"beside"_s);
        auto opened = station::LedgerReader::open(
            {.url = ledgerIn(path).value_or(path), .folder = QDir::currentPath()});
        if (!opened)
            return stationError(opened.error());
        other.emplace(std::move(*opened));
    }
    const auto now = QDateTime::currentDateTimeUtc();
    Exit exit = other ? compareAll(*reader, *other, *stations) : Exit::Good;
    for (const QString &name : *stations) {
        Checkpoints checkpoints;
        const auto seen = reader->verifyChain(
            name, [&](qint64 seq, const QByteArray &content, const QByteArray &signature) {
                checkpoints.add(seq, tpm::verify(content, signature, signers, now));
            });
        exit = worse(exit,
            seen ? reportChain(*seen, checkpoints, parser.isSet(u"json"_s))
                 : stationError(seen.error()));
        // Who names signers wants theirs.
        if (parser.isSet(u"signers"_s) && (checkpoints.good == 0 || checkpoints.unknown != 0))
            exit = worse(exit, Exit::DeviceFailed);
    }
    return exit;
}

Exit runVerify(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1)
        return wrongUse(u"verify needs one PATH"_s);
    const auto signers = parser.isSet(u"signers"_s) ? trustedIn(parser.value(u"signers"_s))
                                                    : station::Result<tpm::Anchors>{};
    if (!signers)
        return stationError(signers.error());
    if (const auto ledger = ledgerIn(parser.positionalArguments().first()))
        return verifyLedger(*ledger, parser, *signers);
    const auto bundle = Container::open(parser.positionalArguments().first());
    if (!bundle)
        return stationError(bundle.error());
    Watching watching;
    const auto seen =
        inspect(*bundle, *signers, QDateTime::currentDateTimeUtc(), watching.watcher());
    if (!seen)
        return stationError(seen.error());
    if (parser.isSet(u"json"_s))
        printJson(toJson(*seen));
    else
        print(*seen);
    const bool isTraining = seen->manifest.purpose == Purpose::Training;
    if (isTraining != parser.isSet(u"training"_s))
        say(isTraining ? u"this is a bundle of a training station; no device of it is proven"_s
                       : u"this is no bundle of a training station"_s);
    const bool holds = seen->isIntact() && seen->seal.state == Seal::State::Good
        && isTraining == parser.isSet(u"training"_s);
    return holds ? Exit::Good : Exit::DeviceFailed;
}

} // namespace

const Command verify{"verify", "PATH",
    "Check a bundle or a ledger again, anywhere and offline, and say what does not match.",
    "ekstation-cli verify order-4711.zip --signers factory.pem", describe, runVerify};

} // namespace app::commands
