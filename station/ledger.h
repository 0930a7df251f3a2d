// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/checkpoint.h"
#include "station/delivery.h"
#include "station/error.h"
#include "station/examination.h"
#include "station/intent.h"
#include "station/moments.h"
#include "station/order.h"
#include "station/person.h"
#include "station/plan.h"
#include "station/unit.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace station {

class Store;

/// Bytes that nobody can foresee; a parameter so that tests can.
using Random = std::function<QByteArray(int)>;
QByteArray systemRandom(int bytes);

/// Which ledger, and as whom.
struct LedgerPlace {
    enum class Role {
        Line, ///< records; one process per station, held by a lock
        Courier, ///< writes delivery rows only
    };

    QString url; ///< "sqlite:PATH" (absolute, or relative to `folder`) or "postgresql://…"
    QString folder;
    QString stationId;
    Purpose purpose =
        Purpose::Production; ///< Production or Training; written at creation, never changed
    Role role = Role::Line;
    QString replica = {}; ///< SQLite: the file of a second copy, absolute; empty: there is none
    bool reports = false; ///< each examination queues a report for the factory's system
    Signing sign = {}; ///< as the station; empty: its chain has no checkpoints
    int checkpointEvery = 1000; ///< entries; another one is written when the line ends
    Clock clock = systemClock;
    QStringList goldens = {}; ///< serials whose examinations are of the slot, not of a unit
    bool needsLogin = false; ///< whoever does something is named, and may do it
    bool trustsClock = false; ///< also one that says less than the records; to confirm it
    Random random = systemRandom;
};

/// What the bench proposes to the ledger.
struct Proposal {
    Device device;
    QString slot;
    QString planName, planVersion, planSha256;
    Purpose purpose = Purpose::Production;
    Examination examination;
    std::optional<Payload>
        enrollment; ///< queued only if the verdict stays Pass and the purpose may enroll
    Moment when = Moment::Pass; ///< Lot and Ship: the delivery starts as held
    bool isEnabledLater = false; ///< it goes at once, and what is held is an `enable` after it
    bool isEnabled = true; ///< in the end; false: that is another's to do
    QString person = {}; ///< the id of who began it; empty: the station asks nobody

    bool operator==(const Proposal &) const = default;
};

/// What the ledger decided and committed.
struct Recorded {
    QString serial, slot;
    Examination examination; ///< a conflict has turned Pass into Fail with a finding `uniqueness`
    qint64 seq = 0;
    qint64 atUs = 0;
    int attempt = 0; ///< 1 + fails and timeouts of this serial since its last pass or allowance,
                     ///< before this one
    std::optional<DeliveryState> delivery;

    bool operator==(const Recorded &) const = default;
};

/// A serial that waits, runs, or ran when the process died.
struct Queued {
    enum class State { Waiting, Running, Interrupted };
    QString serial, slot;
    State state = State::Waiting;
    int attempt = 0;

    bool operator==(const Queued &) const = default;
};

/// An active binding, as a line that starts again needs it.
struct Bound {
    QString serial;
    qint64 seq = 0; ///< the entry that made or last renewed it
    QByteArray body; ///< that entry's body; of one that is archived, what its record says
    std::optional<DeliveryState> delivery;
    bool archived = false;

    bool operator==(const Bound &) const = default;
};

