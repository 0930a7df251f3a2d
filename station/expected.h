// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"
#include "station/delivery.h"

#include <optional>

namespace station {

/// What a service is to hold under one registrationId, as the deliveries to it say.
struct Expected {
    QString key; ///< the registrationId, lower case
    QString serial, order, customer; ///< empty where only a file told of the device
    QByteArray payload; ///< of the newest enrollment, the bytes as they are frozen
    std::optional<bool> enabled; ///< what it was told since; nothing: what the payload says
    bool isUnderWay = false; ///< some word to the service is not through yet

    bool operator==(const Expected &) const = default;
};

struct ExpectedPage {
    QList<Expected> expected; ///< by key
    QString last; ///< the next page comes after this key; empty: this is the last page

    bool operator==(const ExpectedPage &) const = default;
};

// What waits for a release, what the other side has rejected and what has been deleted is not
// expected. What met another's enrollment (a conflict) is: that is to be seen to.

[[nodiscard]] Result<std::optional<Expected>> expectedOf(
    Database &database, const QString &service, const QString &key);

/// The next keys after `after` in the database's own order, at most `most` of them; of these, the
/// ones that are expected.
[[nodiscard]] Result<ExpectedPage> expectedAfter(
    Database &database, const QString &service, const QString &after, int most);

/// How many enrollments a service has taken and not been told to delete since.
[[nodiscard]] Result<qint64> countEnrolled(Database &database, const QString &service);

} // namespace station
