// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/outbox.h"
#include "upload/recipient.h"

namespace upload {

/// Takes the reports of examinations out of the ledger to the factory's system, oldest first, and
/// writes back what became of each. A report whose answer was lost goes again: it says which entry
/// it is of, so that it counts once.
class Reporter : public Carrier {
    Q_OBJECT
public:
    /// Of `options` a reporter uses owner, leaseSeconds, clock and random.
    Reporter(station::Ledger &ledger, std::unique_ptr<Recipient> recipient, OutboxOptions options);

    void wake() override;

private:
    void lease();
    void leased(const station::Result<QList<station::Delivery>> &deliveries);
    void given(const station::Delivery &report, const Result<bool> &taken);
    void written(const station::Result<QList<station::Settlement>> &settlements);
    void counted(const station::Result<station::DeliveryCounts> &counts);
    void rest(const Rest &rest);

    station::Ledger &m_ledger;
    std::unique_ptr<Recipient> m_recipient;
    OutboxOptions m_options;
    QTimer m_timer; ///< until the next look
    quint64 m_ticket = 0; ///< what the ledger is asked at the moment
    bool m_isWorking = false;
    bool m_isWoken = false; ///< while it worked
    int m_failures = 0; ///< in a row
    std::optional<Error> m_fault; ///< of this run
};

} // namespace upload
