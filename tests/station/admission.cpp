// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/admission.h"

#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace station;
using namespace std::chrono_literals;

namespace {

constexpr int patienceMs = 30'000;

struct Answer {
    QString serial;
    Result<Device> device;

    [[nodiscard]] QByteArray said() const
    {
        return device ? "admitted"
                      : QByteArray::number(static_cast<int>(device.error().fault)) + ' '
                + device.error().detail.toUtf8();
    }
};

/// What a command's answer to one serial becomes.
Answer asked(Admission &admission, const QString &serial)
{
    Answer answer;
    int answers = 0;
    const auto connection = QObject::connect(&admission, &Admission::answered, &admission,
        [&](const QString &of, const Result<Device> &device) {
            answer = {of, device};
            ++answers;
        });
    admission.ask(serial);
    if (!QTest::qWaitFor([&] { return answers > 0; }, patienceMs))
        qFatal("no answer");
    QCoreApplication::processEvents();
    QObject::disconnect(connection);
    if (answers != 1)
        qFatal("%d answers", answers);
    return answer;
}

} // namespace

/// The factory's own system is asked by a real command; whatever it does, there is one answer.
class AdmissionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutACommandEverybodyIsAdmitted();
    void theCommandReadsTheQuestion();
    void anAllowedDeviceBringsItsFacts();
    void whatIsNoYesIsANo_data();
    void whatIsNoYesIsANo();
    void aCommandThatCannotBeStarted();
    void aSilentCommandIsEndedAtItsDeadline();
    void anEndlessAnswerIsEnded();
    void theOrderGoesOnWhereThePlanSaysSo();
    void manyAreAskedAtOnce();
    void whatStillRunsIsKilledAtTheEnd();

private:
    [[nodiscard]] static QStringList sh(const QString &script)
    {
        return {u"/bin/sh"_s, u"-c"_s, script};
    }

    support::Workplace m_workplace;
};

void AdmissionTest::withoutACommandEverybodyIsAdmitted()
{
    Admission admission(u"line1-a"_s, {}, 1s);
    const Answer answer = asked(admission, u"SN-1"_s);
    QCOMPARE(answer.serial, u"SN-1"_s);
    QCOMPARE(answer.device, Device{.serial = u"SN-1"_s});
}

void AdmissionTest::theCommandReadsTheQuestion()
{
    const QString file = m_workplace.path(u"question"_s);
    Admission admission(u"line1-a"_s,
        {u"/bin/sh"_s, u"-c"_s, u"cat > \"$1\"; echo '{\"allow\":true}'"_s, u"sh"_s, file}, 30s);
    QVERIFY(asked(admission, u"SN-\"1"_s).device);
    QFile question(file);
    QVERIFY(question.open(QIODevice::ReadOnly));
    QCOMPARE(question.readAll(),
        QByteArray(R"({"serial":"SN-\"1","station":"line1-a"})"
                   "\n"));
}

void AdmissionTest::anAllowedDeviceBringsItsFacts()
{
    Admission admission(u"line1-a"_s,
        sh(uR"(echo '{"allow":true,"serial":"SN-1","boardSerial":"B-7","order":"4711",)"
           R"("customer":"ACME","product":null,"mac":"02:00:00:00:00:01","count":3}')"_s),
        30s);
    const Answer answer = asked(admission, u"SN-1"_s);
    QVERIFY2(answer.device, answer.said());
    QCOMPARE(answer.device->serial, u"SN-1"_s);
    QCOMPARE(answer.device->boardSerial, u"B-7"_s);
    QCOMPARE(answer.device->order, u"4711"_s);
    QCOMPARE(answer.device->customer, u"ACME"_s);
    QCOMPARE(answer.device->product, QString());
    QCOMPARE(answer.device->facts[u"mac"_s], u"02:00:00:00:00:01"_s);
    QVERIFY(!answer.device->facts.contains(u"count"_s));
}

