// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include "app/commands/all.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString overview()
{
    constexpr int longestName = 18;
    QString text = u"Usage: ekstation-cli COMMAND [OPTIONS]\n\nCommands:\n"_s;
    for (const Command &command : allCommands())
        text += u"  %1  %2\n"_s.arg(QString::fromLatin1(command.name), -longestName)
                    .arg(QString::fromLatin1(command.summary));
    return text
        + u"\nekstation-cli COMMAND --help tells more and gives an example.\n"
          "Exit codes: 0 all good, 1 a device failed or something was rejected, 2 wrong use,\n"
          "3 the station or the service failed.\n"_s;
}

Exit runOne(const Command &command, QStringList words)
{
    const QString name = QString::fromLatin1(command.name);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"%1\n\nExample:\n  %2"_s.arg(
        QString::fromLatin1(command.summary), QString::fromLatin1(command.example)));
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Print this help."_s);
    parser.addOption(help);
    command.describe(parser);
    // The parser would take the command's name for an argument; it is part of the program's name.
    words.removeAt(1);
    for (const QString &part : name.split(u' ').mid(1))
        words.removeOne(part);
    if (!parser.parse(words))
        return wrongUse(parser.errorText());
    if (parser.isSet(help)) {
        QString text = parser.helpText();
        text.replace(u"Usage: "_s + words.first(), u"Usage: ekstation-cli "_s + name);
        printLine(text.trimmed());
        return Exit::Good;
    }
    return command.run(parser);
}

} // namespace

const QList<Command> &allCommands()
{
    static const QList<Command> all{commands::read, commands::run, commands::demo,
        commands::records, commands::show, commands::planCheck, commands::ek, commands::rootsImport,
        commands::rootsList, commands::eksetExport, commands::eksetImport, commands::exportDevices,
        commands::verify, commands::ledgerBackup, commands::ledgerRestore, commands::ledgerArchive,
        commands::ledgerClock, commands::ledgerHoldAdd, commands::ledgerHoldList,
        commands::ledgerHoldRemove, commands::importDevicesOrReceipt, commands::receiveBundle,
        commands::credentialsAdd, commands::credentialsTest, commands::credentialsList,
        commands::credentialsRemove, commands::unitShip, commands::unitReplaceBoard,
        commands::unitScrap, commands::unitRepair, commands::unitReturn, commands::unitRetest,
        commands::unitHistory, commands::personAdd, commands::personChange, commands::personErase,
        commands::personList, commands::gate, commands::recall, commands::orderOpen,
        commands::orderClose, commands::orderList, commands::orderRelease, commands::upload,
        commands::reconcile, commands::serve, commands::registerDevice, commands::doctor};
    return all;
}

void printLine(const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

void printJson(const QJsonObject &object)
{
    printLine(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

void say(const QString &message)
{
    const QByteArray bytes = "ekstation-cli: " + message.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
}

Exit wrongUse(const QString &message)
{
    say(message + u" (--help tells how)"_s);
    return Exit::WrongUse;
}

Exit stationError(const station::Error &error)
{
    using station::Fault;
    say(error.detail);
    const bool wrong = error.fault == Fault::Syntax || error.fault == Fault::Missing
        || error.fault == Fault::Purpose;
    return wrong ? Exit::WrongUse : Exit::StationError;
}

Exit worse(Exit one, Exit other)
{
    return std::max(one, other, [](Exit a, Exit b) {
        const auto rank = [](Exit exit) {
            return exit == Exit::WrongUse ? 4 : static_cast<int>(exit);
        };
        return rank(a) < rank(b);
    });
}

int runCommandLine(const QStringList &arguments)
{
    const QString asked = arguments.value(1);
    if (asked.isEmpty() || asked == u"--help" || asked == u"-h" || asked == u"help") {
        printLine(overview().trimmed());
        return static_cast<int>(asked.isEmpty() ? Exit::WrongUse : Exit::Good);
    }
    if (asked == u"--version") {
        printLine(u"ekstation-cli "_s + QStringLiteral(EKSTATION_VERSION));
        return static_cast<int>(Exit::Good);
    }
    for (const Command &command : allCommands()) {
        const QStringList name = QString::fromLatin1(command.name).split(u' ');
        if (arguments.mid(1, name.size()) == name)
            return static_cast<int>(runOne(command, arguments));
    }
    return static_cast<int>(wrongUse(u"there is no command \"%1\""_s.arg(asked)));
}

} // namespace app
