// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shift.h"
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using app::Ending;
using app::Shift;
using station::DeliveryState;
using station::Verdict;

namespace {

struct Worked {
    QMap<QString, Ending> endings; ///< by serial
    app::Tally tally;
    app::Exit exit = app::Exit::WrongUse;
    QStringList messages;
};

Worked work(const app::Settings &settings, const QList<app::Job> &jobs,
    Shift::Proven proven = Shift::Proven::Resume)
{
    Worked worked;
    const auto wiring = app::Wiring::open(settings);
    if (!wiring) {
        worked.messages.append(wiring.error().detail);
        return worked;
    }
    Shift shift(**wiring, proven);
    QObject::connect(&shift, &Shift::message, &shift,
        [&](const QString &text) { worked.messages.append(text); });
    QSignalSpy finished(&shift, &Shift::finished);
    shift.begin(jobs);
    shift.close();
    finished.wait(60'000);
    for (const Ending &ending : shift.endings())
        worked.endings[ending.serial] = ending;
    worked.tally = shift.tally();
    worked.exit = shift.exit();
    return worked;
}

} // namespace

/// The main job without a window: eight simulated devices, the ledger, and the service over TLS.
class LineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyDeviceIsProvenRecordedAndEnrolled();
    void whatIsProvenIsNotTestedAgain();
    void aRetestKeepsTheBinding();
    void aLineWithoutTheServiceDeliversLater();
    void aDeviceWithoutATpmIsAnErrorAndTheOthersGoOn();
    void aSerialOutsideThePatternIsNotTested();

private:
    support::Workplace m_workplace;
};

void LineTest::everyDeviceIsProvenRecordedAndEnrolled()
{
    const support::LinePlace place(8, m_workplace.path(u"eight"_s));
    const auto &training = place.training();
    const Worked worked = work(training.settings(), training.jobs());
    QCOMPARE(worked.messages, QStringList());
    QCOMPARE(worked.exit, app::Exit::Good);
    QCOMPARE(worked.endings.size(), 8);
    QCOMPARE(worked.tally.confirmed, 8);

    const auto enrolled = place.enrolled();
    QCOMPARE(enrolled.size(), 8);
    for (const app::Job &job : training.jobs()) {
        const Ending &ending = worked.endings[job.serial];
        QCOMPARE(ending.verdict, Verdict::Pass);
        QCOMPARE(ending.delivery, DeliveryState::Confirmed);
        const QByteArray key = support::readPublic(job.target);
        const QString id = ending.json[u"ek"][u"registrationId"].toString();
        QCOMPARE(QByteArray::fromBase64(enrolled[id]), key);
        QCOMPARE(ending.json[u"ek"][u"public"].toString().toLatin1(), key.toBase64());
    }
}

void LineTest::whatIsProvenIsNotTestedAgain()
{
    const support::LinePlace place(2, m_workplace.path(u"proven"_s));
    const auto &training = place.training();
    const Worked first = work(training.settings(), training.jobs());
    QCOMPARE(first.exit, app::Exit::Good);
    const Worked second = work(training.settings(), training.jobs());
    QCOMPARE(second.exit, app::Exit::Good);
    QCOMPARE(second.endings.size(), 2);
    for (const app::Job &job : training.jobs()) {
        const Ending &ending = second.endings[job.serial];
        QVERIFY(ending.resumed);
        QCOMPARE(ending.json[u"entry"], first.endings[job.serial].json[u"entry"]);
        QCOMPARE(ending.json[u"ek"], first.endings[job.serial].json[u"ek"]);
        QCOMPARE(ending.json.keys(), first.endings[job.serial].json.keys());
        QCOMPARE(ending.delivery, DeliveryState::Confirmed);
    }
}

void LineTest::aRetestKeepsTheBinding()
{
    const support::LinePlace place(2, m_workplace.path(u"retest"_s));
    const auto &training = place.training();
    const Worked first = work(training.settings(), training.jobs());
    QCOMPARE(first.exit, app::Exit::Good);
    const Worked again = work(training.settings(), training.jobs(), Shift::Proven::TestAgain);
    QCOMPARE(again.exit, app::Exit::Good);
    QCOMPARE(again.tally.pass, 2);
    for (const Ending &ending : again.endings) {
        QVERIFY(!ending.resumed);
        QVERIFY(ending.json[u"entry"].toInteger() > 2);
    }
    QCOMPARE(place.enrolled().size(), 2);
}

void LineTest::aLineWithoutTheServiceDeliversLater()
{
    const support::LinePlace place(2, m_workplace.path(u"offline"_s));
    const auto &training = place.training();
    app::Settings offline = training.settings();
    offline.services[u"main"_s].url = u"https://localhost:1"_s; // nobody may listen below 1024
    const Worked alone = work(offline, training.jobs());
    QCOMPARE(alone.tally.pass, 2);
    QCOMPARE(alone.tally.acknowledged, 0);
    QCOMPARE(alone.exit, app::Exit::Good);
    QVERIFY2(alone.messages.value(0).contains(u"not everything is delivered"_s),
        qPrintable(alone.messages.join(u'\n')));
    QCOMPARE(place.enrolled().size(), 0);
}

void LineTest::aDeviceWithoutATpmIsAnErrorAndTheOthersGoOn()
{
    const support::LinePlace place(3, m_workplace.path(u"lost"_s));
    const auto &training = place.training();
    QList<app::Job> jobs = training.jobs();
    jobs[1].target = u"swtpm:path="_s + m_workplace.path(u"nobody.sock"_s);
    const Worked worked = work(training.settings(), jobs);
    QCOMPARE(worked.exit, app::Exit::StationError);
    QCOMPARE(worked.tally.pass, 2);
    const Ending &lost = worked.endings[jobs[1].serial];
    QCOMPARE(lost.verdict, Verdict::Error);
    QCOMPARE(lost.json[u"error"][u"code"].toString(), u"target"_s);
    QVERIFY(lost.json[u"error"][u"detail"].toString().contains(u"nobody.sock"_s));
    QCOMPARE(place.enrolled().size(), 2);
}

void LineTest::aSerialOutsideThePatternIsNotTested()
{
    const support::LinePlace place(1, m_workplace.path(u"pattern"_s));
    const auto &training = place.training();
    const Worked worked = work(training.settings(), {{u"lower-case"_s, {}}, training.jobs()[0]});
    QCOMPARE(worked.tally.total, 1);
    QCOMPARE(worked.tally.pass, 1);
    QCOMPARE(worked.exit, app::Exit::DeviceFailed);
    QVERIFY2(worked.messages.join(u'\n').contains(u"lower-case is not tested"_s),
        qPrintable(worked.messages.join(u'\n')));
}

QTEST_GUILESS_MAIN(LineTest)
#include "line.moc"
