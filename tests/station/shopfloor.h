// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "station/store.h"
#include "tests/support/postgres.h"
#include "tests/support/workplace.h"

#include <QTest>
#include <atomic>

/// What the ledger's tests share: places on both engines, devices, and answers by ticket.
namespace shopfloor {

using namespace Qt::StringLiterals;
using namespace station;

/// A clock that stands until it is moved.
struct Watch {
    std::shared_ptr<std::atomic<qint64>> utcUs =
        std::make_shared<std::atomic<qint64>>(1'700'000'000'000'000);

    void add(qint64 seconds) const { *utcUs += seconds * 1'000'000; }
    [[nodiscard]] Clock clock() const
    {
        return [now = utcUs] { return Moments{*now, *now / 2, Moments::State::Synced}; };
    }
};

/// One workplace, and a PostgreSQL once the first test asks for it.
class Places {
public:
    [[nodiscard]] LedgerPlace fresh(const QString &engine)
    {
        LedgerPlace place;
        place.folder = m_workplace.folder();
        place.stationId = u"line1-a"_s;
        place.clock = watch.clock();
        place.url = engine == u"postgres" ? postgres().createDatabase()
                                          : u"sqlite:ledger%1.db"_s.arg(++m_files);
        return place;
    }
    [[nodiscard]] support::Postgres &postgres()
    {
        if (!m_postgres)
            m_postgres = std::make_unique<support::Postgres>();
        return *m_postgres;
    }
    [[nodiscard]] const support::Workplace &workplace() const { return m_workplace; }

    Watch watch;

private:
    support::Workplace m_workplace;
    std::unique_ptr<support::Postgres> m_postgres;
    int m_files = 0;
};

inline void engines()
{
    QTest::addColumn<QString>("engine");
    QTest::newRow("SQLite") << u"sqlite"_s;
    QTest::newRow("PostgreSQL") << u"postgres"_s;
}

/// An EK that differs by its number, as a TPM2B_PUBLIC would.
inline tpm::EndorsementKey keyOf(int number)
{
    tpm::EndorsementKey key;
    key.publicArea = "public area " + QByteArray::number(number);
    return key;
}

inline Proposal passOf(const QString &serial, int key)
{
    Proposal proposal;
    proposal.device.serial = serial;
    proposal.device.boardSerial = u"B-"_s + serial;
    proposal.device.order = u"4711"_s;
    proposal.device.customer = u"ACME"_s;
    proposal.slot = u"1"_s;
    proposal.planName = u"production"_s;
    proposal.planVersion = u"1.0.0"_s;
    proposal.examination.target = u"swtpm:path=/run/1.sock"_s;
    proposal.examination.verdict = Verdict::Pass;
    proposal.examination.key = keyOf(key);
    proposal.examination.findings = {{u"presence"_s, Outcome::Pass, u"2.0"_s, u"2.0"_s, {}, 3}};
    proposal.enrollment = Payload{u"main"_s, keyOf(key).registrationId(), "{\"payload\":1}"};
    return proposal;
}

inline Proposal failOf(const QString &serial, int key, Verdict verdict = Verdict::Fail)
{
    Proposal proposal = passOf(serial, key);
    proposal.examination.verdict = verdict;
    proposal.examination.findings.append(
        {u"firmware"_s, Outcome::Fail, u"1.2"_s, u">= 1.3"_s, {}, 1});
    proposal.enrollment.reset();
    return proposal;
}

inline std::unique_ptr<Ledger> opened(const LedgerPlace &place)
{
    auto ledger = Ledger::open(place);
    if (!ledger)
        qFatal("open: %s", qPrintable(ledger.error().detail));
    return std::move(*ledger);
}

template <typename Value, typename Call>
Value answer(Ledger &ledger, void (Ledger::*signal)(quint64, const Value &), Call call)
{
    std::optional<Value> got;
    quint64 ticket = 0;
    const auto connection =
        QObject::connect(&ledger, signal, &ledger, [&](quint64 of, const Value &value) {
            if (of == ticket)
                got = value;
        });
    ticket = call();
    if (!QTest::qWaitFor([&] { return got.has_value(); }, 30'000))
        qFatal("the ledger does not answer");
    QObject::disconnect(connection);
    return *got;
}

inline Result<Recorded> record(Ledger &ledger, const Proposal &proposal)
{
    return answer(ledger, &Ledger::recorded, [&] { return ledger.record(proposal); });
}

inline Result<Leased> lease(Ledger &ledger, const QString &owner, int most = 10, int seconds = 60)
{
    std::optional<Result<Leased>> got;
    const auto connection = QObject::connect(&ledger, &Ledger::leased, &ledger,
        [&](quint64, const Result<QList<Delivery>> &deliveries, const QList<qint64> &uncertain) {
            if (deliveries)
                got = Leased{*deliveries, uncertain};
            else
                got = std::unexpected(deliveries.error());
        });
    ledger.lease(u"main"_s, owner, most, seconds);
    if (!QTest::qWaitFor([&] { return got.has_value(); }, 30'000))
        qFatal("the ledger does not answer");
    QObject::disconnect(connection);
    return *got;
}

inline Result<QList<Settlement>> settle(Ledger &ledger, const QList<Settlement> &settlements)
{
    return answer(ledger, &Ledger::settled, [&] { return ledger.settle(settlements); });
}

inline DeliveryCounts counts(Ledger &ledger)
{
    return answer(ledger, &Ledger::counted, [&] {
        return ledger.count(u"main"_s);
    }).value_or(DeliveryCounts{.held = -1});
}

inline std::unique_ptr<Database> rawDatabase(const LedgerPlace &place)
{
    return std::move(
        *Database::open(*parseDatabasePlace(place.url, place.folder), Database::Access::ReadWrite));
}

inline LedgerReader readerOf(const LedgerPlace &place)
{
    auto reader = LedgerReader::open(place);
    if (!reader)
        qFatal("reader: %s", qPrintable(reader.error().detail));
    return std::move(*reader);
}

/// Behind the ledger's back: who tampers switches the checks off too.
inline void tamper(const LedgerPlace &place, const QString &sql)
{
    const auto database = rawDatabase(place);
    if (!database->isPostgres() && !database->change(u"PRAGMA foreign_keys = 0"_s))
        qFatal("tamper: foreign keys");
    if (const auto changed = database->change(sql); !changed)
        qFatal("tamper: %s", qPrintable(changed.error().detail));
}

} // namespace shopfloor
