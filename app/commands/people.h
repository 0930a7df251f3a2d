// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/all.h"
#include "app/stationledger.h"

namespace app::commands {

// Who uses a command, and that it is them.

void describeWho(QCommandLineParser &parser); ///< --by
void describePeople(QCommandLineParser &parser); ///< and --with
/// Whom they name, as ids where the station needs a login: each then gives their PIN on standard
/// input, a line each. Fault::Missing; Fault::Refused.
[[nodiscard]] station::Result<QStringList> provenPeople(
    const QCommandLineParser &parser, const station::LoginRule &rule, station::Store &store);

/// The same, of those who examine and pack: at least one where the station needs a login, else
/// nobody is asked.
[[nodiscard]] station::Result<QStringList> workersOf(
    const QCommandLineParser &parser, const station::LoginRule &rule, station::Store &store);

/// The station's ledger, while its line is at rest, for a command whose entries name nobody: who
/// runs it is proven and noted first (Store::noteCommand). Where that fails it is said, and how the
/// command ends.
[[nodiscard]] std::expected<std::unique_ptr<station::Store>, Exit> openFor(
    const QCommandLineParser &parser, const Settings &settings, const QString &command,
    station::Right right);

} // namespace app::commands
