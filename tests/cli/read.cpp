// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/simulator.h"
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"
#include "tpm/lock.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <poll.h>

using namespace Qt::StringLiterals;
using support::Ran;
using support::runCli;

namespace {

/// A simulated TPM behind two TCP ports, as tpm2-tools expect it: the second is the next one.
class NetworkTpm {
public:
    explicit NetworkTpm(const QString &state)
    {
        for (int attempt = 0; attempt < 100 && !m_process; ++attempt) {
            QTcpServer first, second; // free a moment ago; somebody may be faster
            if (!first.listen(QHostAddress::LocalHost)
                || !second.listen(
                    QHostAddress::LocalHost, static_cast<quint16>(first.serverPort() + 1)))
                continue;
            m_port = first.serverPort();
            first.close();
            second.close();
            start(state);
        }
        if (!m_process)
            qFatal("swtpm does not listen");
    }
    [[nodiscard]] QString target() const { return u"swtpm:host=127.0.0.1,port=%1"_s.arg(m_port); }

private:
    void start(const QString &state)
    {
        auto process = tpm::Child::start(
            u"swtpm socket --tpm2 --tpmstate dir='%1' --flags not-need-init,startup-clear "
            "--server type=tcp,port=%2,bindaddr=127.0.0.1 --ctrl type=tcp,port=%3,bindaddr=127.0.0.1"_s
                .arg(state)
                .arg(m_port)
                .arg(m_port + 1));
        if (!process)
            qFatal("%s", qPrintable(process.error().detail));
        process->setPatience(std::chrono::milliseconds(0));
        for (const QDeadlineTimer patience(10'000); !patience.hasExpired();) {
            QTcpSocket probe;
            probe.connectToHost(u"127.0.0.1"_s, m_port);
            if (probe.waitForConnected(1'000)) {
                m_process.emplace(std::move(*process));
                return;
            }
            pollfd ended{process->fd(), POLLIN, 0};
            if (poll(&ended, 1, 5) == 1)
                return;
        }
    }

    quint16 m_port = 0;
    std::optional<tpm::Child> m_process;
};

/// Everything that has a handle in this TPM.
QByteArray handlesOf(const QString &target)
{
    QByteArray all;
    for (const char *kind : {"handles-persistent", "handles-transient", "handles-nv-index",
             "handles-loaded-session", "handles-saved-session"}) {
        const Ran ran =
            support::run(u"tpm2_getcap"_s, {u"-T"_s, target, QString::fromLatin1(kind)});
        if (ran.exit != 0)
            qFatal("%s", ran.said().constData());
        all += ran.out + '\n';
    }
    return all;
}

} // namespace

/// ekstation-cli read, as QA uses it.
class ReadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyWayToTheTpmReadsTheSameKey();
    void theTpmIsLeftAsItWas();
    void whatCannotBeReached_data();
    void whatCannotBeReached();
    void twoProgramsAtOneTarget();

private:
    static void readsAndLeaves(const QString &way, const QString &target, const QByteArray &key);

    support::Workplace m_workplace;
};

void ReadTest::everyWayToTheTpmReadsTheSameKey()
{
    QByteArray key;
    const QString folder = m_workplace.path(u"ways"_s);
    {
        const auto simulator = station::Simulator::start(1, folder);
        QVERIFY(simulator.has_value());
        const QString target = simulator->targets().first();
        key = support::readPublic(target).toBase64();
        for (const QString &way : {target, u"cmd:tpm2_send -T %1"_s.arg(target)})
            readsAndLeaves(way, target, key);
    }
    const NetworkTpm device(folder + u"/device1"_s);
    for (const QString &way : {device.target(), u"cmd:tpm2_send -T %1"_s.arg(device.target())})
        readsAndLeaves(way, device.target(), key);
}

void ReadTest::readsAndLeaves(const QString &way, const QString &target, const QByteArray &key)
{
    const QByteArray before = handlesOf(target);
    const Ran ran = runCli({u"read"_s, u"--device"_s, way, u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    const QJsonObject seen = ran.json().value(0);
    QCOMPARE(seen[u"target"].toString(), way);
    QCOMPARE(seen[u"verdict"].toString(), u"pass"_s);
    QCOMPARE(seen[u"ek"][u"public"].toString().toLatin1(), key);
    QCOMPARE(seen[u"ek"][u"handle"].toString(), u"0x81010001"_s);
    QCOMPARE(seen[u"ek"][u"certificates"][0][u"keyMatches"].toBool(), true);
    QCOMPARE(handlesOf(target), before);
}

void ReadTest::theTpmIsLeftAsItWas()
{
    const auto simulator = station::Simulator::start(1, m_workplace.path(u"same"_s));
    QVERIFY(simulator.has_value());
    const QString target = simulator->targets().first();
    const QByteArray before = handlesOf(target);
    QVERIFY(before.contains("0x81010001"));
    for (const char *plan : {"qa", "training", "production"}) {
        const Ran ran = runCli({u"read"_s, u"--device"_s, target, u"--plan"_s,
            QString::fromLatin1(plan), u"--json"_s});
        QVERIFY2(ran.exit == (qstrcmp(plan, "production") == 0 ? 1 : 0), ran.said());
        QCOMPARE(handlesOf(target), before);
    }
}

void ReadTest::whatCannotBeReached_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QString &target, const char *says) {
        QTest::newRow(name) << target << QByteArray(says);
    };
    row("no such device", u"device:/dev/no-such-tpm"_s, "/dev/no-such-tpm");
    row("no such socket", u"swtpm:path=/nowhere/1.sock"_s, "/nowhere/1.sock");
    row("nobody listens", u"swtpm:host=127.0.0.1,port=1"_s, "127.0.0.1");
    row("no such command", u"cmd:no-such-command"_s, "");
    row("no such kind", u"carrier-pigeon:coop=1"_s, "");
    row("nothing", u""_s, "");
}

void ReadTest::whatCannotBeReached()
{
    QFETCH(QString, target);
    QFETCH(QByteArray, says);
    const Ran ran = runCli({u"read"_s, u"--device"_s, target, u"--json"_s});
    QVERIFY2(ran.exit == 3, ran.said());
    const QJsonObject seen = ran.json().value(0);
    QCOMPARE(seen[u"verdict"].toString(), u"error"_s);
    QVERIFY(!seen[u"error"][u"code"].toString().isEmpty());
    QVERIFY2(seen[u"error"][u"detail"].toString().toUtf8().contains(says), ran.said());
    QVERIFY(seen[u"ek"].isNull());
}

void ReadTest::twoProgramsAtOneTarget()
{
    const auto simulator = station::Simulator::start(1, m_workplace.path(u"two"_s));
    QVERIFY(simulator.has_value());
    const QString target = simulator->targets().first();
    const QStringList read{u"read"_s, u"--device"_s, target, u"--json"_s};
    {
        const auto owner = tpm::Lock::take(*tpm::parseTarget(target));
        QVERIFY(owner.has_value());
        const Ran ran = runCli(read);
        QVERIFY2(ran.exit == 3, ran.said());
        QCOMPARE(ran.json().value(0)[u"error"][u"code"].toString(), u"busy"_s);
        QCOMPARE(ran.json().value(0)[u"commands"].toInt(), 0);
    }
    QCOMPARE(runCli(read).exit, 0);
}

QTEST_GUILESS_MAIN(ReadTest)
#include "read.moc"
