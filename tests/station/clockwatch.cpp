// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/clockwatch.h"

#include "tests/station/shopfloor.h"

using namespace shopfloor;
using namespace std::chrono;

namespace {

constexpr qint64 second = 1'000'000;
constexpr qint64 hour = 3600 * second;
constexpr qint64 noon = 1'785'931'200 * second; // 2026-08-05T12:00:00Z

/// A clock, and what the computer counts, both as told.
struct Dial {
    std::shared_ptr<Moments> now =
        std::make_shared<Moments>(noon, 5 * hour, Moments::State::Unsynced);

    void add(qint64 utcUs, qint64 monotonicUs) const
    {
        now->utcUs += utcUs;
        now->monotonicUs += monotonicUs;
    }
    [[nodiscard]] Clock clock() const
    {
        return [now = now] { return *now; };
    }
};

QString whyNot(const Result<void> &checked)
{
    return checked ? QString() : checked.error().detail;
}

} // namespace

/// A clock that a factory may not test by.
class ClockWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jumps_data();
    void jumps();
    void aTimeServiceVouches();
    void runsWithoutOne();
    void nobodyAsked();
    void setBackBetweenTwoLines_data();
    void setBackBetweenTwoLines();

private:
    Places m_places;
};

void ClockWatchTest::jumps_data()
{
    QTest::addColumn<qint64>("utcUs");
    QTest::addColumn<qint64>("monotonicUs");
    QTest::addColumn<bool>("isTrusted");
    QTest::newRow("it runs") << 9 * hour << 9 * hour << true;
    QTest::newRow("a little fast") << 9 * hour + 60 * second << 9 * hour << true;
    QTest::newRow("a step that a time service takes") << 30 * 60 * second << qint64(0) << true;
    QTest::newRow("a day ahead") << 25 * hour << hour << false;
    QTest::newRow("a day back") << -23 * hour << hour << false;
    QTest::newRow("two hours back") << -hour << hour << false;
    QTest::newRow("years back, as without a battery") << -200'000 * hour << hour << false;
}

void ClockWatchTest::jumps()
{
    QFETCH(const qint64, utcUs);
    QFETCH(const qint64, monotonicUs);
    QFETCH(const bool, isTrusted);
    const Dial dial;
    ClockWatch watch(dial.clock(), noon, {});
    QVERIFY(watch.check());
    dial.add(utcUs, monotonicUs);
    const auto checked = watch.check();
    QCOMPARE(checked.has_value(), isTrusted);
    if (!isTrusted) {
        QCOMPARE(checked.error().fault, Fault::Clock);
        const auto counted = QDateTime::fromMSecsSinceEpoch((noon + monotonicUs) / 1000, Qt::UTC);
        QVERIFY2(checked.error().detail.contains(counted.toString(Qt::ISODate)),
            qPrintable(checked.error().detail));
    }
    dial.add(monotonicUs - utcUs, 0); // somebody has put it right
    QVERIFY(watch.check());
}

/// A computer that comes up with a wrong time, and then reaches its server.
void ClockWatchTest::aTimeServiceVouches()
{
    const Dial dial;
    ClockWatch watch(dial.clock(), noon, {});
    dial.add(100 * hour, hour);
    dial.now->state = Moments::State::Synced;
    QVERIFY(watch.check());
    dial.now->state = Moments::State::Unsynced;
    dial.add(hour, hour);
    QVERIFY(watch.check()); // counted from then on
}

void ClockWatchTest::runsWithoutOne()
{
    const Dial dial;
    ClockWatch watch(dial.clock(), noon - 20 * hour, hours(24));
    QVERIFY(watch.check());
    dial.add(4 * hour, 4 * hour);
    QVERIFY(watch.check());
    dial.add(second, second);
    const QString why = whyNot(watch.check());
    QVERIFY2(why.contains(u"not synchronised for 24 h"_s) && why.contains(u"allows 24 h"_s)
            && why.contains(u"chrony"_s),
        qPrintable(why));
    dial.now->state = Moments::State::Synced;
    QVERIFY(watch.check());
    dial.now->state = Moments::State::Unknown; // nobody can tell: nobody vouches
    dial.add(25 * hour, 25 * hour);
    QVERIFY(!watch.check());
    ClockWatch none(dial.clock(), 0, hours(0));
    QVERIFY(!none.check());
}

void ClockWatchTest::nobodyAsked()
{
    QVERIFY(ClockWatch().check());
}

void ClockWatchTest::setBackBetweenTwoLines_data()
{
    QTest::addColumn<QString>("engine");
    QTest::newRow("SQLite") << u"sqlite"_s;
    QTest::newRow("PostgreSQL") << u"postgres"_s;
}

void ClockWatchTest::setBackBetweenTwoLines()
{
    QFETCH(const QString, engine);
    const Dial dial;
    auto place = m_places.fresh(engine);
    place.clock = dial.clock();
    {
        const auto store = Store::open(place);
        QVERIFY((*store)->addPerson(u"Ann Example"_s, u"technician"_s));
        QVERIFY((*store)->record(passOf(u"A"_s, 1)));
    }
    dial.add(-60 * second, 0); // as a time service may step
    QVERIFY(Store::open(place));
    dial.add(-24 * hour, 0);
    const auto refused = Store::open(place);
    QVERIFY(!refused);
    QCOMPARE(refused.error().fault, Fault::Clock);
    for (const QString &time : {u"2026-08-04T11:59:00Z"_s, u"2026-08-05T12:00:00Z"_s})
        QVERIFY2(refused.error().detail.contains(time), qPrintable(refused.error().detail));
    auto courier = place; // what is proven goes out all the same
    courier.role = LedgerPlace::Role::Courier;
    QVERIFY(Store::open(courier));
    place.trustsClock = true;
    {
        const auto store = Store::open(place);
        QCOMPARE((*store)->confirmClock(u"Nobody Known"_s).error().fault, Fault::Missing);
        QVERIFY((*store)->confirmClock(u"Ann Example"_s));
    }
    place.trustsClock = false;
    {
        const auto store = Store::open(place);
        QVERIFY(store);
        QVERIFY((*store)->record(passOf(u"B"_s, 2)));
    }
    auto reader = LedgerReader::open(place);
    const auto said = reader->clockSaid(place.stationId);
    QCOMPARE(*said, (ClockSaid{noon - 24 * hour - 60 * second, noon})); // never synchronised
    QVERIFY(!reader->verifyChain(place.stationId)->firstBreak);
    dial.add(48 * hour, 0); // ahead: nothing here contradicts it
    QVERIFY(Store::open(place));
}

QTEST_GUILESS_MAIN(ClockWatchTest)
#include "clockwatch.moc"