void AdmissionTest::whatIsNoYesIsANo_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QString &script, Fault fault, const char *says) {
        QTest::newRow(name) << script << fault << QByteArray(says);
    };
    const auto json = [&](const char *name, const QString &answer, Fault fault, const char *says) {
        row(name, u"echo '%1'"_s.arg(answer), fault, says);
    };
    json("denied", uR"({"allow":false,"reason":"no such order"})"_s, Fault::Refused,
        "no such order");
    json("denied without a reason", uR"({"allow":false})"_s, Fault::Refused, "without a reason");
    json("no JSON", u"ok"_s, Fault::Down, "no JSON object");
    json("half a JSON", uR"({"allow":tr)"_s, Fault::Down, "no JSON object");
    json("two JSONs", uR"({"allow":true}{"allow":false})"_s, Fault::Down, "no JSON object");
    json("a list", uR"([true])"_s, Fault::Down, "no JSON object");
    json("a yes in words", uR"({"allow":"true"})"_s, Fault::Down, "no JSON object");
    json("a yes as a number", uR"({"allow":1})"_s, Fault::Down, "no JSON object");
    json("an order as a number", uR"({"allow":true,"order":4711})"_s, Fault::Down, "\"order\"");
    json("facts of another serial", uR"({"allow":true,"serial":"SN-2"})"_s, Fault::Refused,
        "another serial");
    json("a MAC that is none", uR"({"allow":true,"mac2":"02:00:00:00:00"})"_s, Fault::Down,
        "\"mac2\" is no MAC address");
    json("an order with a line break", uR"({"allow":true,"order":"47\\n11"})"_s, Fault::Down,
        "cannot be printed");
    json("an order without an end", uR"({"allow":true,"order":"%1"})"_s.arg(QString(129, u'x')),
        Fault::Down, "longer than 128");
    row("a page", u"echo '<html><body>Please log in</body></html>'"_s, Fault::Down,
        "no JSON object");
    row("nothing", u"true"_s, Fault::Down, "no JSON object");
    row("bytes that are no text", u"head -c 100 /dev/urandom"_s, Fault::Down, "no JSON object");
    row("a yes and a failure", u"echo '{\"allow\":true}'; exit 3"_s, Fault::Down, "exit code 3");
    row("a crash", u"kill -SEGV $$"_s, Fault::Down, "crashed");
    row("65 KiB", u"head -c 66560 /dev/zero | tr '\\0' ' '; echo '{\"allow\":true}'"_s, Fault::Down,
        "64 KiB");
}

void AdmissionTest::whatIsNoYesIsANo()
{
    QFETCH(const QString, script);
    QFETCH(const Fault, fault);
    QFETCH(const QByteArray, says);
    Admission admission(u"line1-a"_s, sh(script), 30s);
    const Answer answer = asked(admission, u"SN-1"_s);
    QCOMPARE(answer.serial, u"SN-1"_s);
    QVERIFY(!answer.device);
    QVERIFY2(answer.device.error().fault == fault && answer.said().contains(says), answer.said());
}

void AdmissionTest::aCommandThatCannotBeStarted()
{
    Admission admission(u"line1-a"_s, {u"/nowhere/admit"_s, u"now"_s}, 30s);
    const Answer answer = asked(admission, u"SN-1"_s);
    QVERIFY(!answer.device);
    QCOMPARE(answer.device.error().fault, Fault::Down);
    QVERIFY2(answer.said().contains("\"/nowhere/admit\" could not be started"), answer.said());
}

void AdmissionTest::aSilentCommandIsEndedAtItsDeadline()
{
    const QString mark = m_workplace.path(u"silent"_s);
    // Two processes: the shell, and what it waits for; both must go.
    Admission admission(
        u"line1-a"_s, sh(u"tail -f /dev/null '%1' 2>&1; exit 0"_s.arg(mark)), 300ms);
    const Answer answer = asked(admission, u"SN-1"_s);
    QVERIFY(!answer.device);
    QVERIFY2(answer.said().contains("no answer within 300 ms"), answer.said());
    QTRY_VERIFY(support::processesWith(mark.toUtf8()).isEmpty());
}

