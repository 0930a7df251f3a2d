// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"
#include "upload/standin/books.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::Cli;
using support::LinePlace;
using support::Ran;
using support::StandIn;

namespace {

/// The shipped training plan, and one section more. Nothing else writes to the TPMs: what a trial
/// leaves can be seen so.
void tryEvery(const LinePlace &place, int every, int deadlineMs = 60'000)
{
    place.usePlan(u"[retest]"_s,
        u"[trial]\nevery = %1\ndeadline_ms = %2\n\n[retest]"_s.arg(every).arg(deadlineMs));
    for (const QString &key : {u"\nek"_s, u"\nsrk"_s, u"\ndrop_identity"_s})
        place.edit(u"plan.toml"_s, key + u" = true"_s, key + u" = false"_s);
}

/// The bodies of all that was done and is no examination.
QList<QJsonObject> actionsIn(const LinePlace &place)
{
    QList<QJsonObject> actions;
    auto ledger = place.ledger();
    const auto report = ledger.verifyChain(u"training"_s);
    if (!report || report->firstBreak)
        qFatal("the chain does not hold");
    for (qint64 seq = 1; seq <= report->entries; ++seq) {
        const auto stored = ledger.entry({u"training"_s, seq});
        if (stored && stored->entry.kind == u"action")
            actions.append(QJsonDocument::fromJson(stored->entry.body).object());
    }
    return actions;
}

QByteArray persistent(const QString &target)
{
    const Ran ran = support::run(u"tpm2_getcap"_s, {u"-T"_s, target, u"handles-persistent"_s});
    if (ran.exit != 0)
        qFatal("%s", ran.said().constData());
    return ran.out;
}

} // namespace

/// Devices that provision themselves for once before they leave the line.
class TrialTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySecondDeviceIsTriedAndNothingIsLeft();
    void aDeviceThatCannotIsFound_data();
    void aDeviceThatCannotIsFound();
    void aServiceThatIsAwayIsNotTheDevicesFault();
    void whoStopsItLeavesNothingEither();
    void onlyATestServiceIsUsed_data();
    void onlyATestServiceIsUsed();

private:
    support::Workplace m_workplace;
};

