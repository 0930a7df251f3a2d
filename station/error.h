// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <expected>

namespace station {

/// What kept the station from doing its work.
enum class Fault {
    Syntax, ///< a file that does not say what it should; detail has file:line:column
    Missing, ///< a file, folder or program that is not there
    Ledger, ///< the record store cannot be opened, read or written
    LedgerNewer, ///< the record store was made by a newer version
    LedgerBusy, ///< another line process owns this station's ledger
    Full, ///< no space left for the record store
    Damaged, ///< the record store contradicts itself
    Purpose, ///< production and training do not mix
    Refused, ///< the factory's system or a rule says no
    Clock, ///< the station's clock cannot be right, or nobody vouches for it
    Down, ///< the factory's system does not answer
};

struct Error {
    Fault fault = Fault::Ledger;
    QString detail;

    bool operator==(const Error &) const = default;
};

template <typename T> using Result = std::expected<T, Error>;

} // namespace station
