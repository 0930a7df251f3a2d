// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "upload/backoff.h"
#include "upload/carrier.h"
#include "upload/parcel.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace upload {

/// Which deliveries an outbox takes, and how fast.
struct OutboxOptions {
    QString destination; ///< the service's name in station.toml
    QString owner; ///< names this process among all that deliver from the same ledger
    int quotaPerMinute = 600; ///< enrollments; reading one back counts as one, as the service does
    int leaseSeconds = 120; ///< longer than any exchange with the service may last
    station::Clock clock = station::systemClock; ///< the ledger's
    station::Random random = station::systemRandom;
};

/// Takes deliveries out of the ledger to the service, and writes back what became of each. Works
/// from any number of processes at once, and after any crash: what may have been sent is read back
/// before it is sent again.
class Outbox : public Carrier {
    Q_OBJECT
public:
    Outbox(station::Ledger &ledger, Client &client, OutboxOptions options);

    void wake() override;

private:
    void next();
    void lease();
    void leased(quint64 ticket, const station::Result<QList<station::Delivery>> &deliveries,
        const QList<qint64> &uncertain);
    void ended(Parcel *parcel, const Outcome &outcome);
    void pause(const Error &error);
    [[nodiscard]] station::Settlement dated(const Outcome::Returned &returned);
    void written(quint64 ticket, const station::Result<QList<station::Settlement>> &settlements);
    void counted(quint64 ticket, const station::Result<station::DeliveryCounts> &counts);
    void rest(const Rest &rest);
    [[nodiscard]] std::chrono::milliseconds untilNext(const Rest &rest) const;

    station::Ledger &m_ledger;
    Client &m_client;
    OutboxOptions m_options;
    Pace m_pace;
    QTimer m_timer; ///< between runs: the next one; within a run: the pace
    bool m_isWorking = false;
    bool m_isSent = false; ///< nothing is left to send for now
    bool m_isReadBack = false; ///< nothing is left to read back for now
    bool m_isReading = false; ///< what the lease under way is for
    quint64 m_leaseTicket = 0;
    quint64 m_countTicket = 0;
    QSet<quint64> m_writing; ///< tickets of settlements under way
    QList<Parcel *> m_parcels; ///< under way; children
    int m_failures = 0; ///< runs in a row that met a fault
    std::optional<Error> m_fault; ///< of the service as a whole
    qint64 m_resumeUs = 0; ///< monotonic; nothing is sent before it while there is a fault
    qint64 m_dueUs = 0; ///< UTC; the next that was given back
    QString m_returned; ///< what the service last said about one that was given back
    QString m_ledgerFault;
};

} // namespace upload
