// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/sweep.h"

#include "upload/comparison.h"

#include <QPointer>

namespace upload {

namespace {

constexpr int pageSize = 200; // of records of 4 KB, below the client's bound for an answer

/// The service as a whole is in trouble. All else concerns the list alone, such as a record that
/// nobody can read: then each delivery is read back by its name.
bool isFaultOfService(const Error &error)
{
    switch (error.fault) {
    case Fault::Malformed:
    case Fault::TooLarge:
    case Fault::Refused:
    case Fault::NotFound:
    case Fault::Conflict:
        return false;
    default:
        return true;
    }
}

} // namespace

Sweep::Sweep(
    Client &client, station::Ledger &ledger, QString destination, qint64 backlog, QObject *parent)
    : QObject(parent), m_client(client), m_ledger(ledger), m_destination(std::move(destination)),
      m_left(backlog)
{
    connect(&ledger, &station::Ledger::found, this, &Sweep::found);
}

void Sweep::step()
{
    m_isBusy = true;
    m_client.query(
        pageSize, m_continuation, [self = QPointer<Sweep>(this)](const Result<Page> &page) {
            if (self) {
                self->turned(page);
            }
        });
}

void Sweep::turned(const Result<Page> &page)
{
    if (!page) {
        return isFaultOfService(page.error()) ? end({.fault = page.error()})
                                              : end({.isOver = true});
    }
    ++m_pages;
    m_page = *page;
    QStringList keys;
    for (const Enrollment &enrollment : std::as_const(m_page.enrollments)) {
        keys.append(enrollment.registrationId.toLower());
    }
    m_ticket = m_ledger.findAcknowledged(m_destination, keys);
}

void Sweep::found(quint64 ticket, const station::Result<QList<station::Delivery>> &deliveries)
{
    if (ticket != m_ticket || m_ticket == 0) {
        return;
    }
    m_ticket = 0;
    if (!deliveries) {
        return end({.ledgerFault = deliveries.error().detail});
    }
    QHash<QString, Enrollment> listed;
    for (const Enrollment &enrollment : std::as_const(m_page.enrollments)) {
        listed.insert(enrollment.registrationId.toLower(), enrollment);
    }
    Swept swept;
    for (const station::Delivery &delivery : *deliveries) {
        if (const auto wanted = parseEnrollment(delivery.payload.body)) {
            swept.settled.append(compare(delivery, *wanted, listed.value(delivery.payload.key)));
        }
    }
    m_left -= swept.settled.size();
    m_continuation = m_page.continuation;
    m_page = {};
    swept.isOver = m_continuation.isEmpty() || m_pages >= m_left;
    end(swept);
}

void Sweep::end(const Swept &swept)
{
    m_isBusy = false;
    Q_EMIT stepped(swept);
}

} // namespace upload
