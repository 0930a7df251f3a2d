// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/outbound.h"
#include "station/ledgerreader.h"
#include "station/store.h"
#include "upload/listing.h"
#include "upload/reconciliation.h"

#include <QPointer>
#include <QSet>

namespace app {

/// What is compared, and what of it is put right.
struct ReconcileWish {
    QString service; ///< its name in the settings
    QString customer, order; ///< empty: all of them; else nothing is said of what is extra
    QSet<upload::Deviation> repairs;
    QSet<QString> ids; ///< lower case: only these are repaired; empty: all, but nothing extra

    bool operator==(const ReconcileWish &) const = default;
};

/// One deviation, and what was done about it.
struct Reconciled {
    upload::Discrepancy discrepancy;
    bool isQueued = false; ///< its repair
    QString refusal; ///< why there is no repair though one was asked for

    bool operator==(const Reconciled &) const = default;
};

struct ReconcileTotals {
    qint64 listed = 0; ///< by the service
    qint64 agreed = 0, underWay = 0, deviating = 0; ///< registrationIds
    qint64 queued = 0; ///< repairs

    bool operator==(const ReconcileTotals &) const = default;
};

/// Puts a service's list beside what the ledger expects of it, and queues the repairs that were
/// asked for. Memory stays constant: of the deviations it keeps those alone whose repair first has
/// to look at what is there.
class Reconciler : public QObject {
    Q_OBJECT
public:
    /// `store`: for repairs; null where none are asked for. All outlive this.
    struct Parts {
        upload::Client &client;
        station::LedgerReader &reader;
        upload::Reconciliation &lists;
        station::Store *store = nullptr;
        int perMinute = 600;
    };
    using Tell = std::function<void(const Reconciled &)>;

    Reconciler(const Parts &parts, ReconcileWish wish, Tell tell);

    void start(); ///< once; ends in ended()

    /// Some number is left after a fault, too.
    [[nodiscard]] const ReconcileTotals &totals() const { return m_totals; }

Q_SIGNALS:
    void ended(const QString &fault); ///< empty: all went well

private:
    [[nodiscard]] QString addExpected();
    void listed(const upload::Result<qint64> &enrollments);
    void judge(const upload::Discrepancy &discrepancy);
    [[nodiscard]] bool mayRepair(const upload::Discrepancy &discrepancy) const;
    void repair(const upload::Discrepancy &discrepancy, const QByteArray &found);
    void lookAtNext();
    void looked(const upload::Discrepancy &discrepancy, const upload::Result<QJsonObject> &record);

    Parts m_parts;
    ReconcileWish m_wish;
    Tell m_tell;
    upload::Listing m_listing;
    ReconcileTotals m_totals;
    QList<upload::Discrepancy> m_toLookAt;
    QString m_lastId; ///< that was told; a registrationId may have two deviations
    QString m_fault;
};

} // namespace app
