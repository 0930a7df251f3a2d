// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/standin/books.h"

#include <QJsonObject>

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

/// The books' page of enrollments; ids are found regardless of case.
class Enrollments {
public:
    explicit Enrollments(Books &books) : m_books(books) { }

    [[nodiscard]] Result<std::optional<Stored>> find(const QString &registrationId);
    [[nodiscard]] Result<bool> store(const Stored &stored); ///< inserts or replaces
    [[nodiscard]] Result<bool> remove(const QString &registrationId); ///< false: there was none
    /// In order of the id, after `key` (empty: from the start).
    [[nodiscard]] Result<QList<Stored>> page(const QString &key, int most);
    [[nodiscard]] Result<qint64> count(); ///< at once, however many there are

private:
    Books &m_books;
};

} // namespace upload::standin
