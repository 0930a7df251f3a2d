// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using station::Disposition;
using support::LinePlace;
using support::Ran;

namespace {

constexpr int perOrder = 100;
constexpr int swaps = 5;
constexpr int scraps = 10;
constexpr int returns = 3;
constexpr int slotCount = 8;

QStringList serialsOf(QChar order)
{
    QStringList serials;
    for (int unit = 0; unit < perOrder; ++unit)
        serials.append(u"%1-%2"_s.arg(order).arg(unit, 3, 10, QLatin1Char('0')));
    return serials;
}

// What the factory's system knows, as long as it is there.
constexpr auto factory =
    "read question\n"
    "test -e \"${0%/*}/down\" && exit 1\n"
    "case \"$question\" in\n"
    "*'\"A-'*) echo '{\"allow\":true,\"order\":\"4711\",\"customer\":\"Acme\"}' ;;\n"
    "*) echo '{\"allow\":true,\"order\":\"4712\",\"customer\":\"Bolt\"}' ;;\n"
    "esac\n";

} // namespace

/// A day of two orders: boards are swapped, units scrapped and returned, the factory's system is
/// down for a while, and whatever runs is killed at any step. In the end the service holds exactly
/// what the factory means.
class DayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsAsTheFactoryMeans();

private:
    void setUp();
    void makeFirstOrder();
    void makeSecondOrder();
    void shipAndTakeBack();
    void compareBothSides();

    /// Kills it at some moments, and then lets it end.
    Ran drive(const QStringList &arguments, int kills, int mostMs = 400);
    void test(const QStringList &serials, int kills);
    void swap(const QStringList &serials);
    void deliver(int kills);
    void neverTwo() const;
    [[nodiscard]] QString lineFor(const QString &serial) const
    {
        return serial + u'\t' + m_targets[serial];
    }

    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_place;
    std::unique_ptr<station::Simulator> m_simulator;
    QMap<QString, QString> m_targets; ///< of the board that is in the unit now
    QStringList m_spares;
    QRandomGenerator m_random;
};

void DayTest::setUp()
{
    const quint32 seed = qEnvironmentVariableIsSet("EKSTATION_TEST_SEED")
        ? qEnvironmentVariable("EKSTATION_TEST_SEED").toUInt()
        : QRandomGenerator::global()->generate();
    qInfo("EKSTATION_TEST_SEED=%u repeats these moments", seed);
    m_random.seed(seed);
    m_place = std::make_unique<LinePlace>(1, m_workplace.path(u"place"_s));
    m_place->addSlots(slotCount - 1);
    m_place->usePlan(u"when = \"pass\""_s, u"when = \"lot\""_s);
    m_place->write(u"factory.sh"_s, factory);
    m_place->edit(u"station.toml"_s, u"[service.main]"_s,
        u"[admit]\ncommand = [\"/bin/sh\", \"%1\"]\n\n[service.main]"_s.arg(
            m_place->path(u"factory.sh"_s)));
    m_simulator = std::make_unique<station::Simulator>(
        support::blankDevices(2 * perOrder + swaps, m_workplace.path(u"tpms"_s)));
    m_spares = m_simulator->targets();
    for (const QString &serial : serialsOf(u'A') + serialsOf(u'B'))
        m_targets[serial] = m_spares.takeFirst();
}

Ran DayTest::drive(const QStringList &arguments, int kills, int mostMs)
{
    for (int kill = 0; kill < kills; ++kill) {
        support::Cli killed(arguments);
        const QDeadlineTimer end(m_random.bounded(mostMs));
        while (!end.hasExpired())
            std::ignore = killed.lineUntil(end);
        killed.signal(SIGKILL);
        std::ignore = killed.wait();
    }
    return support::runCli(arguments);
}

void DayTest::test(const QStringList &serials, int kills)
{
    QStringList lines;
    for (const QString &serial : serials)
        lines.append(lineFor(serial));
    const Ran ran = drive(m_place->runArguments(lines), kills, 3000);
    QVERIFY2(ran.exit == 0, ran.said());
    neverTwo();
}

void DayTest::swap(const QStringList &serials)
{
    for (const QString &serial : serials) {
        const Ran ran =
            drive(m_place->command(u"unit replace-board"_s, {serial, u"--reason"_s, u"no-boot"_s}),
                3, 60);
        // One that was killed may have done it already.
        QVERIFY2(ran.exit == 0 || ran.err.contains("new board first"), ran.said());
        m_targets[serial] = m_spares.takeFirst();
    }
    test(serials, 2);
}

/// What an uploader of its own has leased when it is killed stays so for minutes; a line's does
/// not.
void DayTest::deliver(int kills)
{
    test({serialsOf(u'A').last()}, kills); // it has passed: nothing is left but to deliver
    const Ran ran = support::runCli(m_place->command(u"upload"_s));
    QVERIFY2(ran.exit == 0, ran.said());
}

void DayTest::neverTwo() const
{
    QMap<QString, int> enabled;
    for (const auto &enrollment : m_place->enrollments())
        if (enrollment.enabled)
            QCOMPARE(++enabled[enrollment.deviceId], 1);
}

