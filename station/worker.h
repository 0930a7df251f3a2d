// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/person.h"

#include <QStringList>
#include <optional>

namespace station {

/// Who works at a station, as far as it asks.
struct Worker {
    bool isAsked = false; ///< false: nobody is, and everything may be done
    std::optional<Person> person = {};

    [[nodiscard]] bool may(Right right) const
    {
        return !isAsked || (person && station::may(roleOf(person->role), right));
    }
    [[nodiscard]] QString id() const { return person ? person->id : QString(); }
    [[nodiscard]] QStringList ids() const
    {
        return person ? QStringList{person->id} : QStringList();
    }

    bool operator==(const Worker &) const = default;
};

} // namespace station
