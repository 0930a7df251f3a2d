// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/database.h"
#include "station/person.h"

namespace station {

/// All that are not erased, by name; or the one with this id.
[[nodiscard]] Result<QList<Person>> peopleIn(Database &database, const QString &id = {});

/// Whether somebody who can log in may change people.
[[nodiscard]] bool hasAdministrator(const QList<Person> &people);

} // namespace station
