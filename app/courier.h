// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"
#include "app/drain.h"
#include "station/ledger.h"

namespace app {

/// The deliveries of one destination on their way out of a ledger, and how they stand.
class Courier : public QObject {
    Q_OBJECT
public:
    Courier(station::Ledger &ledger, const QString &destination,
        std::unique_ptr<upload::Carrier> carrier);

    void start(); ///< ends in done()

    [[nodiscard]] const upload::Rest &rest() const { return m_rest; }
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] QString toText() const;
    [[nodiscard]] Exit exit() const;

Q_SIGNALS:
    void done();

private:
    station::Ledger &m_ledger;
    QString m_destination;
    std::unique_ptr<upload::Carrier> m_carrier;
    Drain m_drain;
    upload::Rest m_rest;
    station::DeliveryCounts m_counts;
    quint64 m_ticket = 0;
};

} // namespace app
