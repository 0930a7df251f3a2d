// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"
#include "tests/support/lineplace.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"
#include "tests/upload/depot.h"

#include <QRandomGenerator>

#include <csignal>

using namespace depot;
using support::Cli;
using support::LinePlace;
using support::StandIn;

namespace {

constexpr int enrollments = 10'000;
constexpr int foreign = 5; ///< more, whose ids somebody has given to other keys
constexpr int kills = 12; ///< of the service, of the station, or of both
constexpr int troubles = 20; ///< of a thousand requests

/// What nobody may guess, unless he wants it again.
quint32 seedOfToday()
{
    const quint32 seed = qEnvironmentVariableIsSet("EKSTATION_TEST_SEED")
        ? qEnvironmentVariable("EKSTATION_TEST_SEED").toUInt()
        : QRandomGenerator::global()->bounded(1'000'000);
    qInfo("EKSTATION_TEST_SEED=%u repeats these faults", seed);
    return seed;
}

} // namespace

/// Ten thousand enrollments through a service that throttles, fails, breaks off and does bulks in
/// part, while it and the station are killed: each arrives exactly once.
class DeliveryFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void arriveExactlyOnce();

private:
    void setUp(quint32 seed);
    void killAgainAndAgain(quint32 seed);
    void finishTheRest();
    void compareBothSides();
    void startLine() { m_line = std::make_unique<Cli>(m_arguments); }
    /// Whether so many are over with; starts a station that has given up for now.
    [[nodiscard]] bool reaches(qint64 number);
    [[nodiscard]] DeliveryCounts counts() const { return m_place->ledger().count({}).value(); }

    support::Workplace m_workplace;
    std::unique_ptr<StandIn> m_service;
    std::unique_ptr<LinePlace> m_place;
    std::unique_ptr<Cli> m_line;
    QStringList m_arguments;
};

void DeliveryFaultsTest::setUp(quint32 seed)
{
    m_place = std::make_unique<LinePlace>(1, m_workplace.path(u"place"_s));
    const QString device = u"DEV-1\t"_s + m_place->training().simulator().targets().first();
    m_arguments = m_place->runArguments({device});
    const auto first = m_place->run({device}); // to the place's own service: the ledger is there
    QVERIFY2(first.exit == 0, first.said());

    m_service = std::make_unique<StandIn>(m_workplace.path(u"service"_s),
        QStringList{u"--unlimited"_s, u"--trouble"_s, QString::number(troubles), u"--seed"_s,
            QString::number(seed)});
    m_place->useService(m_service->url(), m_service->caFile());
    QFile credential(m_service->credentialFile());
    QVERIFY(credential.open(QIODevice::ReadOnly));
    m_place->write(u"main.credential"_s, credential.readAll());
    m_place->edit(u"station.toml"_s, u"quota_per_minute = 100000"_s,
        u"quota_per_minute = 1000000"_s); // faults are what this is about

    stock(app::ledgerPlace(m_place->training().settings(), station::LedgerPlace::Role::Line), 1,
        enrollments + foreign);
    const auto books = upload::standin::Books::open(m_service->database());
    for (int i = enrollments + 1; i <= enrollments + foreign; ++i)
        QVERIFY(Enrollments(**books).store({nameOf(i),
            QJsonDocument::fromJson(upload::toBody(enrollmentOf(i, 5'000'000 + i))).object(),
            u"\"1\""_s, 0, 0}));
}

bool DeliveryFaultsTest::reaches(qint64 number)
{
    const auto isThere = [&] {
        if (!m_line || support::processesWith(m_place->station().toUtf8()).isEmpty())
            startLine();
        const auto now = counts();
        return now.acknowledged + now.confirmed + now.conflict >= number;
    };
    return QTest::qWaitFor(isThere, 240'000);
}

void DeliveryFaultsTest::killAgainAndAgain(quint32 seed)
{
    QRandomGenerator random(seed);
    QList<int> moments;
    for (int kill = 0; kill < kills; ++kill)
        moments.append(random.bounded(1, enrollments));
    std::ranges::sort(moments);
    for (const int moment : std::as_const(moments)) {
        QVERIFY(reaches(moment));
        const int victims = random.bounded(1, 4); // 1: the service, 2: the station, 3: both
        if ((victims & 2) != 0) {
            m_line->signal(SIGKILL);
            std::ignore = m_line->wait();
            m_line.reset();
        }
        if ((victims & 1) != 0) {
            m_service->kill();
            m_service->start();
        }
    }
}

void DeliveryFaultsTest::finishTheRest()
{
    QVERIFY(reaches(enrollments + foreign + 1));
    QVERIFY(QTest::qWaitFor(
        [&] {
            std::ignore = reaches(0);
            return counts().confirmed == enrollments + 1;
        },
        240'000));
    m_line->signal(SIGTERM);
    std::ignore = m_line->wait();
}

void DeliveryFaultsTest::compareBothSides()
{
    QCOMPARE(counts(), (DeliveryCounts{.confirmed = enrollments + 1, .conflict = foreign}));
    QVERIFY(!m_place->ledger().verifyChain(u"training"_s)->firstBreak);
    m_service->kill();
    const auto books = upload::standin::Books::open(m_service->database());
    Enrollments there(**books);
    QCOMPARE(there.count(), qint64(enrollments + foreign));
    for (int i = 1; i <= enrollments + foreign; ++i) {
        const auto stored = there.find(nameOf(i));
        QVERIFY(stored && *stored);
        QCOMPARE((*stored)->updatedMs, (*stored)->createdMs); // written once, and never again
        const auto enrollment = upload::enrollmentOf((*stored)->record);
        QCOMPARE(enrollment->endorsementKey,
            support::endorsementKey(i > enrollments ? 5'000'000 + i : i));
    }
}

void DeliveryFaultsTest::arriveExactlyOnce()
{
    const quint32 seed = seedOfToday();
    QElapsedTimer timer;
    timer.start();
    setUp(seed);
    const qint64 ready = timer.restart();
    if (!QTest::currentTestFailed())
        killAgainAndAgain(seed);
    const qint64 killed = timer.restart();
    if (!QTest::currentTestFailed())
        finishTheRest();
    qInfo("%lld ms to set up, %lld ms with %d kills, %lld ms for the rest", ready, killed, kills,
        timer.elapsed());
    if (!QTest::currentTestFailed())
        compareBothSides();
}

QTEST_GUILESS_MAIN(DeliveryFaultsTest)
#include "delivery.moc"
