// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/databaseplace.h"

#include <QVariant>
#include <memory>

class QSqlDatabase;
class QSqlError;

namespace station {

/// One connection to a ledger's database. Opened, used and destroyed on one thread. Each statement
/// is finished before its call returns: an unfinished reader would hold SQLite's WAL.
class Database {
public:
    enum class Access { ReadWrite, ReadOnly };
    using Rows = QList<QVariantList>;

    [[nodiscard]] static Result<std::unique_ptr<Database>> open(
        const DatabasePlace &place, Access access);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    [[nodiscard]] bool isPostgres() const
    {
        return m_place.engine == DatabasePlace::Engine::Postgres;
    }
    [[nodiscard]] const DatabasePlace &place() const { return m_place; }

    [[nodiscard]] Result<Rows> select(const QString &sql, const QVariantList &values = {});
    /// The number of rows that changed.
    [[nodiscard]] Result<int> change(const QString &sql, const QVariantList &values = {});

    /// Runs work in one transaction: all of it is on the disk when a value comes back, and nothing
    /// when an error does. Where another station came first (a unique index, a deadlock) the work
    /// is done again on what is there now; it must not keep anything of its first run.
    template <typename Work> [[nodiscard]] auto transact(Work work) -> decltype(work())
    {
        for (int run = 1;; ++run) {
            if (auto begun = begin(); !begun)
                return std::unexpected(begun.error());
            auto done = work();
            if (done) {
                auto committed = commit();
                if (committed)
                    return done;
                done = std::unexpected(committed.error());
            }
            rollback();
            if (!m_contested || run == Runs)
                return done;
        }
    }

    /// PostgreSQL: keeps other hosts from being this station, as long as the connection lives.
    [[nodiscard]] Result<void> claim(const QString &stationId);

    /// The last statement met a unique index or a deadlock.
    [[nodiscard]] bool isContested() const { return m_contested; }

private:
    static constexpr int Runs = 8;

    Database(DatabasePlace place, Access access);
    [[nodiscard]] QSqlDatabase connection() const;
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> configureSqlite();
    [[nodiscard]] Result<void> configurePostgres();
    [[nodiscard]] Result<void> claimAgain();
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> commit();
    void rollback();
    struct Answer {
        Rows rows;
        int changed = 0;
    };
    [[nodiscard]] Result<Answer> run(const QString &sql, const QVariantList &values);
    [[nodiscard]] Error translated(const QSqlError &error);

    DatabasePlace m_place;
    Access m_access;
    QString m_connection; ///< the name under which Qt keeps it
    QString m_claimed; ///< the station that claim() took
    bool m_begun = false;
    bool m_contested = false;
};

} // namespace station
