// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/session.h"

#include "tests/support/faultywire.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/endorsement.h"
#include "tpm/templates.h"

#include <QElapsedTimer>
#include <QTest>

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::FaultyWire;
using support::Reply;
using support::Swtpm;
using tpm::Budget;
using tpm::Fault;
using tpm::Session;
using tpm::Stop;

namespace {

constexpr quint32 persistentEk = 0x81010001;

tpm::Result<std::unique_ptr<Session>> open(const tpm::Target &target, const Budget &budget = {})
{
    return Session::open(target, budget, std::make_shared<Stop>());
}

/// Calls once the peer of this socket has something unread: a command is under way for certain.
std::jthread whenSent(int fd, std::function<void()> act)
{
    return std::jthread([fd, act = std::move(act)](const std::stop_token &over) {
        for (int unread = 0; unread == 0 && !over.stop_requested(); std::this_thread::yield())
            if (ioctl(fd, SIOCOUTQ, &unread) != 0)
                return;
        act();
    });
}

} // namespace

/// A session on real TPMs, and what it does when one stops, dies or lies.
class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyWayToATpm();
    void aTpmThatWasNeverStarted();
    void oneOwnerForOneTarget();
    void aStoppedTpmReturnsWithinTheBudget();
    void aTpmThatDiesDuringACommand();
    void cancelDuringACommand();
    void aDeadConversationCanBeReopened();
    void aRebootedTpmCanBeReopened();
    void reopeningWhatIsGone();
    void overAForeignWireNothingIsReopened();
    void nvInChunks_data();
    void nvInChunks();
    void nvThatIsNotThere();

private:
    support::Workplace m_workplace;
    std::unique_ptr<Swtpm> m_tpm;
};

void SessionTest::initTestCase()
{
    m_tpm = std::make_unique<Swtpm>(Swtpm::Options{.manufactured = true});
}

void SessionTest::everyWayToATpm()
{
    const Swtpm clone({.tcp = true, .original = m_tpm.get()});
    FaultyWire relay(FaultyWire::relay(m_tpm->socketPath()));
    QByteArray key;
    for (const tpm::Target &target : {m_tpm->target(), clone.target(),
             *tpm::parseTarget(u"cmd:tpm2_send -T "_s + m_tpm->text()), relay.listen()}) {
        const auto session = open(target);
        QVERIFY2(session.has_value(), session ? "" : qPrintable(session.error().detail));
        const auto read = (*session)->readPublic(persistentEk);
        QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().detail));
        QCOMPARE(read->publicArea.size(), 316);
        QCOMPARE((*session)->commands(), 1);
        if (!key.isEmpty())
            QCOMPARE(read->publicArea, key);
        key = read->publicArea;
    }
}

void SessionTest::aTpmThatWasNeverStarted()
{
    const Swtpm tpm({.started = false});
    const auto session = open(tpm.target());
    QVERIFY(session.has_value());
    const auto values = (*session)->properties(0x100, 0x1ff);
    QVERIFY2(values.has_value(), values ? "" : qPrintable(values.error().detail));
    QCOMPARE((*session)->commands(), 3); // GetCapability, Startup, GetCapability
}

void SessionTest::oneOwnerForOneTarget()
{
    const auto first = open(m_tpm->target());
    QVERIFY(first.has_value());
    const auto second = open(m_tpm->target());
    QVERIFY(!second.has_value());
    QCOMPARE(second.error().fault, Fault::Busy);
    QVERIFY(second.error().detail.contains(m_tpm->text()));
    QVERIFY((*first)->readPublic(persistentEk).has_value());
}

