// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/interrupt.h"
#include "upload/standin/server.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace app::commands {

using namespace Qt::StringLiterals;
using upload::writeFile;
using upload::standin::Place;
using upload::standin::Quotas;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"listen"_s, u"Default 127.0.0.1:0, a free port of this computer alone."_s,
            u"ADDRESS:PORT"_s, u"127.0.0.1:0"_s},
        {u"data"_s, u"Where keys and enrollments are kept; default in the user's data folder."_s,
            u"DIR"_s},
        {u"connection-string-out"_s, u"Write the connection string to this file (mode 0600)."_s,
            u"FILE"_s},
        {u"ca-out"_s, u"Write the CA's certificate (PEM) to this file."_s, u"FILE"_s},
        {u"id-scope"_s, u"The ID scope that devices name; default 0ne00000000."_s, u"SCOPE"_s,
            u"0ne00000000"_s},
        {u"hub"_s, u"A linked hub that devices are assigned to; may be repeated."_s, u"NAME"_s},
        {u"locked-hub"_s,
            u"A linked hub that does not let the service in, as after its keys were changed; may "
            "be repeated."_s,
            u"NAME"_s},
        {u"policy"_s,
            u"One more access policy, such as reader=EnrollmentRead,RegistrationStatusRead; its "
            "connection string is DIR/reader.credential. May be repeated."_s,
            u"NAME=RIGHTS"_s},
        {u"assign-after"_s, u"How long a device is \"assigning\"; default 0."_s, u"MS"_s, u"0"_s},
        {u"poll-after"_s, u"Seconds that a device is told to wait; default 3."_s, u"SECONDS"_s,
            u"3"_s},
        {u"unlimited"_s,
            u"Without the service's quotas (1000 operations a minute, 5 polls in 10 "
            "seconds of a device)."_s},
        {u"latency"_s, u"Wait so long before every answer."_s, u"MS"_s, u"0"_s},
        {u"throttle"_s, u"Answer every N-th request with 429."_s, u"N"_s, u"0"_s},
        {u"fail-every"_s, u"Answer every N-th request with 500, and do nothing."_s, u"N"_s, u"0"_s},
        {u"drop-after"_s, u"Do what every N-th request asks for, and close without an answer."_s,
            u"N"_s, u"0"_s},
        {u"trouble"_s,
            u"Of a thousand requests so many meet a random trouble: 429, 500, no answer, or a bulk "
            "done in part."_s,
            u"N"_s, u"0"_s},
        {u"seed"_s, u"What those troubles follow from; default 1."_s, u"N"_s, u"1"_s},
        {u"assume"_s,
            u"Settle what is not known about the real service, such as bulk-atomic=yes; "
            "a wrong name lists them all. May be repeated."_s,
            u"NAME=VALUE"_s},
    });
}

std::optional<std::pair<QHostAddress, quint16>> parseListen(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isPort = false;
    const quint16 port = text.mid(colon + 1).toUShort(&isPort);
    QString host = text.left(std::max<qsizetype>(colon, 0));
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    const QHostAddress address(host == u"localhost" ? u"127.0.0.1"_s : host);
    if (colon < 0 || !isPort || address.isNull())
        return std::nullopt;
    return std::pair(address, port);
}

/// What is wrong with the numbers, if anything is.
std::optional<QString> readNumbers(const QCommandLineParser &parser, upload::standin::Terms &terms)
{
    int latency = 0;
    int assignment = 0;
    int seed = 0;
    const QList<std::pair<QString, int *>> numbers{{u"latency"_s, &latency},
        {u"assign-after"_s, &assignment}, {u"poll-after"_s, &terms.pollAfter},
        {u"throttle"_s, &terms.mischief.throttleEvery},
        {u"fail-every"_s, &terms.mischief.failEvery}, {u"drop-after"_s, &terms.mischief.dropEvery},
        {u"trouble"_s, &terms.mischief.perThousand}, {u"seed"_s, &seed}};
    for (const auto &[name, target] : numbers) {
        bool isNumber = false;
        *target = parser.value(name).toInt(&isNumber);
        if (!isNumber || *target < 0 || *target > 1'000'000)
            return u"--%1 takes a number from 0 to 1000000"_s.arg(name);
    }
    terms.mischief.seed = static_cast<quint32>(seed);
    terms.mischief.latency = std::chrono::milliseconds(latency);
    terms.assignment = std::chrono::milliseconds(assignment);
    terms.quotas = parser.isSet(u"unlimited"_s) ? Quotas{} : Quotas::real();
    return std::nullopt;
}

