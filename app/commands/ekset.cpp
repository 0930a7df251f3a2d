// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/people.h"
#include "app/papers.h"
#include "station/hex.h"
#include "station/ledgerreader.h"
#include "station/roots.h"
#include "tpm/signature.h"

#include <QCryptographicHash>
#include <QJsonArray>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::hex;

namespace {

constexpr qint64 largestSet = 256 << 20; // four million keys

void describeExport(QCommandLineParser &parser)
{
    describeSigner(parser);
    parser.addOptions({
        {u"station"_s, u"The station whose ledger's keys are told."_s, u"FILE"_s},
        {u"out"_s, u"Where the set goes; its signature goes to the same name with .p7s."_s,
            u"FILE"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
}

station::Result<station::EkSet> setOf(const Settings &settings)
{
    auto reader =
        station::LedgerReader::open(ledgerPlace(settings, station::LedgerPlace::Role::Courier));
    if (!reader)
        return std::unexpected(reader.error());
    auto keys = reader->keysInUse();
    if (!keys)
        return std::unexpected(keys.error());
    return station::EkSet{settings.stationId, settings.purpose,
        QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch(), Qt::UTC), *keys};
}

Exit runExport(const QCommandLineParser &parser)
{
    for (const QString &needed : {u"station"_s, u"out"_s})
        if (!parser.isSet(needed))
            return wrongUse(u"ekset export needs --%1 FILE"_s.arg(needed));
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return stationError(settings.error());
    const auto signer = signerOf(parser);
    if (!signer)
        return stationError(signer.error());
    const auto set = setOf(*settings);
    if (!set)
        return stationError(set.error());
    const QByteArray text = set->text();
    const auto signature = sign(text, *signer);
    if (!signature)
        return stationError(signature.error());
    const QString out = parser.value(u"out"_s);
    for (const auto &[name, bytes] : {std::pair{out, text}, {out + u".p7s"_s, *signature}})
        if (const auto written = writeFile(name, bytes); !written)
            return stationError(written.error());
    if (parser.isSet(u"json"_s))
        printJson({{u"file"_s, out}, {u"line"_s, set->line}, {u"keys"_s, set->keys.size()},
            {u"sha256"_s, hex(QCryptographicHash::hash(text, QCryptographicHash::Sha256))}});
    else
        printLine(u"%1: %2 keys of line %3"_s.arg(out).arg(set->keys.size()).arg(set->line));
    return Exit::Good;
}

void describeImport(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station that is told; its line must not run meanwhile."_s, u"FILE"_s},
        {u"signature"_s, u"The set's signature; default SET.p7s."_s, u"FILE"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
    describeWho(parser);
    parser.addPositionalArgument(u"SET"_s, u"What another line exported."_s);
}

/// Nothing, and said why, unless a line that the settings trust has signed these bytes.
std::optional<QString> vouchedBy(const QString &name, const QByteArray &text,
    const QByteArray &signature, const tpm::Anchors &lines)
{
    const auto seal = tpm::verify(text, signature, lines, QDateTime::currentDateTimeUtc());
    switch (seal.state) {
    case tpm::Seal::State::Good:
        return seal.signer;
    case tpm::Seal::State::UnknownSigner:
        say(u"%1 is intact, its signer is unknown: %2 (%3); [trust] lines names who is believed"_s
                .arg(name, seal.signer, seal.detail));
        return {};
    case tpm::Seal::State::Broken:
        say(u"%1 is not what was signed: %2"_s.arg(name, seal.detail));
        break;
    }
    return {};
}

Exit report(const QCommandLineParser &parser, const station::SignedEkSet &received,
    const QList<station::HeldUnit> &units)
{
    QJsonArray held;
    for (const auto &unit : units)
        held.append(QJsonObject{{u"serial"_s, unit.serial}, {u"ekSha256"_s, hex(unit.ekSha256)},
            {u"held"_s, unit.held}, {u"gone"_s, unit.gone}});
    if (parser.isSet(u"json"_s))
        printJson({{u"line"_s, received.set.line}, {u"keys"_s, received.set.keys.size()},
            {u"signer"_s, received.signer}, {u"units"_s, held}});
    else
        printLine(u"%1 keys of line %2, signed by %3; %4 of them are in use here"_s
                .arg(received.set.keys.size())
                .arg(received.set.line, received.signer)
                .arg(units.size()));
    for (const auto &unit : units)
        say(unit.gone == 0
                ? u"%1 is held: line %2 has its key too; set it aside and call QA"_s.arg(
                      unit.serial, received.set.line)
                : u"%1 is enrolled, and line %2 has its key too; disable the enrollment, set it aside and call QA"_s
                      .arg(unit.serial, received.set.line));
    return units.isEmpty() ? Exit::Good : Exit::DeviceFailed;
}

/// The set, if somebody whom the station believes has signed it; else why not, said already.
std::expected<station::SignedEkSet, Exit> receive(
    const QCommandLineParser &parser, const Settings &settings)
{
    const QString name = parser.positionalArguments().first();
    const auto text = bytesOf(name, largestSet);
    const auto signature =
        bytesOf(parser.isSet(u"signature"_s) ? parser.value(u"signature"_s) : name + u".p7s"_s,
            largestPaper);
    const auto lines = settings.linesFile.isEmpty() ? station::Result<tpm::Anchors>{}
                                                    : trustedIn(settings.linesFile);
    for (const auto *error : {text ? nullptr : &text.error(),
             signature ? nullptr : &signature.error(), lines ? nullptr : &lines.error()})
        if (error != nullptr)
            return std::unexpected(stationError(*error));
    const auto signer = vouchedBy(name, *text, *signature, *lines);
    if (!signer)
        return std::unexpected(Exit::DeviceFailed);
    const auto set = station::parseEkSet(*text, name);
    if (!set)
        return std::unexpected(stationError(set.error()));
    return station::SignedEkSet{
        *set, QCryptographicHash::hash(*text, QCryptographicHash::Sha256), *signer};
}

Exit runImport(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"station"_s) || parser.positionalArguments().size() != 1)
        return wrongUse(u"ekset import needs --station FILE and one SET"_s);
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return stationError(settings.error());
    const auto received = receive(parser, *settings);
    if (!received)
        return received.error();
    const auto store = openFor(parser, *settings, u"ekset import"_s, station::Right::Release);
    if (!store)
        return store.error();
    const auto units = (*store)->takeIn(*received);
    return units ? report(parser, *received, *units) : stationError(units.error());
}

} // namespace

const Command eksetExport{"ekset export", "",
    "Tell other lines which endorsement keys are in use here, signed.",
    "ekstation-cli ekset export --station station.toml --key line.key --certificate line.pem "
    "--out line1.ekset",
    describeExport, runExport};
const Command eksetImport{"ekset import", "SET",
    "Take in another line's keys; a unit here that has one of them is held.",
    "ekstation-cli ekset import --station station.toml line2.ekset", describeImport, runImport};

} // namespace app::commands
