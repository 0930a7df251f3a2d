// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using station::Verdict;
using support::LinePlace;
using support::Ran;

namespace {

constexpr int devices = 200;
constexpr int kills = 50;
constexpr int slotCount = 8;
constexpr int mostSeen = 6; ///< fresh verdicts before a kill: fifty kills must not finish the work
constexpr int mostMs = 50; ///< and this much later at the most

QString serialOf(int device)
{
    return u"KILL-%1"_s.arg(device, 3, 10, QLatin1Char('0'));
}

} // namespace

/// kill -9 at any moment loses at most the examinations under way.
class KillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void losesNothingThatWasProven();

private:
    void setUp();
    void killAgainAndAgain();
    void finishTheRest();
    void compareWithWhatWasPromised();
    bool takeLine(const QByteArray &line); ///< whether it is a verdict of this run
    void takeMessages(const QByteArray &text);
    void compareEntries();

    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_place;
    std::unique_ptr<station::Simulator> m_simulator;
    QStringList m_arguments;
    QMap<QString, QJsonObject> m_passed; ///< what was green on a screen, by serial
    QMap<QString, QString> m_keys; ///< EK by serial, from any verdict
    QSet<QString> m_testAgain; ///< serials that a restart named
    QList<station::StoredEntry> m_entries; ///< as they were when last looked at
};

void KillTest::setUp()
{
    m_place = std::make_unique<LinePlace>(1, m_workplace.path(u"place"_s));
    m_place->addSlots(slotCount - 1);
    m_simulator = std::make_unique<station::Simulator>(
        support::blankDevices(devices, m_workplace.path(u"tpms"_s)));
    QStringList serials;
    for (int device = 0; device < devices; ++device) {
        // Some through a program, which must not outlive the station either.
        const QString through = device % 8 == 7 ? u"cmd:tpm2_send -T "_s : QString();
        serials.append(serialOf(device) + u'\t' + through + m_simulator->targets()[device]);
    }
    m_arguments = m_place->runArguments(serials);
}

