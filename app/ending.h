// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"
#include "station/ledger.h"

namespace app {

/// How one device ended, as run and demo print it.
struct Ending {
    QJsonObject json; ///< what --json prints
    QString slot, serial;
    station::Verdict verdict = station::Verdict::Error;
    QString ekSha256;
    std::optional<station::DeliveryState> delivery;
    qint64 ms = 0;
    bool resumed = false;
    QString reason; ///< why it is no pass and what to do, for people

    bool operator==(const Ending &) const = default;
};

/// Of an examination that was recorded just now.
[[nodiscard]] Ending endingOf(const station::Recorded &recorded);
/// Of an earlier one, out of the ledger.
[[nodiscard]] Ending endingOf(const station::Bound &bound);

/// Columns for people, one line without its end.
[[nodiscard]] QString headOfTable();
[[nodiscard]] QString rowOfTable(const Ending &ending);

/// The sum of a run.
struct Tally {
    int total = 0, pass = 0, fail = 0, error = 0, timeout = 0, aborted = 0;
    int acknowledged = 0; ///< the service has taken these, the confirmed ones included
    int confirmed = 0;
    int rejected = 0; ///< rejected or in conflict
    int tried = 0, trialsFailed = 0,
        trialsSkipped = 0; ///< where the plan asks for them
    double seconds = 0;

    void add(station::Verdict verdict);
    void add(station::DeliveryState state);
    void addTrial(station::Outcome outcome);
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] QString toText() const;
    [[nodiscard]] Exit exit() const;

    bool operator==(const Tally &) const = default;
};

} // namespace app
