// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/program.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"
#include "upload/enrollment.h"
#include "upload/standin/enrollments.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;

/// `upload` killed with -9 between any two of its steps: what it had begun is read back by the next
/// one, at once, and each enrollment arrives exactly once.
class CourierTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void killedAtEachStep_data();
    void killedAtEachStep();

private:
    static constexpr int units = 12; ///< a full bulk, and one that is not

    void finish(const Consignment &place);
    void compare(int first);

    support::Workplace m_workplace;
    std::unique_ptr<support::StandIn> m_service;
    int m_next = 1;
};

void CourierTest::initTestCase()
{
    m_service = std::make_unique<support::StandIn>(
        m_workplace.path(u"service"_s), QStringList{u"--unlimited"_s});
}

void CourierTest::killedAtEachStep_data()
{
    support::addKillRows(
        {{u"fdatasync"_s, 1}, {u"connect"_s, 1}, {u"write"_s, 13}, {u"pwrite64"_s, 23}});
}

void CourierTest::killedAtEachStep()
{
    QFETCH(const QString, call);
    QFETCH(const int, stride);
    int count = 1;
    for (bool ended = false; !ended; count += stride) {
        const int first = m_next;
        m_next += units;
        Consignment place(m_workplace.path(u"%1-%2"_s.arg(call).arg(count)));
        place.writeStation("line1-a", m_service.get());
        place.record(first, first + units - 1);
        const Ran ran = support::runCliUntil(
            call, count, {u"upload"_s, u"--station"_s, place.path(u"station.toml"_s)});
        ended = ran.exit == 0;
        QVERIFY2(ended || ran.exit == -1, ran.said());
        finish(place);
        compare(first);
    }
    QVERIFY2(count > 1 + stride, "it was never killed");
}

void CourierTest::finish(const Consignment &place)
{
    const Ran ran =
        support::runCli({u"upload"_s, u"--station"_s, place.path(u"station.toml"_s), u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    auto reader = station::LedgerReader::open(place.place());
    QCOMPARE(*reader->count({}), (station::DeliveryCounts{.confirmed = units}));
}

void CourierTest::compare(int first)
{
    const auto books = upload::standin::Books::open(m_service->database());
    upload::standin::Enrollments there(**books);
    QCOMPARE(there.count(), qint64(m_next - 1));
    for (int number = first; number < first + units; ++number) {
        const tpm::EndorsementKey key{.publicArea = Consignment::keyOf(number)};
        const auto stored = there.find(key.registrationId());
        QVERIFY(stored && *stored);
        QCOMPARE((*stored)->updatedMs, (*stored)->createdMs); // written once, and never again
        QCOMPARE(upload::enrollmentOf((*stored)->record)->endorsementKey, key.base64());
    }
}

QTEST_GUILESS_MAIN(CourierTest)
#include "courier.moc"
