// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/delivery.h"
#include "station/verdict.h"

#include <QJsonArray>
#include <QStringList>

namespace station {

/// Enrollments that came as a file, to be delivered from here.
struct Arrival {
    QString file; ///< its name, for people
    QString form; ///< bundle, csv, jsonl, bulk, list
    QString sha256; ///< of the file, or of a bundle's manifest; hex
    QString signer; ///< empty: nobody signed
    Purpose purpose = Purpose::Production; ///< Production or Training
    QList<Payload> enrollments;
    QStringList keys; ///< of each, in their order: the EK's SHA-256, hex; empty: unknown
    QJsonArray refusals; ///< what was not taken, for the record: row and reason

    bool operator==(const Arrival &) const = default;
};

/// What became of one of its enrollments.
enum class Lodging {
    Queued, ///< a delivery waits now
    Known, ///< the same is there already
    Conflict, ///< something else is there under this registrationId; nothing was changed
    Twice, ///< its EK is in use under another registrationId; nothing was changed
};

/// What an arrival did to a ledger.
struct Lodged {
    qint64 seq = 0; ///< the entry that its deliveries belong to
    QList<Lodging> lodgings; ///< of each enrollment, in their order

    bool operator==(const Lodged &) const = default;
};

} // namespace station
