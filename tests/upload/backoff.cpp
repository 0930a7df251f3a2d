// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/backoff.h"

#include <QTest>

using namespace upload;
using namespace std::chrono_literals;

class BackoffTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void growsToACap_data();
    void growsToACap();
    void differsFromStationToStation();
    void letsABurstThroughAndThenPaces();
    void neverSavesUpMoreThanABurst();
    void standsAClockThatStandsOrSteps();
    void findsOutWhatIsAllowed();
    void goesBackToItsQuotaAfterAHiccup();

private:
    struct Met {
        int passed = 0, refused = 0;
    };
    /// Bulks to a service that allows `allowed` a minute, bursts aside, for `minutes`.
    static Met meet(Pace &pace, int allowed, int minutes);
};

void BackoffTest::growsToACap_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<std::chrono::milliseconds>("longest");
    QTest::newRow("none yet") << 0 << std::chrono::milliseconds(1s);
    QTest::newRow("negative") << -7 << std::chrono::milliseconds(1s);
    QTest::newRow("first") << 1 << std::chrono::milliseconds(1s);
    QTest::newRow("second") << 2 << std::chrono::milliseconds(2s);
    QTest::newRow("third") << 3 << std::chrono::milliseconds(5s);
    QTest::newRow("fourth") << 4 << std::chrono::milliseconds(15s);
    QTest::newRow("fifth") << 5 << std::chrono::milliseconds(30s);
    QTest::newRow("sixth") << 6 << std::chrono::milliseconds(60s);
    QTest::newRow("a weekend offline") << 100'000 << std::chrono::milliseconds(60s);
}

void BackoffTest::growsToACap()
{
    QFETCH(const int, failures);
    QFETCH(const std::chrono::milliseconds, longest);
    QCOMPARE(backoff(failures, [](int bytes) { return QByteArray(bytes, '\0'); }), longest);
    QCOMPARE(backoff(failures, [](int bytes) { return QByteArray(bytes, '\xff'); }), longest / 2);
    QCOMPARE(backoff(failures, [](int) { return QByteArray(); }), longest);
}

void BackoffTest::differsFromStationToStation()
{
    QSet<qint64> waits;
    for (int i = 0; i < 200; ++i) {
        waits.insert(backoff(6).count());
    }
    QVERIFY2(waits.size() > 50, qPrintable(QString::number(waits.size())));
}

void BackoffTest::letsABurstThroughAndThenPaces()
{
    constexpr qint64 second = 1'000'000;
    Pace pace(600);
    qint64 nowUs = 5 * second;
    qint64 passed = 0;
    for (; nowUs < 65 * second; nowUs += second / 20) {
        if (pace.wait(nowUs) == 0ms) {
            pace.spend(10);
            passed += 10;
        }
    }
    QVERIFY2(passed >= 600 && passed <= 600 + 150 + 10, qPrintable(QString::number(passed)));
    while (pace.wait(nowUs) == 0ms) {
        pace.spend(10);
    }
    const auto wait = pace.wait(nowUs);
    QVERIFY2(wait > 0ms && wait <= 1001ms, qPrintable(QString::number(wait.count())));
    QCOMPARE(pace.wait(nowUs + std::chrono::microseconds(wait).count()), 0ms);
}

void BackoffTest::neverSavesUpMoreThanABurst()
{
    constexpr qint64 hour = 3600LL * 1'000'000;
    Pace pace(60);
    int passed = 0;
    QCOMPARE(pace.wait(hour), 0ms);
    while (pace.wait(9 * hour) == 0ms) {
        pace.spend(1);
        ++passed;
    }
    QCOMPARE(passed, 15);
}

void BackoffTest::standsAClockThatStandsOrSteps()
{
    Pace pace(0); // a nonsensical quota is one a minute, not none and not a division by zero
    QCOMPARE(pace.wait(1'000'000), 0ms);
    pace.spend(1);
    QVERIFY(pace.wait(1'000'000) > 0ms);
    QVERIFY(pace.wait(500'000) > 0ms);
    QVERIFY(pace.wait(500'000) <= std::chrono::milliseconds(61s));
}

BackoffTest::Met BackoffTest::meet(Pace &pace, int allowed, int minutes)
{
    Met met;
    double left = allowed / 60.0;
    for (qint64 ms = 1; ms <= minutes * 60'000LL; ms += 10) {
        left = std::min(allowed / 60.0 * 2, left + allowed / 6000.0);
        if (pace.wait(ms * 1000) > 0ms) {
            continue;
        }
        pace.spend(10);
        if (left < 10) {
            pace.slow(ms * 1000);
            ++met.refused;
        } else {
            left -= 10;
            ++met.passed;
        }
    }
    return met;
}

void BackoffTest::findsOutWhatIsAllowed()
{
    Pace pace(60'000); // ten times what the service bears
    const Met met = meet(pace, 6000, 30);
    const double share = met.passed * 10 / 30.0 / 6000;
    QVERIFY2(share > 0.8, qPrintable(QString::number(share)));
    QVERIFY2(met.refused * 100 <= met.passed, qPrintable(QString::number(met.refused)));
}

void BackoffTest::goesBackToItsQuotaAfterAHiccup()
{
    Pace pace(600);
    const Met before = meet(pace, 100'000, 1);
    QCOMPARE(before.refused, 0);
    pace.slow(60'000'000);
    QVERIFY(pace.perMinute() < 600);
    QVERIFY(pace.perMinute() > 300);
    for (qint64 second = 61; second < 120; ++second) {
        std::ignore = pace.wait(second * 1'000'000);
        pace.spend(5);
    }
    QCOMPARE(qRound(pace.perMinute()), 600);
}

QTEST_GUILESS_MAIN(BackoffTest)
#include "backoff.moc"
