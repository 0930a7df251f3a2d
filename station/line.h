// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/golden.h"
#include "station/ledger.h"
#include "station/probe.h"
#include "station/slot.h"

#include <QMap>
#include <QObject>
#include <QQueue>
#include <QStringList>

namespace station {

/// What the line decides: who is tested next, where, and when it is over. A state machine: it owns
/// no thread and no store; signals ask, slots answer, in any order. Everything on the main thread.
class Line : public QObject {
    Q_OBJECT
public:
    /// Asking: a person has to do what the slot's prompt says.
    enum class State { Empty, Admitting, Asking, Examining, Recording, Trying };
    /// One slot as it stands. Its verdict is shown until the device leaves or the next scan.
    struct Place {
        State state = State::Empty;
        Device device; ///< under test, or tested last
        Presence presence = Presence::Unknown; ///< Unknown for ever where nobody probes
        bool isShown = false; ///< empty, and the last verdict is still shown
        QString target;
        QList<QStringList> owed; ///< the golden devices it has to read first; see GoldenGate
        Examination examination;
        quint64 since = 0; ///< counts arrivals and verdicts, so that the oldest goes first
    };
    /// Makes the frozen enrollment for a device that passes; nothing for a plan that enrolls none.
    using PayloadMaker = std::function<Result<std::optional<Payload>>(
        const Plan &, const Device &, const tpm::EndorsementKey &)>;

    Line(QList<Slot> slots, Plan plan, PayloadMaker payloadMaker, GoldenGate golden = {});

    /// Whether a serial may be queued. Fault::Refused: it breaks the plan's pattern, is queued or
    /// under test already, every slot is locked by the golden gate, or the line has stopped.
    [[nodiscard]] Result<void> check(const QString &serial) const;
    /// Queues a serial; `target` replaces the slot's own. Fault::Refused as check() says.
    [[nodiscard]] Result<void> scan(const QString &serial, const QString &target = {});
    /// A serial that the device on this slot says itself. Fault::Refused, too, where it is gone.
    [[nodiscard]] Result<void> scanAt(int slot, const QString &serial);

    /// The prompt was followed. Fault::Refused where none is open.
    [[nodiscard]] Result<void> confirm(int slot);
    void cancel(
        int slot); ///< the prompt is not followed: nothing has begun, and the serial is refused

    /// While it is concluded: the device stays on its slot until letGo() says how that went.
    void keep(int slot);
    void letGo(int slot, const Finding &finding);

    /// Nothing new begins; what runs is asked to stop and ends as aborted. For ever.
    void stop();
    /// The same until resume(), and what waits goes on waiting.
    void hold();
    void resume();

    [[nodiscard]] bool idle() const; ///< nothing waits and nothing runs
    [[nodiscard]] const Plan &plan() const { return m_plan; }
    [[nodiscard]] const QList<Slot> &slotList() const { return m_slots; }
    [[nodiscard]] State stateOf(int slot) const { return m_places.value(slot).state; }
    [[nodiscard]] Place placeAt(int slot) const;
    [[nodiscard]] const GoldenGate &golden() const { return m_golden; }
    [[nodiscard]] QStringList waiting() const; ///< serials that have no slot yet, in order
    [[nodiscard]] bool isHeld() const { return m_held || m_stopped; }

public Q_SLOTS:
    /// What a probe saw on a slot that is not under test. A device that arrives takes the first
    /// serial that waits; one that leaves takes its verdict with it.
    void probed(int slot, station::Presence presence);
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
    /// What was kept is let go.
    void tried(int slot, const station::Finding &finding);
    /// Not tested: the factory's system said no, or does not answer.
    void refused(const QString &serial, const station::Error &error);
    /// The ledger cannot record; the line has stopped, and this examination is not in it.
    void halted(const station::Recorded &unrecorded, const station::Error &error);
    void becameIdle();
    void placeChanged(int slot); ///< placeAt() tells what it is now
    void queueChanged();

private:
    struct Waiting {
        QString serial, target;
        std::optional<int> slot = {}; ///< the only one that fits
    };

    [[nodiscard]] Result<void> checkGolden() const;
    void readGolden(int slot, const Recorded &recorded);
    void enqueue(const Waiting &waiting);
    void next();
    void release(int slot, bool isShown);
    void cancelAsked();
    void examine(int slot);
    [[nodiscard]] bool fits(const Waiting &waiting, int slot) const;
    [[nodiscard]] std::optional<int> placeFor(const Waiting &waiting) const;
    [[nodiscard]] int placeOf(const QString &serial) const;
    [[nodiscard]] Proposal proposalOf(int slot) const;

    QList<Slot> m_slots;
    Plan m_plan;
    PayloadMaker m_payloadMaker;
    GoldenGate m_golden;
    QMap<int, Place> m_places;
    QQueue<Waiting> m_queue;
    bool m_stopped = false;
    bool m_held = false;
    quint64 m_events = 0;
};

} // namespace station