void DayTest::makeFirstOrder()
{
    const QStringList serials = serialsOf(u'A');
    test(serials, 4);
    swap(serials.mid(0, swaps - 2)); // nobody was told of these boards
    const Ran scrapped =
        drive(m_place->command(u"unit scrap"_s,
                  serials.mid(10, scraps / 2) + QStringList{u"--reason"_s, u"x"_s}),
            2, 60);
    QVERIFY2(scrapped.exit == 0 || scrapped.err.contains("scrap stays scrap"), scrapped.said());
    const Ran released = drive(m_place->command(u"order release"_s, {u"4711"_s}), 2, 60);
    QVERIFY2(released.exit == 0 || released.err.contains("is held"), released.said());
    deliver(3);
    neverTwo();
}

void DayTest::makeSecondOrder()
{
    const QStringList serials = serialsOf(u'B');
    m_place->write(u"down"_s, "");
    QStringList lines;
    for (const QString &serial : serials.first(slotCount))
        lines.append(lineFor(serial));
    QVERIFY(m_place->run(lines).exit != 0); // nobody says whose they are
    QVERIFY(QFile::remove(m_place->path(u"down"_s)));
    test(serials, 4);
    const Ran scrapped =
        drive(m_place->command(u"unit scrap"_s,
                  serials.mid(10, scraps / 2) + QStringList{u"--reason"_s, u"x"_s}),
            2, 60);
    QVERIFY2(scrapped.exit == 0 || scrapped.err.contains("scrap stays scrap"), scrapped.said());
    for (int round = 0; round < 2; ++round) {
        const Ran released = drive(m_place->command(u"order release"_s, {u"4712"_s}), 2, 60);
        QVERIFY2(released.exit == 0 || released.err.contains("is held"), released.said());
        deliver(3);
        neverTwo();
        if (round == 0)
            swap(serials.mid(0, 2)); // the service knows these boards
    }
}

void DayTest::shipAndTakeBack()
{
    for (const QChar order : u"AB"_s) {
        QStringList serials = serialsOf(order);
        serials.remove(10, scraps / 2);
        const Ran shipped = drive(m_place->command(u"unit ship"_s, serials.mid(1)), 2, 100);
        QVERIFY2(shipped.exit == 0 || shipped.err.contains("cannot leave again"), shipped.said());
    }
    const QStringList back = serialsOf(u'B').last(returns);
    const Ran returned = drive(
        m_place->command(u"unit return"_s, back + QStringList{u"--reason"_s, u"rma"_s}), 2, 60);
    QVERIFY2(returned.exit == 0 || returned.err.contains("only a shipped"), returned.said());
    deliver(3);
    // The first of them passes again and leaves again.
    test(back.first(1), 1);
    const Ran released = support::runCli(m_place->command(u"order release"_s, {u"4712"_s}));
    QVERIFY2(released.exit == 0, released.said());
    QVERIFY(support::runCli(m_place->command(u"unit ship"_s, back.first(1))).exit == 0);
    deliver(2);
}

void DayTest::compareBothSides()
{
    auto ledger = m_place->ledger();
    QVERIFY(!ledger.verifyChain(u"training"_s)->firstBreak);
    QMap<QString, upload::Enrollment> there;
    for (const auto &enrollment : m_place->enrollments()) {
        QVERIFY(!there.contains(enrollment.deviceId));
        there[enrollment.deviceId] = enrollment;
    }
    QMap<Disposition, int> seen;
    for (const QString &serial : serialsOf(u'A') + serialsOf(u'B')) {
        const auto unit = ledger.unit(serial);
        QVERIFY(unit && *unit);
        QCOMPARE((*unit)->customer, serial.startsWith(u'A') ? u"Acme"_s : u"Bolt"_s);
        const Disposition disposition = (*unit)->disposition;
        ++seen[disposition];
        QVERIFY2(
            there.contains(serial) == (disposition != Disposition::Scrapped), qPrintable(serial));
        if (disposition == Disposition::Scrapped)
            continue;
        const upload::Enrollment enrollment = there.take(serial);
        QCOMPARE(enrollment.enabled, disposition != Disposition::Returned);
        QCOMPARE(QByteArray::fromBase64(enrollment.endorsementKey),
            support::readPublic(m_targets[serial]));
    }
    QVERIFY(there.isEmpty());
    QCOMPARE(seen[Disposition::Scrapped], scraps);
    QCOMPARE(seen[Disposition::Returned], returns - 1);
    QCOMPARE(seen[Disposition::Released], 2);
    QCOMPARE(seen[Disposition::Shipped], 2 * perOrder - scraps - (returns - 1) - 2);
}

void DayTest::endsAsTheFactoryMeans()
{
    for (const auto step : {&DayTest::setUp, &DayTest::makeFirstOrder, &DayTest::makeSecondOrder,
             &DayTest::shipAndTakeBack, &DayTest::compareBothSides}) {
        QElapsedTimer timer;
        timer.start();
        (this->*step)();
        qInfo("%lld ms", timer.elapsed());
        if (QTest::currentTestFailed())
            return;
    }
}

QTEST_GUILESS_MAIN(DayTest)
#include "day.moc"
