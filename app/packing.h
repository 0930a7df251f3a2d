// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "station/slot.h"

#include <QDeadlineTimer>
#include <QThreadPool>

namespace station {
class LedgerReader;
}

namespace app {

/// Whether a unit may be packed, as an examination that the ledger records: everything that was
/// looked at, whatever of it is wrong. On a slot with a target its TPM is read once more; that
/// blocks.
[[nodiscard]] station::Result<station::Proposal> packingOf(station::LedgerReader &reader,
    const station::Plan &plan, const QString &serial, const station::Slot &slot);

/// The same for a window: looked at on a thread, recorded by the line's ledger, then told.
class Packing : public QObject {
    Q_OBJECT
public:
    Packing(station::Ledger &ledger, station::LedgerPlace place, station::Plan plan);
    ~Packing() override; ///< waits for the unit that is looked at

    /// One at a time, in order. Ends in judged(). A slot that is just asked whether somebody is
    /// there is waited for.
    void ask(const QString &serial, const station::Slot &slot);
    void setPerson(const QString &id) { m_person = id; } ///< who asks from now on

Q_SIGNALS:
    void judged(const QString &serial, const station::Result<station::Recorded> &recorded);

private:
    void look(const QString &serial, const station::Slot &slot, QDeadlineTimer patience);
    void looked(const QString &serial, const station::Result<station::Proposal> &proposal);

    station::Ledger &m_ledger;
    station::LedgerPlace m_place;
    station::Plan m_plan;
    QString m_person;
    QMap<quint64, QString> m_recording; ///< ledger ticket → serial
    QThreadPool m_thread;
};

} // namespace app
