// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/error.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <memory>
#include <unordered_map>

namespace upload::standin {

/// The stand-in's memory: one SQLite file. Used and destroyed on the thread that opened it.
class Books {
public:
    using Rows = QList<QVariantList>;

    [[nodiscard]] static Result<std::unique_ptr<Books>> open(const QString &file);
    ~Books();
    Books(const Books &) = delete;
    Books &operator=(const Books &) = delete;

    [[nodiscard]] Result<Rows> select(const QString &sql, const QVariantList &values);
    [[nodiscard]] Result<int> change(const QString &sql, const QVariantList &values); ///< rows
    /// Several changes as one: a bulk costs one write to the disk.
    [[nodiscard]] bool begin() { return m_database.transaction(); }
    [[nodiscard]] bool commit();
    void rollback();

private:
    Books() = default;
    [[nodiscard]] Result<QSqlQuery *> run(const QString &sql, const QVariantList &values);

    QString m_connection;
    QSqlDatabase m_database;
    std::unordered_map<QString, QSqlQuery>
        m_prepared; ///< the statements are few, and each is used for ever
};

} // namespace upload::standin
