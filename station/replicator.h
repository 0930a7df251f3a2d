// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"

#include <QMap>
#include <QSet>

namespace station {

/// Copies a SQLite ledger, row by row as it changes, into a second one on another disk or a share.
/// The copy is a ledger like any other, of one moment, whatever dies: its own journal stands beside
/// it, and what was copied is marked in the same transaction. Needs keepChangeLog(). Opened, used
/// and destroyed on one thread; blocks for as long as the other disk does.
class Replicator {
public:
    Replicator(QString ledger, QString copy);

    /// Everything that had changed when it was called. An error leaves the copy as it was, or as of
    /// a later moment; the next call goes on from there.
    [[nodiscard]] Result<void> copyChanges();

private:
    struct Change {
        qint64 id = 0;
        QString table;
        qint64 row = 0;
    };

    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> copyWhole();
    [[nodiscard]] Result<void> attach();
    [[nodiscard]] Result<bool> canFollow();
    [[nodiscard]] Result<bool> copySome();
    [[nodiscard]] Result<qint64> copyPage();
    [[nodiscard]] Result<void> copyRows(const QString &table, const QSet<qint64> &rows);
    [[nodiscard]] Result<QString> columnsOf(const QString &table);

    QString m_ledger, m_copy; ///< paths
    std::unique_ptr<Database> m_database; ///< the ledger, with the copy attached
    std::pair<quint64, quint64> m_file; ///< the copy's device and inode, as it was attached
    QMap<QString, QString> m_columns; ///< by table
};

} // namespace station
