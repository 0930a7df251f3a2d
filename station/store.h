// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/archivenote.h"
#include "station/arrival.h"
#include "station/chain.h"
#include "station/claim.h"
#include "station/database.h"
#include "station/ekset.h"
#include "station/hold.h"
#include "station/intent.h"
#include "station/ledger.h"
#include "station/ledgerlock.h"
#include "station/order.h"
#include "station/person.h"
#include "station/receipt.h"
#include "station/repair.h"
#include "station/unit.h"

#include <QHash>
#include <QSet>

namespace station {

/// What a lease hands out.
struct Leased {
    QList<Delivery> deliveries;
    QList<qint64> uncertain; ///< ids whose earlier sending has no known outcome

    bool operator==(const Leased &) const = default;
};

/// The blocking half of the ledger. Lives and dies on the writer thread; each call is one job, and
/// a value that comes back is on the disk.
class Store {
public:
    [[nodiscard]] static Result<std::unique_ptr<Store>> open(const LedgerPlace &place);
    ~Store(); ///< a shift ends, or a command: what it wrote is signed, if the station signs
    Q_DISABLE_COPY_MOVE(Store)

    [[nodiscard]] Result<QList<Queued>> queue();
    [[nodiscard]] Result<QList<Queued>> enqueue(const QList<Queued> &serials);
    [[nodiscard]] Result<QList<Queued>> begin(const QString &serial, const QString &slot);
    [[nodiscard]] Result<QList<Queued>> forget(const QString &serial);

    [[nodiscard]] Result<Recorded> record(const Proposal &proposal);
    [[nodiscard]] Result<qint64> act(const QByteArray &body); ///< the entry's seq
    [[nodiscard]] Result<qint64> intend(const Intent &intent); ///< the same, see RecordIntent
    [[nodiscard]] Result<QList<Bound>> lookUp(const QStringList &serials);

    /// Fault::Refused, in words, for a unit that has failed as often as its plan allows.
    [[nodiscard]] Result<void> mayTest(const QString &serial, const RetestRule &rule);

    [[nodiscard]] Result<qint64> release(const Release &release); ///< how many units
    /// Ships, scraps, takes back, or has a board replaced; all that follows from it is one
    /// transaction. Fault::Missing for what the ledger does not know, Fault::Refused in words.
    [[nodiscard]] Result<UnitDone> carryOut(const UnitDeed &deed, const DeedRule &rule);
    [[nodiscard]] Result<QString> addPerson(const QString &name, const QString &role); ///< the id
    /// A person's name and role leave the ledger's file; the id stays in its entries, and no chain
    /// breaks. The id comes back. Fault::Missing. On PostgreSQL the server keeps old rows until it
    /// vacuums.
    [[nodiscard]] Result<QString> erasePerson(const QString &nameOrId, const QString &by = {});
    [[nodiscard]] Result<QList<Person>> people(); ///< all that are not erased, by name
    /// Somebody new, or another role, PIN or badge; the id comes back. Fault::Refused where a login
    /// is needed and whoever does it may not, or the last administrator would be lost.
    [[nodiscard]] Result<QString> changePerson(const PersonChange &change);
    /// Who it is, in an entry either way. Fault::Refused, "unknown: …", "wrong: …" or, from the
    /// fifth wrong PIN on, "locked: …" for five minutes.
    [[nodiscard]] Result<Person> logIn(const LogIn &logIn);
    /// Who runs a command whose own entries name nobody: an entry before those. Does nothing where
    /// no login is needed. Fault::Refused.
    [[nodiscard]] Result<void> noteCommand(
        const QString &command, const QStringList &people, Right right);
    [[nodiscard]] Result<qint64> request(
        const QString &serial, DeliveryKind kind); ///< the entry's seq
    /// Queues what makes a service hold again what is expected, in an entry of its own. The entry's
    /// seq. Fault::Refused: it is on its way; it is to be removed though it is expected; it is to
    /// be anything else though it is not.
    [[nodiscard]] Result<qint64> repair(const Repair &repair);

