// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

constexpr qint64 january = 1'768'435'200'000'000; // 2026-01-15
constexpr qint64 march = 1'773'532'800'000'000; // 2026-03-15

/// What the archive's tests share: ledgers with examinations of January and of March.
class OldLedger {
protected:
    /// A station whose devices 1 to 5 passed in January and 6 and 7 in March, all confirmed, with a
    /// person who may say something.
    [[nodiscard]] std::unique_ptr<Consignment> station(const QString &name, const QString &url = {})
    {
        auto place = std::make_unique<Consignment>(
            m_workplace.path(name), station::Purpose::Production, url);
        place->writeStation("line1-a", nullptr);
        place->makeSigner(u"line"_s);
        record(*place, january, 1, 5);
        record(*place, march, 6, 7);
        return place;
    }
    static void record(const Consignment &place, qint64 atUs, int first, int last)
    {
        auto line = place.place();
        line.clock = [atUs] { return station::Moments{.utcUs = atUs}; };
        line.trustsClock = true;
        const auto store = station::Store::open(line);
        QVERIFY(store);
        for (int number = first; number <= last; ++number)
            QVERIFY((*store)->record(place.passed(number)));
        if (first == 1)
            QVERIFY((*store)->addPerson(u"Ann Example"_s, u"qa"_s));
        settle(**store, last);
    }
    /// All that is due is confirmed, but for one.
    static void settle(station::Store &store, int last, const QString &except = {})
    {
        const auto leased = store.lease(u"main"_s, u"test"_s, last + 10, 60);
        QVERIFY(leased);
        QList<station::Settlement> settlements;
        for (const auto &delivery : leased->deliveries)
            if (delivery.payload.key != except)
                settlements.append({delivery.id, station::DeliveryState::Confirmed});
        QVERIFY(store.settle(settlements));
    }
    [[nodiscard]] static Ran archive(
        const Consignment &place, const QString &out, const QString &before = u"2026-02"_s)
    {
        return runCli(
            QStringList{u"ledger"_s, u"archive"_s, u"--station"_s, place.path(u"station.toml"_s),
                u"--before"_s, before, u"--out"_s, place.path(out), u"--json"_s}
            + place.signer(u"line"_s));
    }
    /// How many examinations have their body, and whether the chain holds.
    static qint64 whole(const Consignment &place)
    {
        auto reader = station::LedgerReader::open(place.place());
        const auto report = reader->verifyChain(u"line1-a"_s);
        if (!report || report->firstBreak)
            return -1;
        qint64 count = 0;
        const auto records = reader->find({.limit = 1000});
        for (const auto &record : *records)
            count += reader->entry(record.id)->entry.body.isNull() ? 0 : 1;
        return count;
    }
    [[nodiscard]] static bool verifies(const Consignment &place, const QString &bundle)
    {
        return runCli({u"verify"_s, place.path(bundle), u"--signers"_s, place.path(u"line.pem"_s)})
                   .exit
            == 0;
    }

    support::Workplace m_workplace;
};
