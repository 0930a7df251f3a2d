// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "upload/client.h"

#include <QObject>

namespace upload {

/// Which deliveries an outbox takes, and how fast.
struct OutboxOptions {
    QString destination; ///< the service's name in station.toml
    QString owner; ///< names this process among all that deliver from the same ledger
    int quotaPerMinute = 600; ///< enrollments
    int leaseSeconds = 120; ///< longer than any exchange with the service may last
};

/// How things stand once an outbox has done all that it can do for now.
struct Rest {
    enum class State {
        Delivered, ///< nothing of this destination is left to do
        Waiting, ///< the service refused some or wants a pause; what is left is tried again later
        Offline, ///< the service cannot be reached; tried again later
        NeedsPerson, ///< nothing more happens until somebody sees to the error, such as a 401
        NoLedger, ///< the ledger does not answer as it should
    };
    State state = State::Delivered;
    QString detail; ///< technical words; empty where Delivered
};

/// Takes deliveries out of the ledger to the service, and writes back what became of each. Works
/// from any number of processes at once, and after any crash: what may have been sent is read back
/// before it is sent again.
class Outbox : public QObject {
    Q_OBJECT
public:
    Outbox(station::Ledger &ledger, Client &client, OutboxOptions options);

    /// Looks for work now; ends in rested(). While it works, calls are remembered once.
    void wake();

Q_SIGNALS:
    void settled(const station::Settlement &settlement);
    void rested(const upload::Rest &rest);
};

} // namespace upload
