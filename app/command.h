// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QCommandLineParser>
#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace app {

/// How a command ended; the numbers are a contract (see README).
enum class Exit { Good = 0, DeviceFailed = 1, WrongUse = 2, StationError = 3 };

/// One command of ekstation-cli: a file below app/commands, and a row in allCommands().
struct Command {
    const char *name;
    const char *arguments; ///< "FILE", "" …
    const char *summary;
    const char *example;
    /// Adds its options to the parser.
    void (*describe)(QCommandLineParser &parser);
    /// Runs with the parsed line. The application object exists.
    Exit (*run)(const QCommandLineParser &parser);
};

[[nodiscard]] const QList<Command> &allCommands();

// What every command says and how: data on stdout, everything for people on stderr.
void printLine(const QString &line);
void printJson(const QJsonObject &object); ///< one line, flushed
void say(const QString &message); ///< "ekstation-cli: …" on stderr
Exit wrongUse(const QString &message); ///< says it, and where help is

/// Says what a fault of the station is; WrongUse where a file says something wrong.
Exit stationError(const station::Error &error);

/// The worse of two: wrong use beats a station error, which beats a failed device.
[[nodiscard]] Exit worse(Exit one, Exit other);

/// Parses `arguments` (the program's name first) and runs what they ask for.
[[nodiscard]] int runCommandLine(const QStringList &arguments);

} // namespace app
