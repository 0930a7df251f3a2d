// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/watching.h"
#include "station/roots.h"
#include "upload/handover/inspect.h"

#include <QDateTime>
#include <QJsonArray>

namespace app::commands {

using namespace Qt::StringLiterals;
using namespace upload::handover;
using station::Purpose;
using tpm::Seal;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"PATH"_s, u"A bundle: a folder or a .zip."_s);
    parser.addOptions({
        {u"signers"_s, u"Who is believed: certificates in PEM, of signers or of their authority."_s,
            u"FILE"_s},
        {u"training"_s, u"A bundle of a training station is what is expected."_s},
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

Exit runVerify(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1)
        return wrongUse(u"verify needs one PATH"_s);
    const auto signers = parser.isSet(u"signers"_s) ? station::loadRoots(parser.value(u"signers"_s))
                                                    : station::Result<tpm::Anchors>{};
    if (!signers)
        return stationError(signers.error());
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
    "Check a bundle again, anywhere and offline, and say what does not match.",
    "ekstation-cli verify order-4711.zip --signers factory.pem", describe, runVerify};

} // namespace app::commands
