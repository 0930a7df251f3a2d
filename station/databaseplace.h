// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QByteArray>

namespace station {

/// Where a ledger is kept, taken apart from its URL.
struct DatabasePlace {
    enum class Engine { Sqlite, Postgres };

    Engine engine = Engine::Sqlite;
    QString path; ///< SQLite: absolute
    QString host; ///< PostgreSQL: a name, an address, or a socket's folder
    int port = 5432;
    QString name;
    QString user;
    QString password;
    QString options; ///< libpq's, as QPSQL wants them

    /// The same text for the same ledger, whatever its URL looked like; without a password.
    [[nodiscard]] QString canonical() const;

    bool operator==(const DatabasePlace &) const = default;
};

/// "sqlite:PATH" (relative to `folder`) or
/// "postgresql://[user[:password]@][host][:port]/name[?options]".
[[nodiscard]] Result<DatabasePlace> parseDatabasePlace(const QString &url, const QString &folder);

/// Whether a file system of this statfs magic and mount type is reached over a network. SQLite's
/// locks and its shared memory do not hold there, so that two writers could break a chain.
[[nodiscard]] bool isNetworkFileSystem(quint32 magic, const QByteArray &mountType);

/// Refuses a file on a network file system, and one whose folder does not exist.
[[nodiscard]] Result<void> checkFileSystem(const QString &path);

} // namespace station
