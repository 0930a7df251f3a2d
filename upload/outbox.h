// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "upload/backoff.h"
#include "upload/carrier.h"
#include "upload/parcel.h"
#include "upload/rest.h"
#include "upload/sweep.h"

#include <QObject>
#include <QTimer>

namespace upload {

/// Which deliveries an outbox takes, and how fast.
struct OutboxOptions {
    QString destination; ///< the service's name in station.toml
    QString owner; ///< names this process among all that deliver from the same ledger
    int quotaPerMinute = 600; ///< enrollments; reading one back counts as one, as the service does
    /// While there is more to send, one of so many that the service took is read back; the others
    /// wait until all is sent. 0: none.
    int readBackEvery = 100;
    qint64 sweepFrom = 200; ///< so many to read back are looked for in the service's list
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
    void work();
    [[nodiscard]] bool isQuiet() const; ///< nothing is under way
    [[nodiscard]] bool isPaced(); ///< else the timer is set
    void lease();
    void leased(quint64 ticket, const station::Result<QList<station::Delivery>> &deliveries,
        const QList<qint64> &uncertain);
    void carry(const QList<station::Delivery> &deliveries, const QList<qint64> &uncertain);
    void ended(Parcel *parcel, const Outcome &outcome);
    void sweepOn();
    void takeNote(const station::Settlement &settlement);
    void swept(const Swept &swept);
    void meet(const std::optional<Error> &fault);
    void pause(const Error &error);
    [[nodiscard]] station::Settlement dated(const Outcome::Returned &returned);
    void write(const QList<station::Settlement> &settlements);
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
    bool m_mayFollow = false; ///< what was read back may have been what others waited for
    int m_taken = 0; ///< since the last that was to be read back at once
    int m_samples = 0; ///< to be read back now
    std::optional<qint64> m_backlog; ///< about so many are to be read back
    std::unique_ptr<Sweep> m_sweep; ///< while one is worth its calls
    bool m_isSwept = false; ///< what is still to be read back, the list has not shown
    quint64 m_leaseTicket = 0;
    quint64 m_countTicket = 0;
    /// What became of deliveries while the ledger writes the last ones: then all of it at once,
    /// so that a slow disk costs a wait and not the pace.
    QList<station::Settlement> m_toWrite;
    quint64 m_writeTicket = 0;
    QList<Parcel *> m_parcels; ///< under way; children
    int m_failures = 0; ///< runs in a row that met a fault
    std::optional<Error> m_fault; ///< of the service as a whole
    qint64 m_resumeUs = 0; ///< monotonic; nothing is sent before it while there is a fault
    qint64 m_dueUs = 0; ///< UTC; the next that was given back
    QString m_returned; ///< what the service last said about one that was given back
    QString m_ledgerFault;
};

} // namespace upload
