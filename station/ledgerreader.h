// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/archivenote.h"
#include "station/chain.h"
#include "station/claim.h"
#include "station/clockwatch.h"
#include "station/database.h"
#include "station/delivery.h"
#include "station/expected.h"
#include "station/hold.h"
#include "station/ledger.h"
#include "station/order.h"
#include "station/unit.h"

#include <QJsonObject>
#include <QStringList>

namespace station {

/// Names one entry of one station's chain.
struct EntryId {
    QString stationId;
    qint64 seq = 0;

    bool operator==(const EntryId &) const = default;
};

/// One row of a list of records.
struct RecordRow {
    EntryId id;
    qint64 atUs = 0;
    QString serial, boardSerial;
    QString order, customer, product;
    QString slot;
    int attempt = 0;
    Verdict verdict = Verdict::Error;
    QString errorCode; ///< of an examination that could not be made, or was stopped
    QString firstFail; ///< the first check that failed
    QString ekSha256; ///< hex; empty where no EK was read
    QString registrationId;
    QString manufacturer, firmware;
    QString planName, planVersion;
    Purpose purpose = Purpose::Production;
    /// Of the entry itself or, for a retest that told the service nothing new, of its binding.
    std::optional<DeliveryState> delivery;

    bool operator==(const RecordRow &) const = default;
};

/// The last row of a page: the next page is what came before it.
struct RecordCursor {
    qint64 atUs = 0;
    EntryId id;

    bool operator==(const RecordCursor &) const = default;
};

/// Which records; what is left as it is restricts nothing.
struct RecordFilter {
    QString serial; ///< whole
    QString text; ///< part of a serial, board serial, order, customer, product or registrationId
    QString ekPrefix; ///< how the EK's SHA-256 begins, hex
    QString order, customer, product; ///< whole
    std::optional<Verdict> verdict;
    std::optional<DeliveryState> delivery;
    bool current = false; ///< only those that an active binding rests on: each device once
    std::optional<qint64> fromUs; ///< included
    std::optional<qint64> toUs; ///< not included
    QString station; ///< whole: whose chain
    QString archive; ///< not empty: what the archive takes that is made for this month
    std::optional<RecordCursor> before;
    int limit = 100;

    bool operator==(const RecordFilter &) const = default;
};

/// A part of one chain, both ends included.
struct Span {
    QString stationId;
    qint64 first = 0, last = 0;
    qint64 records = 0; ///< that were asked for in it

    bool operator==(const Span &) const = default;
};

/// What a record rests on, for those who were not there.
struct Exhibit {
    EntryId id;
    qint64 atUs = 0;
    QByteArray body; ///< null: archived
    QByteArray payload; ///< what the service is told of its binding; null: nothing
    std::optional<DeliveryState> delivery;

    bool operator==(const Exhibit &) const = default;
};

/// One stored examination, as much of it as a recall looks at.
struct Suspect {
    EntryId id;
    QString serial;
    QString ekSha256; ///< hex; empty where no EK was read
    QString manufacturer, firmware;
    QByteArray body; ///< null: archived, or not asked for

    bool operator==(const Suspect &) const = default;
};

/// What became of the unit that a record is about.
struct Whereabouts {
    RecordRow record;
    bool isNewest = true; ///< nothing newer is known of this serial with this EK
    QString binding; ///< active, superseded, scrapped; empty: this EK was never bound to it
    QString disposition; ///< held, released, shipped…; empty: nobody said

    bool operator==(const Whereabouts &) const = default;
};

/// A binding as it stands, whatever its state.
struct Binding {
    QString ekSha256, serial, boardSerial;
    QString service, registrationKey;
    QString state; ///< active, superseded, scrapped
    EntryId madeBy; ///< the entry that made or last renewed it

    bool operator==(const Binding &) const = default;
};

/// One entry and everything the ledger knows about it.
struct StoredEntry {
    Entry entry; ///< with the bytes of its body as they were stored
    std::optional<RecordRow> record; ///< of an examination
    std::optional<Binding> binding; ///< of this serial and EK, which a later entry may have renewed
    QList<Delivery> deliveries; ///< the entry's own and its binding's, oldest first
    std::optional<ArchiveNote> archive; ///< where the body is now
    QStringList people = {}; ///< in a history: who did it, by name, or by id where that is erased

    bool operator==(const StoredEntry &) const = default;
};

[[nodiscard]] Result<std::optional<RecordRow>> recordAt(Database &database, const EntryId &id);

/// What a record still says of an examination whose body is archived, in the body's form.
[[nodiscard]] QJsonObject remainsOf(const RecordRow &record);
/// An entry's body; of an examination whose body is archived, what remains.
[[nodiscard]] QJsonObject saidIn(const StoredEntry &stored);

/// Hears of each checkpoint on the way: what was to be signed, and the signature.
using CheckpointWitness =
    std::function<void(qint64 seq, const QByteArray &content, const QByteArray &signature)>;

/// What walking one chain has shown.
struct ChainReport {
    QString stationId;
    qint64 entries = 0; ///< that hold, from the first
    qint64 archived = 0; ///< of these, without their body
    QList<ArchiveNote> archives; ///< where those are, the oldest first
    Head head; ///< where the station's row says that the chain ends
    std::optional<Break> firstBreak;

    bool operator==(const ChainReport &) const = default;
};

/// Looks at a ledger and changes nothing: makes none, migrates none, and works beside a line that
/// writes. Opened, used and destroyed on one thread.
class LedgerReader {
public:
    [[nodiscard]] static Result<LedgerReader> open(const LedgerPlace &place);