    /// The station works for this order from now on; again for one that is open and the same. The
    /// entry's seq. Fault::Refused while the line is not clear, and for an order that is closed, or
    /// known otherwise.
    [[nodiscard]] Result<qint64> openOrder(const Order &order, const QStringList &people = {});
    /// Fault::Refused while a unit of it is undecided, or the line is not clear; Fault::Missing.
    [[nodiscard]] Result<OrderTally> closeOrder(const QString &ref, const QStringList &people = {});

    [[nodiscard]] Result<Leased> lease(
        const QString &destination, const QString &owner, int most, int seconds);
    [[nodiscard]] Result<Leased> leaseAcknowledged(
        const QString &destination, const QString &owner, int most, int seconds);
    [[nodiscard]] Result<QList<Delivery>> acknowledged(
        const QString &destination, const QStringList &keys);
    [[nodiscard]] Result<QList<Settlement>> settle(const QList<Settlement> &settlements);
    [[nodiscard]] Result<DeliveryCounts> count(const QString &destination);

    /// Another line's keys take the place of those it told before. Units of this ledger that have
    /// one of them are held: what was pending for them does not leave. Fault::Purpose;
    /// Fault::Refused for an older set, and for one of a line that writes into this ledger.
    [[nodiscard]] Result<QList<HeldUnit>> takeIn(const SignedEkSet &received);

    /// Queues what came as a file, all of it or nothing. Fault::Purpose.
    [[nodiscard]] Result<Lodged> takeIn(const Arrival &arrival);
    /// Deliveries become confirmed or rejected as a receiver says, all of them or none.
    /// Fault::Purpose; Fault::Refused for a receipt that was imported before or is older than one
    /// that was, and for one that speaks of devices of others.
    [[nodiscard]] Result<Receipted> takeIn(const SignedReceipt &received);

    /// This ledger goes on from a backup: an entry says from which, and the station has a new
    /// epoch, which comes back. Whoever goes on from the same place has another chain.
    [[nodiscard]] Result<qint64> beginEpoch(const QString &source);

    /// Chooses what an archive of everything before this moment takes of the own chain, and says
    /// why all other examinations stay. The chosen ones are RecordFilter::archive's.
    [[nodiscard]] Result<Parting> chooseForArchive(qint64 beforeUs);
    /// Writes down where bodies are, before they go. The entry's seq; the same again if that was
    /// done.
    [[nodiscard]] Result<qint64> noteArchive(const ArchiveNote &note);
    /// The bodies of these entries go, whose digests were seen in the archive that an entry notes;
    /// what must stay by now stays. How many went.
    [[nodiscard]] Result<qint64> dropBodies(qint64 archive, const QList<Entry> &seen);
    [[nodiscard]] Result<void> endArchive(); ///< the places of what went are overwritten

    /// From now on no archive takes what fits. `people`: one. Fault::Refused; Fault::Missing.
    [[nodiscard]] Result<HoldDone> addHold(Hold hold, const QString &by);
    [[nodiscard]] Result<qint64> removeHold(
        const QString &stationId, qint64 seq, const QString &reason, const QString &by);

    /// The clock is right, though the records are of later: from now on they are compared with it
    /// anew. The entry's seq. Fault::Missing for somebody who is not known.
    [[nodiscard]] Result<qint64> confirmClock(const QString &by);

    [[nodiscard]] Database &database() { return *m_database; }

private:
    explicit Store(LedgerPlace place) : m_place(std::move(place)) { }
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> takeStation();
    [[nodiscard]] Result<void> checkHead();
    [[nodiscard]] Result<void> checkClock();
    [[nodiscard]] Result<void> interruptRunning();
    [[nodiscard]] Result<void> lineOnly() const;

    [[nodiscard]] Result<Head> lockHead();
    [[nodiscard]] Result<Entry> append(const QString &kind, const QByteArray &body);
    [[nodiscard]] Result<void> findCheckpoint();
    [[nodiscard]] Result<void> checkpoint();
    [[nodiscard]] Result<void> checkpointIfDue(const Entry &entry);
    [[nodiscard]] Result<void> appendCheckpoint(const Head &head);