void SessionTest::aStoppedTpmReturnsWithinTheBudget()
{
    const Swtpm tpm;
    auto session = open(tpm.target(), {.command = 300ms});
    QVERIFY(session.has_value());
    tpm.stop();
    QElapsedTimer timer;
    timer.start();
    const auto read = (*session)->readPublic(persistentEk);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().fault, Fault::Timeout);
    QCOMPARE(read.error().command, 0x173U);
    session->reset();
    QVERIFY2(timer.elapsed() < 10'000, "the end of the session waits for nothing");
    // The kernel takes one more connection for a stopped swtpm, and refuses those after it.
    for (int i = 0; i < 3; ++i) {
        session = open(tpm.target(), {.command = 300ms});
        if (!session) {
            QCOMPARE(session.error().fault, Fault::Target);
            continue;
        }
        QCOMPARE((*session)->readPublic(persistentEk).error().fault, Fault::Timeout);
        session->reset();
    }
    QVERIFY(!session.has_value());
    const auto stop = std::make_shared<Stop>();
    stop->request();
    QCOMPARE(Session::open(tpm.target(), {}, stop).error().fault, Fault::Cancelled);
    tpm.resume();
    session = open(tpm.target());
    QVERIFY(session.has_value());
    QCOMPARE((*session)->readPublic(persistentEk).error().code, 0x18bU);
}

void SessionTest::aTpmThatDiesDuringACommand()
{
    const Swtpm tpm;
    auto link = tpm::openLink(tpm.target(), {}, Stop());
    QVERIFY(link.has_value());
    const int fd = link->fd;
    auto session = Session::over(
        std::make_unique<tpm::Wire>(std::move(*link), Budget(), std::make_shared<Stop>()));
    QVERIFY(session.has_value());
    tpm.stop();
    const std::jthread killer = whenSent(fd, [&tpm] { tpm.kill(); });
    const auto read = (*session)->readPublic(persistentEk);
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().fault == Fault::Link, qPrintable(read.error().detail));
    // The context is dead, and says why, not that ESYS is in a bad sequence.
    QCOMPARE((*session)->readPublic(persistentEk).error(), read.error());
}

void SessionTest::cancelDuringACommand()
{
    const Swtpm tpm;
    const auto stop = std::make_shared<Stop>();
    auto link = tpm::openLink(tpm.target(), {}, *stop);
    QVERIFY(link.has_value());
    const int fd = link->fd;
    auto session =
        Session::over(std::make_unique<tpm::Wire>(std::move(*link), Budget{.command = 60s}, stop));
    QVERIFY(session.has_value());
    tpm.stop();
    QElapsedTimer timer;
    timer.start();
    const std::jthread canceller = whenSent(fd, [&stop] { stop->request(); });
    const auto read = (*session)->readPublic(persistentEk);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().fault, Fault::Cancelled);
    session->reset();
    QVERIFY(timer.elapsed() < 20'000);
    tpm.resume();
}

void SessionTest::aDeadConversationCanBeReopened()
{
    std::atomic<bool> lies = false;
    FaultyWire relay(
        FaultyWire::relay(m_tpm->socketPath(), {}, [&](const QByteArray &) -> std::optional<Reply> {
            if (lies.exchange(false))
                return QByteArray(20, 'g');
            return {};
        }));
    auto session = open(relay.listen());
    QVERIFY(session.has_value());
    const auto made = (*session)->createPrimary(tpm::Hierarchy::Null, tpm::challengeArea());
    QVERIFY(made.has_value());
    QCOMPARE((*session)->handles(0x80000000, 0x80ffffff)->size(), 1);
    lies = true;
    const auto read = (*session)->readPublic(persistentEk);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().fault, Fault::Protocol);
    QCOMPARE((*session)->failure(), read.error());

    const auto reopened = (*session)->reopen();
    QVERIFY2(reopened.has_value(), reopened ? "" : qPrintable(reopened.error().detail));
    QVERIFY(!(*session)->failure());
    QCOMPARE((*session)->handles(0x80000000, 0x80ffffff), QList<quint32>());
    QVERIFY((*session)->readPublic(persistentEk).has_value());
    QCOMPARE((*session)->commands(), relay.commands().size());
}

