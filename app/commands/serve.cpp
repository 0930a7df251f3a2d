// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/interrupt.h"
#include "upload/standin/server.h"

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>
#include <QStandardPaths>

namespace app::commands {

using namespace Qt::StringLiterals;

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

/// Appears whole or not at all, so that whoever waits for the file can read it at once.
bool writeFile(const QString &path, QByteArrayView bytes)
{
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(bytes.constData(), bytes.size()) == bytes.size() && file.commit();
    if (!written)
        say(u"%1: %2"_s.arg(path, file.errorString()));
    return written;
}

bool writeFiles(const QCommandLineParser &parser, const upload::standin::Authority &authority)
{
    if (parser.isSet(u"ca-out"_s)) {
        QFile ca(authority.caFile);
        if (!ca.open(QIODevice::ReadOnly) || !writeFile(parser.value(u"ca-out"_s), ca.readAll()))
            return false;
    }
    return !parser.isSet(u"connection-string-out"_s)
        || writeFile(
            parser.value(u"connection-string-out"_s), authority.connectionString().bytes());
}

Exit runServe(const QCommandLineParser &parser)
{
    const auto listen = parseListen(parser.value(u"listen"_s));
    if (!listen || !parser.positionalArguments().isEmpty())
        return wrongUse(u"--listen takes ADDRESS:PORT, such as 127.0.0.1:8443 or [::1]:0"_s);
    const QString folder = parser.isSet(u"data"_s)
        ? QDir().absoluteFilePath(parser.value(u"data"_s))
        : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/stand-in"_s;
    Interrupt interrupt;
    const auto server = upload::standin::Server::start(
        {.folder = folder, .address = listen->first, .port = listen->second});
    if (!server) {
        say(server.error().detail);
        return Exit::StationError;
    }
    printJson({{u"url"_s, (*server)->url().toString()}, {u"idScope"_s, u"0ne00000000"_s}});
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
