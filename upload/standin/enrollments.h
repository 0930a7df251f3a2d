// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/error.h"

#include <QJsonObject>
#include <QList>
#include <QSqlDatabase>
#include <memory>

namespace upload::standin {

/// One stored enrollment: the record as clients see it, without the etag.
struct Stored {
    QString registrationId;
    QJsonObject record;
    QString etag; ///< quotes included
    qint64 createdMs = 0;
    qint64 updatedMs = 0;

    bool operator==(const Stored &) const = default;
};

/// The stand-in's memory: one SQLite file. Used and destroyed on the thread that opened it.
class Enrollments {
public:
    [[nodiscard]] static Result<std::unique_ptr<Enrollments>> open(const QString &file);
    ~Enrollments();
    Enrollments(const Enrollments &) = delete;
    Enrollments &operator=(const Enrollments &) = delete;

    [[nodiscard]] Result<std::optional<Stored>> find(const QString &registrationId);
    [[nodiscard]] Result<bool> store(const Stored &stored); ///< inserts or replaces
    [[nodiscard]] Result<bool> remove(const QString &registrationId); ///< false: there was none
    /// In order of the id, after `key` (empty: from the start).
    [[nodiscard]] Result<QList<Stored>> page(const QString &key, int most);
    [[nodiscard]] Result<qint64> count();
    /// Several changes as one: a bulk costs one write to the disk.
    [[nodiscard]] bool begin() { return m_database.transaction(); }
    [[nodiscard]] bool commit() { return m_database.commit(); }

private:
    Enrollments() = default;

    QString m_connection;
    QSqlDatabase m_database;
};

} // namespace upload::standin