    [[nodiscard]] Result<void> checkProposal(const Proposal &proposal) const;
    [[nodiscard]] Result<Recorded> recordNow(Proposal proposal);
    [[nodiscard]] Result<void> replaceSet(const SignedEkSet &received);
    [[nodiscard]] Result<QList<HeldUnit>> holdDuplicates(const QString &line);
    [[nodiscard]] Result<Lodging> lodge(
        const Payload &payload, const QString &ekSha256, const Entry &entry);
    [[nodiscard]] Result<bool> isUsedElsewhere(const Payload &payload, const QString &ekSha256);
    [[nodiscard]] Result<void> checkFresh(const SignedReceipt &received);
    [[nodiscard]] Result<void> apply(const ReceiptRow &row, Receipted &receipted);
    [[nodiscard]] Result<Claim> claimOf(const Proposal &proposal);
    /// Turns a pass that the claim forbids into what it is; whether a pass is left that binds.
    [[nodiscard]] static bool judge(Proposal &proposal, const Claim &claim);
    [[nodiscard]] Result<void> writeRecord(
        const Proposal &proposal, const Entry &entry, int attempt);
    [[nodiscard]] Result<std::optional<DeliveryState>> bind(
        const Proposal &proposal, const Entry &entry, const Claim &claim);
    [[nodiscard]] Result<void> writeBinding(
        const Proposal &proposal, const Entry &entry, const Claim &claim);
    /// The enrollment waits for what takes away the one at `left`.
    [[nodiscard]] Result<std::optional<DeliveryState>> writeDelivery(
        const Proposal &proposal, const Entry &entry, std::optional<qint64> left);
    [[nodiscard]] Result<void> suspend(const Proposal &proposal, const Entry &entry);
    [[nodiscard]] Result<std::optional<qint64>> leaveOther(
        const Proposal &proposal, const Entry &entry, const Claim &claim);
    [[nodiscard]] Result<void> writeReport(const Proposal &proposal, const Entry &entry);
    [[nodiscard]] Result<void> queueDelivery(const Entry &entry, DeliveryKind kind,
        const Payload &payload, DeliveryState state, std::optional<qint64> after = {});
    [[nodiscard]] Result<qint64> releaseNow(const Release &release);
    [[nodiscard]] Result<qint64> openOrderNow(const Order &order, const QStringList &people);
    [[nodiscard]] Result<OrderTally> closeOrderNow(const QString &ref, const QStringList &people);
    [[nodiscard]] Result<qint64> requestNow(const QString &serial, DeliveryKind kind);
    [[nodiscard]] Result<qint64> dropBody(qint64 archive, const Entry &entry);
    [[nodiscard]] Result<void> overwriteFrees();
    [[nodiscard]] Result<void> cutLog();
    [[nodiscard]] Result<QString> personOf(const QString &nameOrId);
    [[nodiscard]] Result<QStringList> peopleOf(const QStringList &namesOrIds, int needed);
    [[nodiscard]] Result<void> checkRights(const QStringList &people, Right right);
    /// The ids of those who do something, if it is enough and they may.
    [[nodiscard]] Result<QStringList> allowed(
        const QStringList &namesOrIds, Right right, int needed = 0);
    [[nodiscard]] Result<QStringList> actorsOf(const QString &by);
    [[nodiscard]] Result<void> keepAdministrator(const QStringList &actors);
    [[nodiscard]] Result<QString> insertPerson(const PersonChange &change);
    [[nodiscard]] Result<void> writePerson(const QString &id, const PersonChange &change);
    [[nodiscard]] Result<void> writePin(const QString &id, const Secret &pin);
    [[nodiscard]] Result<void> writeBadge(const QString &id, const Secret &badge);
    [[nodiscard]] Result<QByteArray> badgeSalt();
    [[nodiscard]] Result<QString> claimedBy(const LogIn &logIn);
    [[nodiscard]] Result<bool> isRight(const LogIn &logIn, const QString &id);
    [[nodiscard]] Result<QString> refuseLogIn(const QString &id, bool isLocked);
    [[nodiscard]] Result<std::expected<Person, QString>> logInNow(const LogIn &logIn);