    [[nodiscard]] Purpose purpose() const { return m_purpose; }
    [[nodiscard]] Result<QStringList> stations();
    /// The newest first.
    [[nodiscard]] Result<QList<RecordRow>> find(const RecordFilter &filter);
    [[nodiscard]] Result<ClockSaid> clockSaid(const QString &stationId);
    /// Where in each chain the records stand that are asked for; the filter's page counts nothing.
    [[nodiscard]] Result<QList<Span>> spans(const RecordFilter &filter);
    /// The next of a span's records, the oldest first: at most filter.limit behind entry `after`.
    [[nodiscard]] Result<QList<Exhibit>> exhibits(
        const RecordFilter &filter, const Span &span, qint64 after);
    /// The next entries of a span, whether asked for or not; of those that are not, no body.
    [[nodiscard]] Result<QList<Entry>> links(
        const RecordFilter &filter, const Span &span, qint64 after);
    /// The next examinations of one chain behind an entry, the oldest first.
    [[nodiscard]] Result<QList<Suspect>> suspects(const EntryId &after, bool withBodies, int most);
    [[nodiscard]] Result<Whereabouts> whereabouts(
        const EntryId &record); ///< Fault::Missing if it is none
    /// What a person calls an entry: SEQ of their own station, STATION/SEQ, or a serial, whose
    /// newest record is meant. Fault::Missing when it is none of these.
    [[nodiscard]] Result<EntryId> resolve(const QString &name, const QString &ownStation);
    [[nodiscard]] Result<StoredEntry> entry(
        const EntryId &id); ///< Fault::Missing if it is not there
    /// The newest enrollment of a registrationId (lower case) at one service.
    [[nodiscard]] Result<std::optional<Delivery>> enrollment(
        const QString &destination, const QString &key);
    // What a service is to hold, see station/expected.h.
    [[nodiscard]] Result<std::optional<Expected>> expected(
        const QString &service, const QString &key);
    [[nodiscard]] Result<ExpectedPage> expectedAfter(
        const QString &service, const QString &after, int most);
    [[nodiscard]] Result<qint64> countEnrolled(const QString &service);
    [[nodiscard]] Result<QList<Binding>> bindings(); ///< the active ones, by serial
    [[nodiscard]] Result<std::optional<Unit>> unit(const QString &serial);
    /// Every binding of a unit and of its boards, the oldest first: where a board was before.
    [[nodiscard]] Result<QList<Binding>> lineage(const QString &serial);
    /// Everything that happened to a unit, the oldest first, with each entry's own deliveries.
    [[nodiscard]] Result<QList<StoredEntry>> history(const QString &serial);
    /// What was asked of a registrationId (lower case) at one service, and not withdrawn; the
    /// newest first.
    [[nodiscard]] Result<QList<Delivery>> operations(
        const QString &destination, const QString &key);
    [[nodiscard]] Result<QList<Person>> people(); ///< all that are not erased, by name
    [[nodiscard]] Result<QList<Order>> orders(); ///< the open ones first
    [[nodiscard]] Result<OrderTally> tally(const QString &orderRef);
    /// The one that a station works for.
    [[nodiscard]] Result<std::optional<Order>> currentOrder(const QString &stationId);
    /// Lets in whom that order still needs; open to everybody where there is none.
    [[nodiscard]] Result<OrderGate> orderGate(const QString &stationId, bool needsFirst);
    /// What other lines must not use: every bound EK, and every one that failed here because
    /// another line has it, so that this line hears of it too. SHA-256, 32 bytes each, ascending.
    [[nodiscard]] Result<QList<QByteArray>> keysInUse();
    /// What the active bindings say to a device that would be proven now.
    [[nodiscard]] Result<Claim> claim(const ClaimKeys &keys);
    [[nodiscard]] Result<QList<Hold>> holds(); ///< the oldest first
    [[nodiscard]] Result<ChainReport> verifyChain(
        const QString &stationId, const CheckpointWitness &witness = {});
    /// The first entry in which two copies of a chain differ, if there is one: two stations went on
    /// from the same entry, or somebody wrote one again. Where both hold, that is looked up and not
    /// walked.
    [[nodiscard]] Result<std::optional<qint64>> parting(
        LedgerReader &other, const QString &stationId);
    [[nodiscard]] Result<qint64> lengthOf(const QString &stationId); ///< entries
    /// The whole ledger as it stands at one moment, into a new SQLite file, beside a line that goes
    /// on writing. Fault::Refused for PostgreSQL, which has pg_dump; Fault::Full.
    [[nodiscard]] Result<void> copyTo(const QString &file);
    [[nodiscard]] Result<DeliveryCounts> count(
        const QString &destination); ///< empty: of all services
    /// When the oldest delivery was queued that a service is still to get: UTC microseconds; 0:
    /// none.
    [[nodiscard]] Result<qint64> oldestWaiting();

private:
    LedgerReader(std::unique_ptr<Database> database, Purpose purpose);
    [[nodiscard]] Result<std::optional<RecordRow>> recordOf(const EntryId &id)
    {
        return recordAt(*m_database, id);
    }
    [[nodiscard]] Result<QList<Binding>> bindingsWhere(
        const QString &condition, const QVariantList &values);
    [[nodiscard]] Result<std::optional<Binding>> bindingOf(const RecordRow &record);
    [[nodiscard]] Result<QList<Delivery>> deliveriesOf(const StoredEntry &stored);
    [[nodiscard]] Result<QByteArray> hashAt(const EntryId &id);
    /// Of one chain, from `first` to `last`, both included; at most `most`.
    [[nodiscard]] Result<QList<Entry>> entries(const EntryId &first, qint64 last, int most);
    [[nodiscard]] Result<ChainReport> walked(
        ChainReport report, qint64 last, const CheckpointWitness &witness);

    std::unique_ptr<Database> m_database;
    Purpose m_purpose;
};

} // namespace station
