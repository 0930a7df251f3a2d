// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace station {

/// What a service is to be told so that it holds again what the ledger expects of it.
struct Repair {
    enum class Kind {
        Create, ///< the enrollment as it was, and what it was told since
        Enable,
        Disable,
        Replace, ///< what is there goes first
        Remove, ///< of what nobody here expects
    };

    Kind kind = Kind::Create;
    QString service, key; ///< the registrationId, lower case
    QByteArray found; ///< Replace and Remove: the enrollment that is deleted, as a payload
    QString why; ///< what was wrong, a word

    bool operator==(const Repair &) const = default;
};

} // namespace station
