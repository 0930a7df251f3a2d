// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace station {

/// How an examination ended: Fail is the device's fault, Error the station's.
enum class Verdict { Pass, Fail, Error, Timeout, Aborted };

/// What one check found.
enum class Outcome { Pass, Fail, Warn, Record, Skip };

/// Why a TPM is examined; only Production and Rework may enroll.
enum class Purpose { Production, Rework, Golden, Engineering, Packout, Training };
/// Whether a device that passes for this purpose binds its key.
bool claimsKey(Purpose purpose);

// The lower-case words of files, JSON and the ledger.
QString word(Verdict verdict);
QString word(Outcome outcome);
QString word(Purpose purpose);
std::optional<Verdict> verdictOf(QStringView word);
std::optional<Outcome> outcomeOf(QStringView word);
std::optional<Purpose> purposeOf(QStringView word);

} // namespace station
