// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of the outbox that decides how what the service took is read back.
#include "upload/outbox.h"

namespace upload {

using station::DeliveryState;

void Outbox::sweepOn()
{
    if (m_sweep->isBusy() || !isPaced()) {
        return;
    }
    m_pace.spend(1);
    m_sweep->step();
}

void Outbox::swept(const Swept &swept)
{
    meet(swept.fault);
    if (m_ledgerFault.isEmpty()) {
        m_ledgerFault = swept.ledgerFault;
    }
    write(swept.settled);
    if (swept.isOver) {
        m_sweep.release()->deleteLater(); // it is its signal that we are in
        m_isSwept = true;
    }
    next();
}

void Outbox::takeNote(const station::Settlement &settlement)
{
    const qint64 backlog = m_backlog.value_or(0);
    if (settlement.state == DeliveryState::Acknowledged) {
        m_isReadBack = false;
        if (m_options.readBackEvery > 0 && ++m_taken % m_options.readBackEvery == 0) {
            ++m_samples;
        }
        m_backlog = m_backlog ? std::optional(backlog + 1) : std::nullopt;
    } else if (settlement.state != DeliveryState::Pending) {
        m_mayFollow = m_mayFollow || m_isSent;
        m_backlog = m_backlog ? std::optional(std::max<qint64>(0, backlog - 1)) : std::nullopt;
    }
}

} // namespace upload
