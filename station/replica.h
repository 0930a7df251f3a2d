// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"

#include <QTimer>
#include <atomic>
#include <chrono>

namespace station {

/// How far a replica is behind its ledger.
struct ReplicaLag {
    qint64 entries = 0; ///< of the station's own chain
    qint64 sinceUs = 0; ///< when the first of them was written; 0: there are none
    QString trouble; ///< why it is not copied now; empty: it is

    bool operator==(const ReplicaLag &) const = default;
};

/// A share that hangs is taken for one that is away after this.
constexpr std::chrono::milliseconds shareDeadline{10'000};

/// Before a line begins: see station/replicafile.h. Nothing to refuse where there is no replica.
[[nodiscard]] Result<void> checkReplica(
    const LedgerPlace &place, std::chrono::milliseconds deadline = shareDeadline);

/// Compares both files, and writes neither. Fault::Ledger where the ledger itself cannot be read.
[[nodiscard]] Result<ReplicaLag> lagOf(const LedgerPlace &place);

/// Keeps the replica of a line's ledger up to date from a thread of its own: the line never waits
/// for the other disk. What could not be copied is tried again, and told.
class Replica : public QObject {
    Q_OBJECT
public:
    explicit Replica(LedgerPlace place, std::chrono::milliseconds deadline = shareDeadline);
    ~Replica() override; ///< copies once more, and waits for that until the deadline

    void wake(); ///< something has changed

Q_SIGNALS:
    void lagged(const station::ReplicaLag &lag); ///< after each copy, and each failure

private:
    void begin();
    void ended(const ReplicaLag &lag);

    LedgerPlace m_place;
    std::chrono::milliseconds m_deadline;
    std::unique_ptr<QThreadPool> m_thread;
    std::shared_ptr<class Replicator> m_replicator; ///< touched by the thread only
    /// A thread that hung may come back when nobody is there any more.
    std::shared_ptr<std::atomic<bool>> m_isHere = std::make_shared<std::atomic<bool>>(true);
    QTimer m_next;
    bool m_isCopying = false;
    bool m_isAsked = false; ///< while it copies
};

} // namespace station
