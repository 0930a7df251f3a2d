// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/wire.h"

#include "tests/support/faultywire.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::FaultyWire;
using support::Reply;
using support::response;
using tpm::Fault;
using Framing = tpm::Link::Framing;

namespace {

/// TPM2_GetRandom of 8 bytes.
const QByteArray command = QByteArray::fromHex("80010000000c0000017b0008");
const QByteArray answer = response(0, QByteArray::fromHex("00080102030405060708"));

FaultyWire::Script always(const Reply &reply)
{
    return [reply](const QByteArray &, int) { return reply; };
}

Reply inParts(const QList<QByteArray> &parts, bool closes = false)
{
    Reply reply;
    reply.parts = parts;
    reply.closes = closes;
    return reply;
}

} // namespace

Q_DECLARE_METATYPE(support::Reply)

/// The command channel against peers that misbehave, over both framings.
class WireTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answers_data();
    void answers();
    void broken_data();
    void broken();
    void silence();
    void silenceInTheMiddleOfAnAnswer();
    void theSessionsBudgetEndsEverything();
    void cancelReturnsAtOnce();
    void aPeerThatLeavesRaisesNoSignal();
    void lateBytesEndTheWire();
    void whatIsDeadStaysDead();
};

void WireTest::answers_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<Reply>("reply");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, Framing framing, const Reply &reply,
                         const QByteArray &expected) {
        QTest::newRow(name) << framing << reply << expected;
    };
    const QByteArray largest = response(0, QByteArray(4086, 'x'));
    QList<QByteArray> bytes;
    for (const char byte : answer)
        bytes.append(QByteArray(1, byte));
    row("stream, whole", Framing::Stream, answer, answer);
    row("stream, byte by byte", Framing::Stream, inParts(bytes), answer);
    row("stream, header and body", Framing::Stream, inParts({answer.left(10), answer.mid(10)}),
        answer);
    row("stream, in the header", Framing::Stream, inParts({answer.left(4), answer.mid(4)}), answer);
    row("stream, largest", Framing::Stream, largest, largest);
    row("stream, an error code", Framing::Stream, response(0x922), response(0x922));
    row("whole", Framing::Whole, answer, answer);
    row("whole, largest", Framing::Whole, largest, largest);
    row("whole, an error code", Framing::Whole, response(0x922), response(0x922));
}

void WireTest::answers()
{
    QFETCH(Framing, framing);
    QFETCH(Reply, reply);
    QFETCH(QByteArray, expected);
    FaultyWire peer(always(reply), framing);
    const auto wire = peer.wire();
    for (int i = 1; i <= 3; ++i) {
        const auto came = wire->exchange(command);
        QVERIFY2(came.has_value(), came ? "" : qPrintable(came.error().detail));
        QCOMPARE(*came, expected);
        QCOMPARE(wire->commands(), i);
    }
    QCOMPARE(wire->lastCommand(), 0x17bU);
    QVERIFY(!wire->failure());
}

void WireTest::broken_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<Reply>("reply");
    QTest::addColumn<Fault>("fault");
    const auto row = [](const char *name, const Reply &reply, Fault stream, Fault whole) {
        QTest::addRow("stream, %s", name) << Framing::Stream << reply << stream;
        QTest::addRow("whole, %s", name) << Framing::Whole << reply << whole;
    };
    const auto sized = [](const char *hex) { return QByteArray::fromHex(hex) + QByteArray(64, 0); };
    row("garbage", QByteArray(64, 'g'), Fault::Protocol, Fault::Protocol);
    row("size 9", sized("80010000000900000000"), Fault::Protocol, Fault::Protocol);
    row("size 0", sized("80010000000000000000"), Fault::Protocol, Fault::Protocol);
    row("size 4097", sized("80010000100100000000"), Fault::Protocol, Fault::Protocol);
    row("size 4 GB", sized("8001ffffffff00000000"), Fault::Protocol, Fault::Protocol);
    row("a header cut and closed", inParts({answer.left(6)}, true), Fault::Link, Fault::Protocol);
    row("an answer cut and closed", inParts({answer.chopped(1)}, true), Fault::Link,
        Fault::Protocol);
    row("closed", inParts({}, true), Fault::Link, Fault::Link);
}

