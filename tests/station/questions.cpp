// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/reader.h"
#include "tests/station/shopfloor.h"

#include <QSignalSpy>

using namespace shopfloor;

/// What a window asks a ledger while people type.
class QuestionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_only_the_newest_question();
    void recalls_beside_what_a_person_asks();
    void knows_for_how_long_deliveries_wait();
    void survives_a_server_restart();

private:
    Places m_places;
};

void QuestionsTest::answers_only_the_newest_question()
{
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    Reader reader(place);
    QSignalSpy found(&reader, &Reader::found);
    reader.find({});
    QVERIFY(found.wait());
    QVERIFY(!found.takeFirst().at(1).value<Result<QList<RecordRow>>>()); // no ledger yet

    auto ledger = opened(place);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QSignalSpy counted(&reader, &Reader::counted);
    for (int typed = 0; typed < 20; ++typed)
        reader.find({.text = u"nothing"_s});
    const quint64 last = reader.find({.text = u"SN"_s});
    reader.count(); // another kind, asked later: once it is answered, all finds are
    QVERIFY(counted.wait());
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().at(0).value<quint64>(), last);
    QCOMPARE(found.first().at(1).value<Result<QList<RecordRow>>>()->first().serial, u"SN-1"_s);

    QSignalSpy looked(&reader, &Reader::looked);
    QSignalSpy verified(&reader, &Reader::verified);
    reader.look({place.stationId, 1});
    reader.verify(place.stationId);
    QVERIFY(verified.wait());
    QCOMPARE(looked.size(), 1);
    QCOMPARE(looked.first().at(1).value<Result<StoredEntry>>()->record->serial, u"SN-1"_s);
    QCOMPARE(verified.first().at(1).value<Result<ChainReport>>()->entries, 1);
}

/// What a program looks up leaves a person's question alone.
void QuestionsTest::recalls_beside_what_a_person_asks()
{
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    auto ledger = opened(place);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    Reader reader(place);
    QSignalSpy found(&reader, &Reader::found);
    QSignalSpy recalled(&reader, &Reader::recalled);
    const quint64 typed = reader.find({.text = u"SN"_s});
    reader.recall({.limit = 5});
    QVERIFY(recalled.wait());
    QCOMPARE(recalled.first().at(1).value<Result<QList<RecordRow>>>()->size(), 1);
    QCOMPARE(found.last().at(0).value<quint64>(), typed);
}

void QuestionsTest::knows_for_how_long_deliveries_wait()
{
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    auto ledger = opened(place);
    Reader reader(place);
    QSignalSpy counted(&reader, &Reader::counted);
    const auto backlog = [&] {
        reader.count();
        return counted.wait() ? *counted.takeLast().at(1).value<Result<Backlog>>() : Backlog();
    };
    QCOMPARE(backlog(), Backlog());
    const qint64 first = place.clock().utcUs;
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    m_places.watch.add(60);
    QVERIFY(record(*ledger, passOf(u"SN-2"_s, 2)));
    QVERIFY(place.clock().utcUs > first);
    QCOMPARE(backlog(), (Backlog{{.pending = 2}, first}));
}

void QuestionsTest::survives_a_server_restart()
{
    const LedgerPlace place = m_places.fresh(u"postgres"_s);
    opened(place).reset();
    Reader reader(place);
    QSignalSpy counted(&reader, &Reader::counted);
    reader.count();
    QVERIFY(counted.wait());
    m_places.postgres().restart();
    reader.count();
    QVERIFY(counted.wait());
    const auto counts = counted.last().at(1).value<Result<Backlog>>();
    QVERIFY2(counts.has_value(), qPrintable(counts ? QString() : counts.error().detail));
}

QTEST_GUILESS_MAIN(QuestionsTest)
#include "questions.moc"
