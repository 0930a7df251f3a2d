// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace support {

/// A PostgreSQL 15 of the test's own, on a unix socket in a temporary folder. It ends with this
/// object, and also when the test dies. PostgreSQL refuses root, so root runs it as nobody.
class Postgres {
public:
    Postgres(); ///< ends the test program if the server does not come up
    ~Postgres();
    Q_DISABLE_COPY_MOVE(Postgres)

    /// A new, empty database: postgresql://…
    [[nodiscard]] QString createDatabase();
    void restart(); ///< drops every connection, as a rebooted server does

private:
    [[nodiscard]] QStringList command(const QString &program, const QStringList &arguments) const;
    void initialise();
    void start();
    void stop();

    QTemporaryDir m_folder;
    QProcess m_server;
    int m_databases = 0;
};

} // namespace support
