// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;

namespace {

/// A TPM that hangs, as long as this lives.
class Stopped {
public:
    explicit Stopped(pid_t pid) : m_pid(pid) { ::kill(m_pid, SIGSTOP); }
    ~Stopped() { ::kill(m_pid, SIGCONT); }
    Q_DISABLE_COPY_MOVE(Stopped)

private:
    pid_t m_pid;
};

// Long enough for a busy machine, and short beside the plan that ships.
constexpr qint64 budgetMs = 2'000;

} // namespace

/// A TPM that says nothing costs its slot one budget, and the others nothing.
class SilenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_devices = std::make_unique<station::Simulator>(
            support::blankDevices(8, m_workplace.path(u"tpms"_s)));
    }
    void oneOfEightIsSilent_data();
    void oneOfEightIsSilent();
    void aSlotIsFreeAgain();

private:
    [[nodiscard]] QList<qint64> processes() const
    {
        return support::processesWith(m_workplace.folder().toUtf8());
    }

    support::Workplace m_workplace;
    std::unique_ptr<station::Simulator> m_devices;
};

void SilenceTest::oneOfEightIsSilent_data()
{
    QTest::addColumn<QString>("through");
    QTest::newRow("directly") << u""_s;
    QTest::newRow("through a program") << u"cmd:tpm2_send -T "_s;
}

void SilenceTest::oneOfEightIsSilent()
{
    QFETCH(QString, through);
    const LinePlace place(1, m_workplace.path(through.isEmpty() ? u"direct"_s : u"through"_s));
    place.usePlan(u"command_ms = 5000"_s, u"command_ms = %1"_s.arg(budgetMs));
    place.addSlots(7);
    QStringList serials;
    for (int device = 1; device <= 8; ++device)
        serials.append(u"DEV-%1\t"_s.arg(device) + through + m_devices->targets()[device - 1]);
    const auto before = processes();

    const Stopped third(m_devices->pidOf(2));
    const Ran ran = place.run(serials);
    QVERIFY2(ran.exit == 1, ran.said());
    auto lines = ran.json();
    const QJsonObject sum = lines.takeLast();
    QCOMPARE(sum[u"pass"].toInt(), 7);
    QCOMPARE(sum[u"timeout"].toInt(), 1);
    QCOMPARE(sum[u"confirmed"].toInt(), 7);
    QCOMPARE(lines.size(), 8);
    const QJsonObject silent = lines.last(); // nobody waited for it
    QCOMPARE(silent[u"serial"].toString(), u"DEV-3"_s);
    QCOMPARE(silent[u"verdict"].toString(), u"timeout"_s);
    QCOMPARE(silent[u"error"][u"code"].toString(), u"presence"_s);
    QCOMPARE(silent[u"error"][u"detail"].toString(), u"TPM2_GetCapability"_s);
    QVERIFY2(silent[u"ms"].toInteger() >= budgetMs && silent[u"ms"].toInteger() < 2 * budgetMs,
        ran.said());
    QCOMPARE(place.enrolled().size(), 7);
    QTRY_COMPARE(processes(), before);
}

void SilenceTest::aSlotIsFreeAgain()
{
    const LinePlace place(1, m_workplace.path(u"one"_s));
    place.usePlan(u"command_ms = 5000"_s, u"command_ms = %1"_s.arg(budgetMs));
    const Stopped first(m_devices->pidOf(0));
    const auto targets = m_devices->targets();
    const Ran ran = place.run({u"SILENT-1\t"_s + targets[0], u"GOOD-1\t"_s + targets[1]});
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(ran.json().value(0)[u"serial"].toString(), u"SILENT-1"_s);
    QCOMPARE(ran.json().value(0)[u"verdict"].toString(), u"timeout"_s);
    QCOMPARE(ran.json().value(1)[u"serial"].toString(), u"GOOD-1"_s);
    QCOMPARE(ran.json().value(1)[u"verdict"].toString(), u"pass"_s);
    QCOMPARE(ran.json().value(1)[u"slot"], ran.json().value(0)[u"slot"]);
}

QTEST_GUILESS_MAIN(SilenceTest)
#include "silence.moc"
