// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "station/verdict.h"
#include "upload/handover/row.h"

#include <QHash>
#include <QList>
#include <QSet>

namespace upload::handover {

/// One enrollment that somebody sent.
struct Offer {
    /// What the EK doctor and the rules say of it.
    enum class Fate { Accepted, Repaired, Refused };

    qint64 row = 0; ///< the line of a text file, or the number in a list, from 1
    Fate fate = Fate::Accepted;
    QString why; ///< what was repaired, or why it is refused
    QString registrationId;
    QString ekSha256; ///< hex; empty where there is no key
    QJsonObject enrollment; ///< the service's record, with the key as the service wants it

    bool operator==(const Offer &) const = default;
};

/// What a file held.
struct Intake {
    QString form; ///< bundle, csv, jsonl, bulk, list
    QList<Offer> offers;
    /// Production, or Training; nothing where the file does not say.
    std::optional<station::Purpose> purpose;

    bool operator==(const Intake &) const = default;
};

/// Judges offers one after another; what came twice is refused.
class Doctor {
public:
    [[nodiscard]] Offer judge(qint64 number, const Row &row);
    [[nodiscard]] Offer judge(qint64 number, const QJsonObject &record); ///< of the service API

private:
    void examine(Offer &offer, const QString &key, const QString &deviceId, const QString &sha256);
    void refuseTwice(Offer &offer);

    QHash<QString, qint64> m_ids; ///< registrationId in lower case → row
    QHash<QString, qint64> m_keys; ///< SHA-256 → row
};

/// CSV with the columns of an export, JSONL, a bulk's body, or a list of enrollments such as
/// `az iot dps enrollment list` prints. Fault::Syntax with `file` and line where the file as a
/// whole is none of these; what is wrong with one row is said of that row.
[[nodiscard]] Result<Intake> readIntake(const QByteArray &bytes, const QString &file);

} // namespace upload::handover
