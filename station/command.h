// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "tpm/stop.h"

#include <QByteArray>
#include <QMap>
#include <QStringList>
#include <chrono>

class QProcess;

namespace station {

/// The most that a command of the factory may say.
constexpr qsizetype largestAnswer = qsizetype{64} * 1024;

/// Before its start: a group of its own, so that what the command starts ends with it, and an end
/// with the station's, however that comes.
void becomeGroup(QProcess &process);
/// Kills the command and all that it has started.
void endGroup(QProcess &process);

/// What an ended command has answered. Fault::Down, with why, for one that failed; Fault::Refused
/// for exit code 65, by which it says that its input is at fault.
[[nodiscard]] Result<QByteArray> answerOf(QProcess &process);

/// Runs a program with its arguments and waits for its end; stderr is ours, and the environment
/// with `more` in it. Fault::Down for one that does not start, is late, fails, says too much or was
/// stopped.
[[nodiscard]] Result<QByteArray> run(const QStringList &command, std::chrono::milliseconds deadline,
    const tpm::Stop &stop, const QMap<QString, QString> &more = {});

} // namespace station
