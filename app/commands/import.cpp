// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arrivals.h"
#include "app/commands/people.h"
#include "app/papers.h"
#include "tpm/signature.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

constexpr qint64 largestReceipt = 512 << 20; // two million devices

void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"FILE"_s,
        u"A bundle, CSV, JSONL, a DPS bulk, what `az iot dps enrollment list` printed, or a receipt."_s);
    parser.addOptions({
        {u"station"_s, u"The station whose ledger takes it; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"service"_s, u"Where the devices are to be enrolled; default main."_s, u"NAME"_s},
        {u"signers"_s, u"Who is believed, of bundles and receipts: certificates in PEM."_s,
            u"FILE"_s},
        {u"dry-run"_s, u"Judge every row and take none."_s},
        {u"json"_s, u"Print one JSON object a row, and one that sums them up."_s},
    });
    describeWho(parser);
}

std::unexpected<Error> refused(const QString &why)
{
    return std::unexpected(Error{Fault::Refused, why});
}

/// The receipt, if somebody trusted has signed exactly these bytes.
station::Result<station::SignedReceipt> trustedReceipt(
    const QCommandLineParser &parser, const QString &name, const QByteArray &text)
{
    if (!parser.isSet(u"signers"_s))
        return std::unexpected(Error{Fault::Missing, u"a receipt needs --signers FILE"_s});
    const auto signers = trustedIn(parser.value(u"signers"_s));
    const auto signature = bytesOf(name + u".p7s"_s, largestPaper);
    if (!signers || !signature)
        return std::unexpected(signers ? signature.error() : signers.error());
    const auto seal = tpm::verify(text, *signature, *signers, QDateTime::currentDateTimeUtc());
    if (seal.state == tpm::Seal::State::Broken)
        return refused(u"%1 is not what was signed: %2"_s.arg(name, seal.detail));
    if (seal.state != tpm::Seal::State::Good)
        return refused(
            u"%1 is intact, its signer is unknown: %2 (%3)"_s.arg(name, seal.signer, seal.detail));
    const auto receipt = station::parseReceipt(text, name);
    if (!receipt)
        return std::unexpected(receipt.error());
    return station::SignedReceipt{
        *receipt, QCryptographicHash::hash(text, QCryptographicHash::Sha256), seal.signer};
}

Exit importReceipt(const QCommandLineParser &parser, const Settings &settings, const QString &name)
{
    const auto text = bytesOf(name, largestReceipt);
    if (!text)
        return stationError(text.error());
    const auto received = trustedReceipt(parser, name, *text);
    if (!received) {
        const Exit exit = stationError(received.error());
        return received.error().fault == Fault::Refused ? Exit::DeviceFailed : exit;
    }
    const auto store = openFor(parser, settings, u"import"_s, station::Right::Release);
    if (!store)
        return store.error();
    const auto done = (*store)->takeIn(*received);
    if (!done) {
        const Exit exit = stationError(done.error());
        return done.error().fault == Fault::Refused ? Exit::DeviceFailed : exit;
    }
    if (parser.isSet(u"json"_s))
        printJson({{u"receipt"_s, name}, {u"signer"_s, received->signer}, {u"entry"_s, done->seq},
            {u"confirmed"_s, done->confirmed}, {u"rejected"_s, done->rejected},
            {u"known"_s, done->known},
            {u"contradictions"_s, QJsonArray::fromStringList(done->contradictions)}});
    else
        printLine(u"%1: %L2 confirmed, %L3 rejected, %L4 known before"_s.arg(name)
                .arg(done->confirmed)
                .arg(done->rejected)
                .arg(done->known));
    for (const QString &id : done->contradictions)
        say(u"%1 had come to another end before; it stays so"_s.arg(id));
    return done->rejected == 0 && done->contradictions.isEmpty() ? Exit::Good : Exit::DeviceFailed;
}

Exit importDevices(const QCommandLineParser &parser, const Settings &settings, Judged judged)
{
    const auto service = serviceOf(parser, settings);
    if (!service)
        return stationError(service.error());
    if (judged.intake.purpose.value_or(settings.purpose) != settings.purpose)
        return stationError({Fault::Purpose,
            u"%1 holds devices for %2, and this station is for %3; nothing was taken"_s.arg(
                judged.file, word(*judged.intake.purpose), word(settings.purpose))});
    if (!parser.isSet(u"dry-run"_s)) {
        const auto store = openFor(parser, settings, u"import"_s, station::Right::Release);
        if (!store)
            return store.error();
        if (const auto lodged = lodge(judged, settings, **store, *service); !lodged)
            return stationError(lodged.error());
    }
    return reportOffers(judged, parser.isSet(u"json"_s));
}

Exit runImport(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"station"_s) || parser.positionalArguments().size() != 1)
        return wrongUse(u"import needs --station FILE and one FILE"_s);
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return stationError(settings.error());
    const QString name = parser.positionalArguments().first();
    if (QFileInfo(name).isDir() || name.endsWith(u".zip", Qt::CaseInsensitive)) {
        if (!parser.isSet(u"signers"_s))
            return wrongUse(u"a bundle needs --signers FILE"_s);
        const auto bundle = judgeBundle(name, parser.value(u"signers"_s), settings->purpose, {});
        return bundle ? importDevices(parser, *settings, bundle->first) : bundle.error();
    }
    QFile file(name);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    if (isOpen && file.isSequential())
        return wrongUse(
            u"%1 is a pipe, and import reads a file more than once; save it first"_s.arg(name));
    if (isOpen && station::isReceipt(file.readLine(largestPaper)))
        return importReceipt(parser, *settings, name);
    const auto judged = judgeFile(name);
    return judged ? importDevices(parser, *settings, *judged) : stationError(judged.error());
}

} // namespace

const Command importDevicesOrReceipt{"import", "FILE",
    "Take in devices that came as a file, to enroll them from here; or a customer's receipt.",
    "ekstation-cli import --station office.toml from-the-factory.csv", describe, runImport};

} // namespace app::commands