void TrialTest::everySecondDeviceIsTriedAndNothingIsLeft()
{
    const LinePlace place(4, m_workplace.path(u"sampled"_s));
    tryEvery(place, 2);
    const QStringList targets = place.training().simulator().targets();
    QList<QByteArray> before;
    for (const QString &target : targets)
        before.append(persistent(target));
    const Ran ran = place.run({u"UNIT-1"_s, u"UNIT-2"_s, u"UNIT-3"_s, u"UNIT-4"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    const QJsonObject sum = ran.json().last();
    QCOMPARE(sum[u"confirmed"].toInt(), 4);
    QCOMPARE(
        sum[u"trials"].toObject(), (QJsonObject{{u"pass"_s, 2}, {u"fail"_s, 0}, {u"skip"_s, 0}}));
    const QStringList way{
        u"keys"_s, u"challenge"_s, u"activation"_s, u"token"_s, u"assignment"_s, u"hub-key"_s};
    const auto actions = actionsIn(place);
    QCOMPARE(actions.size(), 2);
    for (const QJsonObject &action : actions) {
        QCOMPARE(action[u"action"].toString(), u"trial"_s);
        QCOMPARE(action[u"outcome"].toString(), u"pass"_s);
        QCOMPARE(action[u"deviceId"].toString(), action[u"serial"].toString());
        QVERIFY(action[u"keyGone"].toBool() && action[u"registrationGone"].toBool());
        QStringList steps;
        for (const QJsonValue &step : action[u"steps"].toArray())
            steps.append(step[u"step"].toString());
        QCOMPARE(steps, way);
        const auto exam = place.ledger().entry({u"training"_s, action[u"exam"].toInteger()});
        QCOMPARE(exam->record->serial, action[u"serial"].toString());
    }
    // Asked of the TPMs and of the service by others than those who cleaned up.
    for (qsizetype device = 0; device < targets.size(); ++device) {
        QCOMPARE(persistent(targets[device]), before[device]);
        QVERIFY(!before[device].contains("0x81000100"));
    }
    QCOMPARE(place.enrolled().size(), 4);
    const auto books = upload::standin::Books::open(place.path(u"service/enrollments.db"_s));
    QCOMPARE((*books)->select(u"SELECT * FROM registration"_s, {})->size(), 0);
    QCOMPARE((*books)->select(u"SELECT * FROM identity"_s, {})->size(), 2); // so they were there
}

void TrialTest::aDeviceThatCannotIsFound_data()
{
    QTest::addColumn<QString>("handle");
    QTest::addColumn<QString>("says");
    QTest::newRow("a key where the device's own will be")
        << u"0x81000100"_s << u"provisioned with this TPM already"_s;
    QTest::newRow("no storage key at its handle") << u"0x81000001"_s << u"challenge: "_s;
}

void TrialTest::aDeviceThatCannotIsFound()
{
    QFETCH(const QString, handle);
    QFETCH(const QString, says);
    const LinePlace place(1, m_workplace.path(u"broken"_s + handle));
    tryEvery(place, 1);
    // The rehearsal would find it before the trial begins.
    place.edit(u"plan.toml"_s, u"nothing of it stays\nseverity = \"fail\""_s,
        u"nothing of it stays\nseverity = \"off\""_s);
    const QString target = place.training().simulator().targets().first();
    const auto tool = [&](const QString &name, const QStringList &more) {
        const Ran ran = support::run(name, QStringList{u"-Q"_s, u"-T"_s, target} + more);
        QVERIFY2(ran.exit == 0, ran.said());
    };
    const QString context = place.path(u"key.ctx"_s);
    tool(u"tpm2_createprimary"_s,
        {u"-C"_s, u"o"_s, u"-G"_s, u"rsa2048:rsassa:null"_s, u"-a"_s,
            u"fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign"_s, u"-c"_s, context});
    tool(u"tpm2_evictcontrol"_s, {u"-C"_s, u"o"_s, u"-c"_s, context, handle});
    tool(u"tpm2_flushcontext"_s, {u"-t"_s});
    const QByteArray before = persistent(target);
    const Ran ran = place.run({u"UNIT-1"_s});
    QVERIFY2(ran.exit == 1, ran.said());
    QVERIFY2(ran.err.contains(says.toUtf8()), ran.said());
    QCOMPARE(ran.json().first()[u"verdict"].toString(), u"pass"_s);
    QCOMPARE(ran.json().last()[u"trials"].toObject()[u"fail"].toInt(), 1);
    const auto actions = actionsIn(place);
    QCOMPARE(actions.size(), 1);
    QCOMPARE(actions.first()[u"outcome"].toString(), u"fail"_s);
    QVERIFY2(actions.first()[u"detail"].toString().contains(says), ran.said());
    QCOMPARE(persistent(target), before); // somebody else's key stays
}

void TrialTest::aServiceThatIsAwayIsNotTheDevicesFault()
{
    const LinePlace place(1, m_workplace.path(u"away"_s));
    tryEvery(place, 1, 1'000);
    place.useService(QUrl(u"https://localhost:1"_s), place.path(u"service/ca.pem"_s));
    Cli line(place.runArguments({u"UNIT-1"_s}));
    QByteArray said;
    while (!said.contains("trial, skip"))
        QVERIFY2(!(said = line.errorLine()).isEmpty(), "no word of the trial");
    QVERIFY2(said.contains("not confirmed the enrollment in time"), said);
    line.signal(SIGTERM); // it would go on trying to deliver
    std::ignore = line.wait();
    QCOMPARE(actionsIn(place).value(0)[u"outcome"].toString(), u"skip"_s);
    QCOMPARE(actionsIn(place).value(0)[u"keyGone"], QJsonValue(QJsonValue::Null));
}

void TrialTest::whoStopsItLeavesNothingEither()
{
    const LinePlace place(1, m_workplace.path(u"stopped"_s));
    const StandIn service(m_workplace.path(u"slow"_s), {u"--assign-after"_s, u"600000"_s});
    tryEvery(place, 1);
    place.useService(service.url(), service.caFile());
    place.edit(u"station.toml"_s, u"file:main.credential"_s, u"file:"_s + service.credentialFile());
    const QString target = place.training().simulator().targets().first();
    const QByteArray before = persistent(target);
    Cli line(place.runArguments({u"UNIT-1"_s}));
    const QByteArray ended = line.line();
    const QString id = QJsonDocument::fromJson(ended)[u"ek"][u"registrationId"].toString();
    QVERIFY2(!id.isEmpty(), ended);
    const auto path = u"/registrations/"_s + id;
    QTRY_VERIFY_WITH_TIMEOUT(service.ask("GET", path).body.contains("assigning"), 60'000);
    line.signal(SIGTERM);
    const Ran ran = line.wait();
    QVERIFY2(ran.exit == 3, ran.said());
    QCOMPARE(service.ask("GET", path).status, 404);
    QCOMPARE(persistent(target), before);
    const QJsonObject action = actionsIn(place).value(0);
    QCOMPARE(action[u"outcome"].toString(), u"skip"_s);
    QVERIFY(action[u"keyGone"].toBool() && action[u"registrationGone"].toBool());
}

void TrialTest::onlyATestServiceIsUsed_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("a service where devices live")
        << u"test = true"_s << u"test = false"_s
        << QByteArray("neither a stand-in nor marked as a test service");
    QTest::newRow("no scope") << u"id_scope = \"0ne00000000\""_s << u"id_scope = \"\""_s
                              << QByteArray("add id_scope");
    QTest::newRow("no deliveries")
        << u"[service.main]"_s << u"[deliver]\nautomatic = false\n\n[service.main]"_s
        << QByteArray("automatic = true");
}

void TrialTest::onlyATestServiceIsUsed()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QFETCH(const QByteArray, says);
    const LinePlace place(1, m_workplace.path(QString::fromLatin1(QTest::currentDataTag())));
    tryEvery(place, 1);
    const QStringList check{
        u"plan"_s, u"check"_s, place.path(u"plan.toml"_s), u"--station"_s, place.station()};
    QCOMPARE(support::runCli(check).exit, 0);
    place.edit(u"station.toml"_s, before, after);
    const Ran checked = support::runCli(check);
    QCOMPARE(checked.exit, 1);
    QVERIFY2(checked.err.contains(says), checked.said());
    const Ran ran = place.run({u"UNIT-1"_s});
    QCOMPARE(ran.exit, 2);
    QVERIFY2(ran.err.contains(says), ran.said());
    QVERIFY(!QFile::exists(place.path(u"ledger.db"_s))); // before anything else
}

QTEST_GUILESS_MAIN(TrialTest)
#include "trial.moc"
