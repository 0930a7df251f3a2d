// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "station/ornull.h"
#include "tpm/diagnosis.h"
#include "ui/wording.h"

#include <QFile>

#include <array>

namespace app::commands {

using namespace Qt::StringLiterals;
using tpm::Diagnosis;

namespace {

constexpr qint64 mostBytes = (64 << 10) + 1; // one more than a diagnosis takes, so that it says so

QString code(Diagnosis::Encoding encoding)
{
    constexpr std::array words{"bytes", "base64", "hex", "pem"};
    return QString::fromLatin1(words.at(static_cast<size_t>(encoding)));
}

QString code(Diagnosis::Form form)
{
    constexpr std::array words{"tpm2b", "tpmt", "host-dump", "spki", "certificate", "unknown"};
    return QString::fromLatin1(words.at(static_cast<size_t>(form)));
}

QString code(Diagnosis::Fitness fitness)
{
    constexpr std::array words{"good", "converted", "rebuilt", "refused"};
    return QString::fromLatin1(words.at(static_cast<size_t>(fitness)));
}

QJsonObject toJson(const QString &file, const Diagnosis &seen)
{
    const auto &key = seen.key;
    return {{u"file"_s, file}, {u"encoding"_s, code(seen.encoding)}, {u"form"_s, code(seen.form)},
        {u"fitness"_s, code(seen.fitness)},
        {u"public"_s, key ? QString::fromLatin1(key->base64()) : QJsonValue()},
        {u"sha256"_s, key ? QString::fromLatin1(key->sha256().toHex()) : QJsonValue()},
        {u"registrationId"_s, key ? key->registrationId() : QJsonValue()},
        {u"detail"_s, station::orNull(seen.detail)}};
}

void print(const QString &file, const Diagnosis &seen)
{
    printLine(u"%1: %2 (%3): %4"_s.arg(file, ui::wording::keyForm(code(seen.form)),
        code(seen.encoding), ui::wording::keyFitness(code(seen.fitness))));
    if (!seen.detail.isEmpty())
        printLine(u"detail       "_s + seen.detail);
    if (!seen.key)
        return;
    printLine(u"EK SHA-256   "_s + QString::fromLatin1(seen.key->sha256().toHex()));
    printLine(u"registration "_s + seen.key->registrationId());
    printLine(u"EK_pub       "_s + QString::fromLatin1(seen.key->base64()));
}

station::Result<QByteArray> inputOf(const QString &name)
{
    QFile file(name);
    const bool opened =
        name == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        return std::unexpected(
            station::Error{station::Fault::Missing, u"%1: %2"_s.arg(name, file.errorString())});
    QByteArray bytes;
    while (bytes.size() < mostBytes) { // a pipe gives what it has, not what is asked for
        const QByteArray piece = file.read(mostBytes - bytes.size());
        if (piece.isEmpty())
            break;
        bytes += piece;
    }
    return bytes;
}

void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"FILE|-"_s,
        u"The key as it came: TPM2B or TPMT, DER, PEM, a certificate; plain, hex or base64."_s);
    parser.addOption({u"json"_s, u"Print one JSON object."_s});
}

Exit runEk(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1)
        return wrongUse(u"ek needs one FILE, or - for its input"_s);
    const QString name = parser.positionalArguments().first();
    const auto input = inputOf(name);
    if (!input)
        return stationError(input.error());
    const Diagnosis seen = tpm::diagnose(*input);
    if (parser.isSet(u"json"_s))
        printJson(toJson(name, seen));
    else
        print(name, seen);
    return seen.key ? Exit::Good : Exit::DeviceFailed;
}

} // namespace

const Command ek{"ek", "FILE|-",
    "Say what an endorsement key is that somebody sent, and what DPS wants of it.",
    "ekstation-cli ek from-the-supplier.pem", describe, runEk};

} // namespace app::commands