/// QVERIFY and QCOMPARE leave a function without a value; this one has one.
#define EXPECT(condition)                                                                          \
    if (!QTest::qVerify(condition, #condition, line.constData(), __FILE__, __LINE__))              \
    return false

bool KillTest::takeLine(const QByteArray &line)
{
    const QJsonObject seen = QJsonDocument::fromJson(line).object();
    const QString serial = seen[u"serial"].toString();
    if (serial.isEmpty())
        return false; // the sum, or half a line
    if (const QString key = seen[u"ek"][u"public"].toString(); !key.isEmpty()) {
        EXPECT(key == m_keys.value(serial, key));
        m_keys[serial] = key;
    }
    EXPECT(seen[u"verdict"].toString() == u"pass");
    const bool fresh = !seen[u"resumed"].toBool();
    EXPECT(!fresh || !m_passed.contains(serial)); // what has passed is not tested again
    EXPECT(fresh || seen[u"entry"] == m_passed.value(serial, seen)[u"entry"]);
    m_passed[serial] = seen;
    return fresh;
}

void KillTest::takeMessages(const QByteArray &text)
{
    for (const QByteArray &line : text.split('\n'))
        if (line.contains("interrupted, test again"))
            m_testAgain.insert(QString::fromUtf8(line.split(' ').value(1)));
}

/// What was in the ledger is in it still, and as it was.
void KillTest::compareEntries()
{
    auto ledger = m_place->ledger();
    const auto report = ledger.verifyChain(u"training"_s);
    QVERIFY(report && !report->firstBreak);
    QVERIFY(report->entries >= m_entries.size());
    QList<station::StoredEntry> entries;
    for (qint64 seq = 1; seq <= report->entries; ++seq) {
        auto stored = ledger.entry({u"training"_s, seq});
        QVERIFY(stored.has_value());
        entries.append(*stored);
    }
    for (qsizetype at = 0; at < m_entries.size(); ++at)
        QCOMPARE(entries[at].entry, m_entries[at].entry);
    m_entries = entries;
}

void KillTest::killAgainAndAgain()
{
    const quint32 seed = qEnvironmentVariableIsSet("EKSTATION_TEST_SEED")
        ? qEnvironmentVariable("EKSTATION_TEST_SEED").toUInt()
        : QRandomGenerator::global()->generate();
    qInfo("EKSTATION_TEST_SEED=%u repeats these moments", seed);
    QRandomGenerator random(seed);
    int kill = 0;
    while (kill < kills) {
        // Every fifth dies at birth; the others when they have said something, or soon after.
        int unseen = kill % 5 == 0 ? 0 : random.bounded(1, mostSeen);
        support::Cli line(m_arguments);
        while (unseen > 0)
            if (const QByteArray said = line.line(); takeLine(said))
                --unseen;
            else if (said.isEmpty() || QTest::currentTestFailed())
                break;
        const QDeadlineTimer end(random.bounded(mostMs));
        while (!end.hasExpired())
            takeLine(line.lineUntil(end));
        line.signal(SIGKILL);
        const Ran ran = line.wait();
        for (const QByteArray &last : ran.out.split('\n'))
            takeLine(last);
        takeMessages(ran.err);
        if (QTest::currentTestFailed())
            return;
        if (ran.exit < 0 && ++kill == kills / 2) // one that was done before is no kill
            compareEntries();
    }
    qInfo("%lld passed before the last kill, %lld entries, %lld named as interrupted",
        qint64(m_passed.size()), qint64(m_entries.size()), qint64(m_testAgain.size()));
}

void KillTest::finishTheRest()
{
    QElapsedTimer timer;
    timer.start();
    const Ran ran = support::runCli(m_arguments);
    qInfo("the rest took %lld ms", timer.elapsed());
    QVERIFY2(ran.exit == 0, ran.said());
    takeMessages(ran.err);
    auto lines = ran.json();
    const QJsonObject sum = lines.takeLast();
    QCOMPARE(sum[u"total"].toInt(), devices);
    QCOMPARE(sum[u"pass"].toInt(), devices);
    QCOMPARE(sum[u"confirmed"].toInt(), devices);
    for (const QJsonObject &line : std::as_const(lines))
        takeLine(QJsonDocument(line).toJson(QJsonDocument::Compact));
    QCOMPARE(m_passed.size(), devices);
}

void KillTest::compareWithWhatWasPromised()
{
    compareEntries();
    auto ledger = m_place->ledger();
    const auto bindings = ledger.bindings();
    QVERIFY(bindings.has_value());
    QCOMPARE(bindings->size(), devices);
    const auto enrolled = m_place->enrolled();
    QCOMPARE(enrolled.size(), devices);
    for (const station::Binding &binding : *bindings) {
        QCOMPARE(binding.state, u"active"_s);
        const QJsonObject seen = m_passed.value(binding.serial);
        QCOMPARE(seen[u"ek"][u"sha256"].toString(), binding.ekSha256);
        QCOMPARE(QString::fromLatin1(enrolled[binding.registrationKey]), m_keys[binding.serial]);
        const qint64 seq = seen[u"entry"].toInteger();
        QCOMPARE(binding.madeBy.seq, seq); // nothing that had passed was tested twice
        QCOMPARE(m_entries.at(seq - 1).record->verdict, Verdict::Pass);
        QCOMPARE(m_entries.at(seq - 1).record->serial, binding.serial);
    }
    QSet<QString> interrupted;
    for (const station::StoredEntry &stored : std::as_const(m_entries))
        if (stored.record->verdict == Verdict::Aborted) {
            QCOMPARE(stored.record->errorCode, u"interrupted"_s);
            interrupted.insert(stored.record->serial);
        } else {
            QCOMPARE(stored.record->verdict, Verdict::Pass);
        }
    QVERIFY(!interrupted.isEmpty());
    QCOMPARE(m_testAgain, interrupted);
}

void KillTest::losesNothingThatWasProven()
{
    for (const auto step : {&KillTest::setUp, &KillTest::killAgainAndAgain,
             &KillTest::finishTheRest, &KillTest::compareWithWhatWasPromised}) {
        (this->*step)();
        if (QTest::currentTestFailed())
            return;
    }
    // The place's own device and the two hundred; nothing that a killed station had started.
    QTRY_COMPARE(
        support::processesWith(m_workplace.folder().toUtf8()).size(), qsizetype(devices + 1));
}

QTEST_GUILESS_MAIN(KillTest)
#include "kill.moc"
