// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/line/leaver.h"
#include "tests/support/lineplace.h"
#include "tests/support/spoilt.h"

#include <QTest>

#include <csignal>

using namespace leaver;
using support::FaultyWire;
using support::hangUp;
using support::Reply;

namespace {

constexpr quint32 evictControl = 0x120;
constexpr quint32 clearAll = 0x126;

/// The commands of a whole examination that leaves what the plan says, and the number of the first
/// that writes.
struct Course {
    int commands = 0;
    int firstWriting = 0;
};

Course courseOf(const Factory &factory, const Plan &plan)
{
    const Swtpm tpm;
    persistTheSdksKey(tpm);
    FaultyWire relay(FaultyWire::relay(tpm.socketPath()));
    const auto examination = factory.examined(relay.listen().text, plan);
    if (examination.verdict != Verdict::Pass)
        qFatal("%s", said(examination).constData());
    const auto commands = relay.commands().first(examination.commands);
    const auto writes = [](quint32 code) { return code == evictControl || code == clearAll; };
    return {static_cast<int>(commands.size()),
        static_cast<int>(std::ranges::find_if(commands, writes) - commands.begin()) + 1};
}

} // namespace

/// A station or a link that dies while something is written to a TPM: the retest finds it and
/// finishes it.
class HalfwayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLinkDiesAtEachCommand_data();
    void theLinkDiesAtEachCommand();
    void theStationIsKilledBetweenEvictAndPersist();

private:
    support::Workplace m_workplace;
};

void HalfwayTest::theLinkDiesAtEachCommand_data()
{
    QTest::addColumn<bool>("clears");
    QTest::addColumn<bool>("arrives"); // the command is done, and only its answer is lost
    QTest::newRow("replaced, the command is lost") << false << false;
    QTest::newRow("replaced, the answer is lost") << false << true;
    QTest::newRow("cleared, the command is lost") << true << false;
    QTest::newRow("cleared, the answer is lost") << true << true;
}

void HalfwayTest::theLinkDiesAtEachCommand()
{
    QFETCH(const bool, clears);
    QFETCH(const bool, arrives);
    const Factory factory(m_workplace.folder());
    const Plan plan = planWith([clears](LeaveRule &rule) {
        rule.replace = true;
        rule.clear = clears;
    });
    const Course course = courseOf(factory, plan);
    QVERIFY(course.firstWriting > 1 && course.firstWriting < course.commands);
    for (int last = course.firstWriting; last <= course.commands; ++last) {
        const Swtpm tpm;
        persistTheSdksKey(tpm);
        const auto onwards = FaultyWire::relay(tpm.socketPath());
        FaultyWire relay([&](const QByteArray &command, int number) {
            if (number < last)
                return onwards(command, number);
            if (number == last && arrives)
                std::ignore = onwards(command, number);
            return hangUp();
        });
        const auto cut = factory.examined(relay.listen().text, plan);
        QVERIFY2(cut.verdict == Verdict::Error && cut.trouble->code == u"link", said(cut));
        const auto retest = factory.examined(tpm.text(), plan);
        QVERIFY2(retest.verdict == Verdict::Pass,
            said(retest) + "\nafter command " + QByteArray::number(last));
        QCOMPARE(publicAt(tpm, tpm::endorsementHandle), retest.key->publicArea);
        QCOMPARE(retest.key->source, tpm::Template::TcgL1);
        QVERIFY(tpm::isStorageKey(publicAt(tpm, tpm::storageHandle)));
    }
}

void HalfwayTest::theStationIsKilledBetweenEvictAndPersist()
{
    const support::LinePlace place(1, m_workplace.path(u"place"_s));
    place.usePlan(u"replace = false"_s, u"replace = true"_s);
    const Swtpm tpm;
    persistTheSdksKey(tpm);
    std::atomic<qint64> station = 0;
    std::atomic<int> evictions = 0;
    FaultyWire relay(FaultyWire::relay(
        tpm.socketPath(), {}, [&](const QByteArray &command) -> std::optional<Reply> {
            if (tpm::commandCode(command) != evictControl || ++evictions < 2)
                return {};
            ::kill(static_cast<pid_t>(station), SIGKILL);
            return hangUp();
        }));
    support::Cli killed(place.runArguments({u"UNIT-1\t"_s + relay.listen().text}));
    station = killed.pid();
    QCOMPARE(killed.wait().exit, -1);
    QVERIFY(evictions >= 2);
    QCOMPARE(publicAt(tpm, tpm::endorsementHandle), QByteArray()); // half-way

    const auto ran = place.run({u"UNIT-1\t"_s + tpm.text()});
    QVERIFY2(ran.exit == 0, ran.said());
    QVERIFY2(ran.err.contains("interrupted, test again"), ran.said());
    QCOMPARE(support::readPublic(tpm.text()),
        QByteArray::fromBase64(
            place.enrolled().value(ran.json().value(0)[u"ek"][u"registrationId"].toString())));
    // What was begun, what the restart found, and how it ended, in this order.
    auto ledger = place.ledger();
    const auto report = ledger.verifyChain(u"training"_s);
    QStringList kinds;
    for (qint64 seq = 1; seq <= report->entries; ++seq)
        if (const auto stored = ledger.entry({u"training"_s, seq}))
            kinds.append(stored->record ? word(stored->record->verdict) : stored->entry.kind);
    QVERIFY2(kinds.join(u' ').contains(u"action aborted pass"), qPrintable(kinds.join(u' ')));
}

QTEST_GUILESS_MAIN(HalfwayTest)
#include "halfway.moc"
