// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/device.h"
#include "station/verdict.h"
#include "tpm/certificates.h"
#include "tpm/endorsement.h"
#include "tpm/properties.h"

#include <QJsonObject>
#include <QList>

namespace station {

/// What one check found on one device.
struct Finding {
    QString check;
    Outcome outcome = Outcome::Pass;
    QString measured;
    QString limit;
    QString advice; ///< a code that ui/wording turns into a sentence; empty: nothing to do
    qint64 ms = 0;

    bool operator==(const Finding &) const = default;
};

/// Why an examination could not be made, or was stopped.
struct Trouble {
    QString code; ///< "target", "link", "ledger", "timeout", "stopped", "interrupted"…
    QString detail;

    bool operator==(const Trouble &) const = default;
};

/// One examination of one TPM: what was seen, and the verdict that follows from it.
struct Examination {
    QString target;
    Verdict verdict = Verdict::Error;
    std::optional<tpm::Properties> properties;
    std::optional<tpm::EndorsementKey> key;
    QList<tpm::Certificate> certificates;
    QList<Finding> findings;
    int commands = 0; ///< TPM commands sent
    qint64 ms = 0;
    std::optional<Trouble> trouble;
    QString rootBundle = {}; ///< hex SHA-256 of the roots that were trusted; empty: none

    bool operator==(const Examination &) const = default;
};

QString word(tpm::Kind kind);
QString word(tpm::Template source);

/// The object that `read --json` prints.
QJsonObject toJson(const Examination &examination);

} // namespace station
