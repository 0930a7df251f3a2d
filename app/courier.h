// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"
#include "app/drain.h"

namespace app {

/// One service's deliveries on their way out of a ledger, and how they stand.
class Courier : public QObject {
    Q_OBJECT
public:
    Courier(station::Ledger &ledger, std::unique_ptr<upload::Client> client,
        const upload::OutboxOptions &options);

    void start(); ///< ends in done()

    [[nodiscard]] const upload::Rest &rest() const { return m_rest; }
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] QString toText() const;
    [[nodiscard]] Exit exit() const;

Q_SIGNALS:
    void done();

private:
    station::Ledger &m_ledger;
    std::unique_ptr<upload::Client> m_client;
    upload::Outbox m_outbox;
    Drain m_drain;
    QString m_service;
    upload::Rest m_rest;
    station::DeliveryCounts m_counts;
    quint64 m_ticket = 0;
};

} // namespace app