void WireTest::broken()
{
    QFETCH(Framing, framing);
    QFETCH(Reply, reply);
    QFETCH(Fault, fault);
    FaultyWire peer(always(reply), framing);
    const auto wire = peer.wire({.command = 10s});
    const auto came = wire->exchange(command);
    QVERIFY(!came.has_value());
    QVERIFY2(came.error().fault == fault, qPrintable(came.error().detail));
    QCOMPARE(came.error().command, 0x17bU);
    QVERIFY(!came.error().detail.isEmpty());
}

void WireTest::silence()
{
    for (const Framing framing : {Framing::Stream, Framing::Whole}) {
        FaultyWire peer(always({}), framing);
        const auto wire = peer.wire({.command = 200ms});
        QElapsedTimer timer;
        timer.start();
        const auto came = wire->exchange(command);
        QVERIFY(!came.has_value());
        QCOMPARE(came.error().fault, Fault::Timeout);
        QVERIFY2(came.error().detail.contains(u"TPM2_GetRandom within 200 ms"_s),
            qPrintable(came.error().detail));
        QVERIFY(timer.elapsed() >= 200);
        QVERIFY(timer.elapsed() < 5'000);
    }
}

void WireTest::silenceInTheMiddleOfAnAnswer()
{
    FaultyWire peer(always(inParts({answer.left(12)})));
    const auto wire = peer.wire({.command = 200ms});
    const auto came = wire->exchange(command);
    QVERIFY(!came.has_value());
    QCOMPARE(came.error().fault, Fault::Timeout);
}

void WireTest::theSessionsBudgetEndsEverything()
{
    FaultyWire peer(always({}));
    const auto wire = peer.wire({.command = 60s, .creation = 60s, .examination = 100ms});
    QElapsedTimer timer;
    timer.start();
    const auto came = wire->exchange(command);
    QVERIFY(!came.has_value());
    QCOMPARE(came.error().fault, Fault::Timeout);
    QVERIFY(timer.elapsed() < 20'000);
    QVERIFY2(!came.error().detail.contains(u"60000"_s), qPrintable(came.error().detail));
}

void WireTest::cancelReturnsAtOnce()
{
    const auto stop = std::make_shared<tpm::Stop>();
    // The peer asks to stop when the command has come, so that the wire waits for the answer.
    FaultyWire peer([stop](const QByteArray &, int) {
        stop->request();
        return Reply();
    });
    const auto wire = peer.wire({.command = 60s}, stop);
    QElapsedTimer timer;
    timer.start();
    const auto came = wire->exchange(command);
    QVERIFY(!came.has_value());
    QCOMPARE(came.error().fault, Fault::Cancelled);
    QVERIFY(timer.elapsed() < 10'000);
}

void WireTest::aPeerThatLeavesRaisesNoSignal()
{
    std::signal(SIGPIPE, SIG_DFL); // it would end this test
    FaultyWire peer(always(inParts({}, true)));
    const auto first = peer.wire();
    QVERIFY(!first->exchange(command).has_value());
    // The first command may be written before the peer closes; here it has closed for certain.
    auto gone = std::make_unique<FaultyWire>(always({}));
    tpm::Wire wire(gone->link(), {}, std::make_shared<tpm::Stop>());
    gone.reset();
    const auto came = wire.exchange(command);
    QVERIFY(!came.has_value());
    QCOMPARE(came.error().fault, Fault::Link);
}

void WireTest::lateBytesEndTheWire()
{
    FaultyWire peer(always(answer + "x"));
    const auto wire = peer.wire();
    QVERIFY(wire->exchange(command).has_value());
    const auto second = wire->exchange(command);
    QVERIFY(!second.has_value());
    QCOMPARE(second.error().fault, Fault::Protocol);
    QCOMPARE(peer.commands().size(), 1); // it was not sent: its answer could not be told apart
}

void WireTest::whatIsDeadStaysDead()
{
    FaultyWire peer([](const QByteArray &, int number) {
        return number == 1 ? Reply(QByteArray(10, 'g')) : Reply(answer);
    });
    const auto wire = peer.wire();
    const auto first = wire->exchange(command);
    QVERIFY(!first.has_value());
    QCOMPARE(wire->exchange(command), first);
    QCOMPARE(*wire->failure(), first.error());
    QCOMPARE(peer.commands().size(), 1);
}

QTEST_GUILESS_MAIN(WireTest)
#include "wire.moc"