/// The record store of one station, seen from the main thread: each call becomes a job of the one
/// writer thread and ends in a signal that carries its ticket. Jobs run in the order of the calls.
class Ledger : public QObject {
    Q_OBJECT
public:
    /// Opens (and creates or migrates) on the writer thread and waits for it.
    [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(const LedgerPlace &place);
    ~Ledger() override; ///< finishes the jobs that were asked for

    quint64 enqueue(
        const QList<Queued> &serials); ///< waiting rows at the end; existing serials are replaced
    quint64 begin(
        const QString &serial, const QString &slot); ///< waiting, interrupted or new → running
    quint64 forget(const QString &serial); ///< takes a serial out of the queue
    quint64 record(const Proposal
            &proposal); ///< claims, appends, queues, and ends the queue row: one transaction
    /// Appends something that was done and is no examination; `body` is JSON with an "action".
    quint64 act(const QByteArray &body);
    /// Records what is about to be taken out of a TPM; see RecordIntent. Unlike all else it blocks
    /// until the entry is on the disk, and may be called on a slot's thread.
    [[nodiscard]] Result<qint64> intend(const Intent &intent);
    /// Active bindings of these serials; units that were returned begin anew and have none.
    quint64 lookUp(const QStringList &serials);
    /// Whether a unit may be tested once more. Fault::Refused, in words, where it may not.
    quint64 askRetest(const QString &serial, const RetestRule &rule);

    /// Held units that have passed become released, in an entry of its own, and what waits for
    /// their lot becomes pending; what waits for shipment goes on waiting. Units whose key another
    /// line has too stay held. Fault::Refused where it takes more people.
    quint64 release(const Release &release);
    /// Enable, Disable or Delete: queues that for the enrollment of a unit's active binding.
    /// Fault::Missing where it has none; Fault::Refused for another kind.
    quint64 request(const QString &serial, DeliveryKind kind);
    /// What people do with a unit, and what follows from it. Fault::Refused, in words, where that
    /// may not happen to it.
    quint64 carryOut(const UnitDeed &deed, const DeedRule &rule);
    /// The station works for this order from now on. Fault::Refused: the line is not clear, or the
    /// order is another's or closed.
    quint64 openOrder(const Order &order, const QStringList &people = {});
    /// Fault::Refused, with the units named, while not all that were begun are decided.
    quint64 closeOrder(const QString &ref, const QStringList &people = {});

    /// Who somebody is that says so; see Store::logIn().
    quint64 logIn(const LogIn &logIn);
    quint64 people(); ///< all that are not erased, by name
    quint64 changePerson(const PersonChange &change);
    quint64 erasePerson(const QString &nameOrId, const QString &by);

    /// At most `most` deliveries of one destination for `owner`: `sent` rows whose lease is over or
    /// whose owner died come first (read back before sending), then due `pending` ones, in order
    /// per key. All become `sent` under a lease of `seconds`.
    quint64 lease(const QString &destination, const QString &owner, int most, int seconds);
    /// Same for acknowledged rows that still need to be read back; they stay acknowledged.
    quint64 leaseAcknowledged(
        const QString &destination, const QString &owner, int most, int seconds);
    /// The acknowledged rows among these keys; leases none of them.
    quint64 findAcknowledged(const QString &destination, const QStringList &keys);
    /// Applies what is still open: a row that somebody else holds under a live lease, or that has
    /// reached its end, stays as it is. `settled` carries those that were applied.
    quint64 settle(const QList<Settlement> &settlements);
    quint64 count(const QString &destination); ///< empty: of all services

Q_SIGNALS:
    /// After enqueue, begin and forget: the whole queue as it stands now, in order.
    void queueWritten(quint64 ticket, const station::Result<QList<station::Queued>> &rows);
    void recorded(quint64 ticket, const station::Result<station::Recorded> &recorded);
    void acted(quint64 ticket, const station::Result<qint64> &seq);
    void lookedUp(quint64 ticket, const station::Result<QList<station::Bound>> &bound);
    void retestAnswered(quint64 ticket, const station::Result<void> &allowed);
    void released(quint64 ticket, const station::Result<qint64> &units); ///< how many
    void requested(quint64 ticket, const station::Result<qint64> &seq);
    void carriedOut(quint64 ticket, const station::Result<station::UnitDone> &done);
    void orderOpened(quint64 ticket, const station::Result<qint64> &seq);
    void orderClosed(quint64 ticket, const station::Result<station::OrderTally> &tally);
    void loggedIn(quint64 ticket, const station::Result<station::Person> &person);
    void peopleListed(quint64 ticket, const station::Result<QList<station::Person>> &people);
    void personChanged(quint64 ticket, const station::Result<QString> &id);
    /// `uncertain`: ids whose earlier sending has no known outcome.
    void leased(quint64 ticket, const station::Result<QList<station::Delivery>> &deliveries,
        const QList<qint64> &uncertain);
    void found(quint64 ticket, const station::Result<QList<station::Delivery>> &deliveries);
    void settled(quint64 ticket, const station::Result<QList<station::Settlement>> &settlements);
    void counted(quint64 ticket, const station::Result<station::DeliveryCounts> &counts);

public:
    /// The serials that were running when the last process died; each has an `aborted` entry now.
    [[nodiscard]] const QList<Queued> &interrupted() const { return m_interrupted; }
    /// The serials that waited when the last process ended, in order.
    [[nodiscard]] const QList<Queued> &waiting() const { return m_waiting; }

private:
    Ledger();
    quint64 post(std::function<void(Store &, quint64)> job);

    QThreadPool m_writer;
    std::shared_ptr<Store> m_store; ///< touched by the writer thread only
    QList<Queued> m_interrupted;
    QList<Queued> m_waiting;
    quint64 m_lastTicket = 0;
};

} // namespace station