void AdmissionTest::anEndlessAnswerIsEnded()
{
    Admission admission(u"line1-a"_s, {u"yes"_s}, 60s);
    const Answer answer = asked(admission, u"SN-1"_s);
    QVERIFY(!answer.device);
    QVERIFY2(answer.said().contains("64 KiB"), answer.said());
}

void AdmissionTest::theOrderGoesOnWhereThePlanSaysSo()
{
    // Each is asked anew: what is allowed once is not allowed for ever.
    const QString script = uR"(read q; case $q in *SN-1*) echo '{"allow":true,"order":"4711",)"
                           R"("customer":"ACME","product":"gateway","boardSerial":"B-1"}';;)"
                           R"( *SN-2*) exit 3;; *SN-3*) echo '{"allow":false,"reason":"no"}';;)"
                           R"( *SN-4*) echo '{"allow":true,"serial":"SN-1"}';; esac)"_s;
    Admission stops(u"line1-a"_s, sh(script), 30s);
    QVERIFY(asked(stops, u"SN-1"_s).device);
    QCOMPARE(asked(stops, u"SN-2"_s).device.error().fault, Fault::Down);

    Admission goesOn(u"line1-a"_s, sh(script), 30s);
    goesOn.fallBackOn({});
    QCOMPARE(asked(goesOn, u"SN-2"_s).device.error().fault, Fault::Down); // there is no order yet
    QVERIFY(asked(goesOn, u"SN-1"_s).device);
    const Answer cached = asked(goesOn, u"SN-2"_s);
    QVERIFY2(cached.device, cached.said());
    QCOMPARE(*cached.device,
        (Device{.serial = u"SN-2"_s,
            .order = u"4711"_s,
            .customer = u"ACME"_s,
            .product = u"gateway"_s,
            .facts = {{u"admission"_s, u"cached-order"_s}}}));
    QCOMPARE(asked(goesOn, u"SN-3"_s).device.error().fault, Fault::Refused);
    QCOMPARE(asked(goesOn, u"SN-4"_s).device.error().fault, Fault::Refused);
}

void AdmissionTest::manyAreAskedAtOnce()
{
    Admission admission(u"line1-a"_s,
        sh(u"read q; case $q in *SN-3*) echo '{\"allow\":false,\"reason\":\"three\"}';; "
           "*) echo '{\"allow\":true}';; esac"_s),
        60s);
    QMap<QString, bool> admitted;
    connect(&admission, &Admission::answered, this,
        [&](const QString &serial, const Result<Device> &device) {
            admitted[serial] = device && device->serial == serial;
        });
    for (int i = 1; i <= 8; ++i)
        admission.ask(u"SN-%1"_s.arg(i));
    QTRY_COMPARE_WITH_TIMEOUT(admitted.size(), 8, patienceMs);
    for (auto one = admitted.cbegin(); one != admitted.cend(); ++one)
        QCOMPARE(one.value(), one.key() != u"SN-3");
}

void AdmissionTest::whatStillRunsIsKilledAtTheEnd()
{
    const QString mark = m_workplace.path(u"running"_s);
    const QByteArray command = "tail -f /dev/null " + mark.toUtf8();
    {
        Admission admission(u"line1-a"_s,
            sh(u"touch '%1'; "_s.arg(mark) + QString::fromUtf8(command) + u"; exit 0"_s), 60s);
        QSignalSpy answered(&admission, &Admission::answered);
        admission.ask(u"SN-1"_s);
        // Before its first command is done, what the shell forks for it looks like the shell.
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(mark), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(support::processesWith(command).size(), 2, patienceMs);
        QCOMPARE(answered.size(), 0);
    }
    QTRY_VERIFY(support::processesWith(command).isEmpty());
}

QTEST_GUILESS_MAIN(AdmissionTest)
#include "admission.moc"
