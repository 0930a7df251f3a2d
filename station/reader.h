// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"

#include <QObject>
#include <QThreadPool>
#include <array>
#include <atomic>

namespace station {

/// What is still to be delivered to the services, and for how long.
struct Backlog {
    DeliveryCounts counts;
    qint64 oldestUs = 0; ///< when the oldest that waits was queued, UTC; 0: none waits

    bool operator==(const Backlog &) const = default;
};

/// A unit and everything that happened to it, the oldest first.
struct UnitLife {
    QString serial;
    std::optional<Unit> unit; ///< empty: never examined
    QList<StoredEntry> entries;

    bool operator==(const UnitLife &) const = default;
};

/// What a station works for.
struct Work {
    std::optional<Order> order; ///< empty: nothing in particular
    OrderTally tally;

    bool operator==(const Work &) const = default;
};

/// Asks a ledger from the main thread; one reader thread answers by signal. Of each kind of
/// question only the newest is answered: a person who types does not wait for what they typed
/// before. The ledger is opened by the first question, and again when a connection is lost.
class Reader : public QObject {
    Q_OBJECT
public:
    explicit Reader(LedgerPlace place, QObject *parent = nullptr);
    ~Reader() override; ///< waits for the question that runs; the rest is not answered

    quint64 find(const RecordFilter &filter);
    quint64 look(const EntryId &id);
    /// The same, beside the question that a person types: the one does not take the other's place.
    quint64 recall(const RecordFilter &filter);
    quint64 count();
    quint64 verify(const QString &stationId);
    quint64 tell(const QString &serial);
    quint64 work(const QString &stationId);

Q_SIGNALS:
    void found(quint64 generation, const station::Result<QList<station::RecordRow>> &records);
    void looked(quint64 generation, const station::Result<station::StoredEntry> &stored);
    void counted(quint64 generation, const station::Result<station::Backlog> &backlog);
    void recalled(quint64 generation, const station::Result<QList<station::RecordRow>> &records);
    void verified(quint64 generation, const station::Result<station::ChainReport> &report);
    void told(quint64 generation, const station::Result<station::UnitLife> &life);
    void worked(quint64 generation, const station::Result<station::Work> &work);

private:
    enum Question { Find, Recall, Look, Count, Verify, Tell, WorkFor, Questions };
    template <typename T> using Answered = void (Reader::*)(quint64, const Result<T> &);
    template <typename T> using Ask = std::function<Result<T>(LedgerReader &)>;
    template <typename T> quint64 post(Question question, Answered<T> signal, Ask<T> ask);
    template <typename T> [[nodiscard]] Result<T> answer(const Ask<T> &ask);

    LedgerPlace m_place;
    QThreadPool m_thread;
    std::optional<LedgerReader> m_reader; ///< touched by the reader thread only
    std::array<std::atomic<quint64>, Questions> m_newest{};
    quint64 m_lastGeneration = 0;
};

} // namespace station
