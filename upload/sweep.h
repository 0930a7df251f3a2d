// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "upload/client.h"

namespace upload {

/// What one page of the service's list brought.
struct Swept {
    QList<station::Settlement> settled;
    std::optional<Error> fault; ///< of the service as a whole
    QString ledgerFault;
    bool isOver = false; ///< the list has ended, or the sweep is not worth going on

    bool operator==(const Swept &) const = default;
};

/// Confirms many acknowledged deliveries by reading the service's list page by page, which costs a
/// call for some hundred of them where reading each back costs one for one. Memory stays constant:
/// the ledger is asked page by page, too. What the list does not show is left for others to read.
class Sweep : public QObject {
    Q_OBJECT
public:
    /// Gives up once it has cost as many calls as reading back what is left would: then the
    /// service holds far more than what is looked for. `backlog`: the acknowledged deliveries.
    Sweep(Client &client, station::Ledger &ledger, QString destination, qint64 backlog,
        QObject *parent);

    void step(); ///< the next page; ends in stepped(), and after a fault may be asked for again
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void stepped(const upload::Swept &swept);

private:
    void turned(const Result<Page> &page);
    void found(quint64 ticket, const station::Result<QList<station::Delivery>> &deliveries);
    void end(const Swept &swept);

    Client &m_client;
    station::Ledger &m_ledger;
    QString m_destination;
    qint64 m_left; ///< deliveries that no page has shown yet
    qint64 m_pages = 0;
    QByteArray m_continuation;
    Page m_page;
    quint64 m_ticket = 0;
    bool m_isBusy = false;
};

} // namespace upload