    [[nodiscard]] Result<void> writeUnit(const Proposal &proposal, const Entry &entry);
    [[nodiscard]] Result<void> dispose(
        const QString &serial, Disposition disposition, const Entry &entry);
    [[nodiscard]] Result<void> concern(const QString &serial, const Entry &entry);
    [[nodiscard]] Result<void> mayShip(const Unit &unit);
    /// 1 + fails and timeouts since the last pass or the last time that more were allowed.
    [[nodiscard]] Result<int> attemptOf(const QString &serial);
    [[nodiscard]] Result<void> checkRole(const QStringList &people, const QString &role);
    [[nodiscard]] Result<void> allowRetest(const QString &serial, const Entry &entry);
    [[nodiscard]] Result<UnitDone> carryOutNow(UnitDeed deed, const DeedRule &rule);
    [[nodiscard]] Result<qint64> follow(
        const UnitDeed &deed, const DeedRule &rule, const Entry &entry);
    [[nodiscard]] Result<qint64> letGo(const QString &serial);
    [[nodiscard]] Result<qint64> withdrawUnsent(const QString &serial);
    [[nodiscard]] Result<qint64> takeBack(const QString &service, const QString &key,
        DeliveryKind kind, const Entry &entry, std::optional<qint64> before);
    [[nodiscard]] Result<QList<HubIdentity>> hubsOf(const QString &serial, const DeedRule &rule);
    /// The newest operation of a key that counts; rejected and withdrawn ones do not.
    [[nodiscard]] Result<std::optional<Delivery>> lastOperation(
        const QString &service, const QString &key);
    /// What must end well before a unit or its board is enrolled anew: the newest removal of an
    /// enrollment that either had under another key.
    [[nodiscard]] Result<std::optional<qint64>> removalBefore(
        const QString &serial, const QString &ekSha256, const QString &key);
    /// Whether the service has this enrollment; what is disabled becomes enabled, or makes room.
    [[nodiscard]] Result<bool> isKnown(
        const Proposal &proposal, const Payload &payload, const Entry &entry);
    [[nodiscard]] Result<qint64> repairNow(const Repair &repair);
    [[nodiscard]] Result<std::optional<DeliveryState>> enrollmentOf(
        const QString &service, const QString &key);

    /// Deliveries of one state that a lease may take: the first `most` that meet `condition`.
    struct Wanted {
        QString destination;
        DeliveryState state = DeliveryState::Pending;
        QString condition;
        QVariantList values;
        int most = 0;
    };
    [[nodiscard]] Result<QList<Delivery>> leasable(const Wanted &wanted);
    [[nodiscard]] Result<void> hold(
        QList<Delivery> &deliveries, const QString &owner, qint64 untilUs, DeliveryState state);
    [[nodiscard]] Result<void> releaseDead(const QString &owner);
    [[nodiscard]] Result<bool> settleOne(const Settlement &settlement, qint64 nowUs);

    LedgerPlace m_place;
    std::unique_ptr<LedgerLock> m_lock; ///< outlives the connection
    std::unique_ptr<Database> m_database;
    std::optional<qint64> m_lastCheckpoint; ///< none: this store signs nothing
    QSet<QString> m_owners; ///< that have leased through this store: others' leases are not theirs
    QHash<qint64, QString> m_leases; ///< delivery → the owner it was leased to here
};

/// The bytes that an exam's entry keeps: the examination and everything it stood in.
[[nodiscard]] QByteArray bodyOf(const Proposal &proposal, const QString &stationId, int attempt);

/// What the factory's system is told of an examination: which entry it is, and the entry's body as
/// it is stored.
[[nodiscard]] QByteArray reportOf(const Entry &entry);

/// The registrationId that this device is known by, lower case.
[[nodiscard]] QString registrationKeyOf(const Proposal &proposal);

} // namespace station
