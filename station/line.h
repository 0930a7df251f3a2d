// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "station/slot.h"

#include <QMap>
#include <QObject>
#include <QQueue>

namespace station {

/// What the line decides: who is tested next, where, and when it is over. A state machine: it owns
/// no thread and no store; signals ask, slots answer, in any order. Everything on the main thread.
class Line : public QObject {
    Q_OBJECT
public:
    enum class State { Empty, Admitting, Examining, Recording };
    /// Makes the frozen enrollment for a device that passes; nothing for a plan that enrolls none.
    using PayloadMaker = std::function<Result<std::optional<Payload>>(
        const Plan &, const Device &, const tpm::EndorsementKey &)>;

    Line(QList<Slot> slots, Plan plan, PayloadMaker payloadMaker);

    /// Whether a serial may be queued. Fault::Refused: it breaks the plan's pattern, is queued or
    /// under test already, or the line has stopped.
    [[nodiscard]] Result<void> check(const QString &serial) const;
    /// Queues a serial; `target` replaces the slot's own. Fault::Refused as check() says.
    [[nodiscard]] Result<void> scan(const QString &serial, const QString &target = {});

    /// Nothing new begins; what runs is asked to stop and ends as aborted.
    void stop();

    [[nodiscard]] bool idle() const; ///< nothing waits and nothing runs
    [[nodiscard]] const Plan &plan() const { return m_plan; }
    [[nodiscard]] const QList<Slot> &slotList() const { return m_slots; }
    [[nodiscard]] State stateOf(int slot) const { return m_places.value(slot).state; }

public Q_SLOTS:
    void admitted(const QString &serial, const station::Result<station::Device> &device);
    void examined(int slot, const station::Examination &examination);
    void recorded(int slot, const station::Result<station::Recorded> &recorded);

Q_SIGNALS:
    void admissionAsked(const QString &serial);
    void examinationAsked(int slot, const QString &serial, const QString &target);
    void recordAsked(int slot, const station::Proposal &proposal);
    void stopAsked();
    /// Decided, committed, and now to be shown.
    void concluded(int slot, const station::Recorded &recorded);
    /// Not tested: the factory's system said no, or does not answer.
    void refused(const QString &serial, const station::Error &error);
    /// The ledger cannot record; the line has stopped, and this examination is not in it.
    void halted(const station::Recorded &unrecorded, const station::Error &error);
    void becameIdle();

private:
    struct Waiting {
        QString serial, target;
    };
    struct Place {
        State state = State::Empty;
        Device device;
        QString target;
        Examination examination;
    };

    void next();
    void release(int slot);
    [[nodiscard]] int placeOf(const QString &serial) const;
    [[nodiscard]] Proposal proposalOf(int slot) const;

    QList<Slot> m_slots;
    Plan m_plan;
    PayloadMaker m_payloadMaker;
    QMap<int, Place> m_places;
    QQueue<Waiting> m_queue;
    bool m_stopped = false;
};

} // namespace station