void SessionTest::aRebootedTpmCanBeReopened()
{
    Swtpm tpm;
    auto session = open(tpm.target());
    QVERIFY(session.has_value());
    QVERIFY((*session)->createPrimary(tpm::Hierarchy::Null, tpm::challengeArea()).has_value());
    tpm.kill();
    QCOMPARE((*session)->readPublic(persistentEk).error().fault, Fault::Link);
    tpm.restart();
    const auto reopened = (*session)->reopen();
    QVERIFY2(reopened.has_value(), reopened ? "" : qPrintable(reopened.error().detail));
    QVERIFY((*session)->createPrimary(tpm::Hierarchy::Null, tpm::challengeArea()).has_value());
    session->reset();
    QCOMPARE(tpm.leftovers(), QByteArray());
}

void SessionTest::reopeningWhatIsGone()
{
    const Swtpm tpm;
    auto session = open(tpm.target());
    QVERIFY(session.has_value());
    QVERIFY((*session)->createPrimary(tpm::Hierarchy::Null, tpm::challengeArea()).has_value());
    tpm.kill();
    QVERIFY(!(*session)->readPublic(persistentEk).has_value());
    const auto reopened = (*session)->reopen();
    QVERIFY(!reopened.has_value());
    QCOMPARE(reopened.error().fault, Fault::Target);
    // A station's fault must not turn into one of the device.
    QCOMPARE((*session)->readPublic(persistentEk).error(), reopened.error());
    QCOMPARE((*session)->failure(), reopened.error());
    QCOMPARE((*session)->reopen().error().fault, Fault::Target);
}

void SessionTest::overAForeignWireNothingIsReopened()
{
    FaultyWire peer([](const QByteArray &, int) { return QByteArray(20, 'g'); });
    auto session = Session::over(peer.wire());
    QVERIFY(session.has_value());
    const auto read = (*session)->readPublic(persistentEk);
    QVERIFY(!read.has_value());
    QCOMPARE((*session)->reopen().error(), read.error());
}

void SessionTest::nvInChunks_data()
{
    QTest::addColumn<quint32>("chunk");
    QTest::addColumn<int>("atLeast"); // NV_Read commands for the certificate of about 1,000 bytes
    QTest::newRow("a byte more than half") << 600U << 2;
    QTest::newRow("100 bytes") << 100U << 9;
    QTest::newRow("TPM gave no limit") << 0U << 2;
    QTest::newRow("TPM's own limit") << 1024U << 1;
    QTest::newRow("limit beyond the structure") << 0xffffffffU << 1;
}

void SessionTest::nvInChunks()
{
    QFETCH(quint32, chunk);
    QFETCH(int, atLeast);
    QTemporaryDir folder;
    const auto tool = m_tpm->tool(u"tpm2_nvread"_s,
        {u"0x1c00002"_s, u"-C"_s, u"0x1c00002"_s, u"-o"_s, folder.filePath(u"nv"_s)});
    QVERIFY2(tool.exit == 0, tool.said());
    QFile file(folder.filePath(u"nv"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray expected = file.readAll();
    QVERIFY(expected.size() > 800 && expected.size() <= 1024);

    const auto session = open(m_tpm->target());
    QVERIFY(session.has_value());
    const auto nv = (*session)->readNv(0x01c00002, chunk);
    QVERIFY2(nv.has_value(), nv ? "" : qPrintable(nv.error().detail));
    QCOMPARE(*nv, expected);
    const int reads = (*session)->commands() - 1; // beside NV_ReadPublic
    QVERIFY2(reads >= atLeast && reads <= atLeast + 2, QByteArray::number(reads));
}

void SessionTest::nvThatIsNotThere()
{
    const auto session = open(m_tpm->target());
    QVERIFY(session.has_value());
    const auto nv = (*session)->readNv(0x01c0000a, 1024);
    QVERIFY(!nv.has_value());
    QCOMPARE(nv.error().fault, Fault::Refused);
    QCOMPARE(nv.error().code, 0x18bU);
    QCOMPARE(nv.error().command, 0x169U);
}

QTEST_GUILESS_MAIN(SessionTest)
#include "session.moc"