std::optional<QString> readNames(const QCommandLineParser &parser, Place &place)
{
    static const QRegularExpression host(u"^[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$"_s);
    static const QRegularExpression word(u"^[A-Za-z0-9-]{1,64}$"_s);
    place.terms.idScope = parser.value(u"id-scope"_s);
    if (!word.match(place.terms.idScope).hasMatch())
        return u"--id-scope takes letters and digits, such as 0ne00000000"_s;
    if (parser.isSet(u"hub"_s))
        place.terms.hubs = parser.values(u"hub"_s);
    place.terms.mischief.lockedHubs = parser.values(u"locked-hub"_s);
    place.terms.hubs += place.terms.mischief.lockedHubs;
    for (const QString &hub : std::as_const(place.terms.hubs)) {
        if (!host.match(hub).hasMatch())
            return u"--hub takes a host name, not \"%1\""_s.arg(hub);
    }
    for (const QString &text : parser.values(u"policy"_s)) {
        const QString name = text.section(u'=', 0, 0);
        const auto rights = upload::standin::parseRights(text.section(u'=', 1));
        if (!rights || !word.match(name).hasMatch())
            return u"--policy takes NAME=RIGHTS of ServiceConfig, EnrollmentRead, EnrollmentWrite, "
                   "RegistrationStatusRead, RegistrationStatusWrite, not \"%1\""_s.arg(text);
        place.policies.insert(name, *rights);
    }
    for (const QString &text : parser.values(u"assume"_s)) {
        if (const auto wrong = assume(place.terms.assumptions, text))
            return u"--assume: %1"_s.arg(*wrong);
    }
    return std::nullopt;
}

bool writeOut(const QString &path, QByteArrayView bytes)
{
    const bool written = path.isEmpty() || writeFile(path, bytes, true);
    if (!written)
        say(u"%1 cannot be written: is the folder there, and yours?"_s.arg(path));
    return written;
}

bool writeFiles(const QCommandLineParser &parser, const upload::standin::Authority &authority)
{
    QFile ca(authority.caFile);
    return ca.open(QIODevice::ReadOnly) && writeOut(parser.value(u"ca-out"_s), ca.readAll())
        && writeOut(parser.value(u"connection-string-out"_s), authority.connectionString().bytes());
}

Exit runServe(const QCommandLineParser &parser)
{
    const auto listen = parseListen(parser.value(u"listen"_s));
    if (!listen || !parser.positionalArguments().isEmpty())
        return wrongUse(u"--listen takes ADDRESS:PORT, such as 127.0.0.1:8443 or [::1]:0"_s);
    Place place{.address = listen->first, .port = listen->second};
    if (const auto wrong = readNumbers(parser, place.terms))
        return wrongUse(*wrong);
    if (const auto wrong = readNames(parser, place))
        return wrongUse(*wrong);
    place.folder = parser.isSet(u"data"_s)
        ? QDir().absoluteFilePath(parser.value(u"data"_s))
        : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/stand-in"_s;
    Interrupt interrupt;
    const auto server = upload::standin::Server::start(place);
    if (!server) {
        say(server.error().detail);
        return Exit::StationError;
    }
    printJson({{u"url"_s, (*server)->url().toString()}, {u"idScope"_s, place.terms.idScope}});
    if (!writeFiles(parser, (*server)->authority()))
        return Exit::StationError;
    QObject::connect(&interrupt, &Interrupt::requested, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    return Exit::Good;
}

} // namespace

const Command serve{"serve", "", "Stand in for the provisioning service on this computer.",
    "ekstation-cli serve --data stand-in --connection-string-out main.credential --ca-out ca.pem",
    describe, runServe};

} // namespace app::commands
