// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/plainsql.h"
#include "tests/support/spoilt.h"
#include "tests/support/workplace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <atomic>
#include <csignal>

using namespace Qt::StringLiterals;
using support::Alter;
using support::FaultyWire;
using support::hangUp;
using support::LinePlace;
using support::Ran;
using support::Reply;
using support::runCli;
using support::spoilt;

namespace {

constexpr quint32 getCapability = 0x17a;
constexpr quint32 activate = 0x147;

constexpr int patienceMs = 60'000;

/// A TPM that says nothing more once it is asked to prove its key.
struct Silent {
    explicit Silent(const QString &behind)
        : wire(spoilt(behind,
              [this](quint32 asked, const QByteArray &answer) {
                  reached = reached || asked == activate;
                  return asked == activate ? Reply() : Reply(answer);
              })),
          target(wire.listen().text)
    {
    }

    std::atomic<bool> reached = false;
    FaultyWire wire;
    QString target;
};

/// A TPM that cannot prove its key.
Reply unproven(quint32 asked, const QByteArray &answer)
{
    return asked == activate ? support::response(0x101) : answer;
}

QString firstFail(const QJsonObject &seen)
{
    for (const auto &finding : seen[u"findings"].toArray())
        if (finding[u"outcome"].toString() == u"fail")
            return finding[u"check"].toString();
    return {};
}

} // namespace

/// What happened → verdict, code and exit code, one real cause a row.
class ContractVerdictsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void readGivesTheVerdict_data();
    void readGivesTheVerdict();
    void aSilentTpmIsATimeout();
    void aTermSignalIsAnAbort();
    void anotherDevicesKeyIsNotUnique();
    void whatRanInACrashIsAborted();
    void attemptsCountFailAndTimeoutOnly();
    void anErrorOutweighsAFail();
    void aDeniedDeviceGetsNoCommand();
    void aLedgerThatIsNoneIsTheStationsError();

private:
    [[nodiscard]] QString target(int device = 0) const
    {
        return m_place->training().jobs()[device].target;
    }

    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_place;
};

void ContractVerdictsTest::initTestCase()
{
    m_place = std::make_unique<LinePlace>(2, m_workplace.path(u"line"_s));
}

void ContractVerdictsTest::readGivesTheVerdict_data()
{
    QTest::addColumn<QString>("target"); // empty: the real device
    QTest::addColumn<Alter>("script");
    QTest::addColumn<QString>("plan");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("code"); // error.code, or the check that failed
    QTest::addColumn<int>("exit");
    const auto row = [](const char *name, const QString &target, const QString &plan,
                         const QString &verdict, const QString &code, int exit,
                         const Alter &script = {}) {
        QTest::newRow(name) << target << script << plan << verdict << code << exit;
    };
    const auto broken = [&](const char *name, quint32 command, const Reply &instead,
                            const QString &verdict, const QString &code, int exit) {
        row(name, {}, u"qa"_s, verdict, code, exit, [=](quint32 asked, const QByteArray &answer) {
            return asked == command ? instead : Reply(answer);
        });
    };
    row("everything holds", {}, u"qa"_s, u"pass"_s, {}, 0);
    row("a check fails", {}, u"production"_s, u"fail"_s, u"kind"_s, 1);
    row("no such target", u"swtpm:path=/nowhere/tpm.sock"_s, u"qa"_s, u"error"_s, u"target"_s, 3);
    row("no target at all", u"nonsense"_s, u"qa"_s, u"error"_s, {}, 3);
    row("the relay fails", u"cmd:exit 255"_s, u"qa"_s, u"error"_s, u"link"_s, 3);
    broken("the link is lost on the way", activate, hangUp(), u"error"_s, u"link"_s, 3);
    broken("no usable TPM", getCapability, support::response(0x101), u"fail"_s, u"presence"_s, 1);
    broken("a malformed answer", getCapability, QByteArray("SSH-2.0-OpenSSH_9.2\r\n"), u"fail"_s,
        u"protocol"_s, 1);
    broken(
        "the key is not proven", activate, support::response(0x101), u"fail"_s, u"challenge"_s, 1);
}

void ContractVerdictsTest::readGivesTheVerdict()
{
    QFETCH(const QString, plan);
    QFETCH(const QString, verdict);
    QFETCH(const QString, code);
    QFETCH(const int, exit);
    QFETCH(const Alter, script);
    QFETCH(QString, target);
    std::optional<FaultyWire> wire;
    if (script)
        target = wire.emplace(spoilt(this->target(), script)).listen().text;
    else if (target.isEmpty())
        target = this->target();
    const Ran ran = runCli({u"read"_s, u"--device"_s, target, u"--plan"_s, plan, u"--json"_s});
    QVERIFY2(ran.exit == exit, ran.said());
    const QJsonObject seen = ran.json().value(0);
    QVERIFY2(seen[u"verdict"].toString() == verdict, ran.said());
    QCOMPARE(seen[u"error"].isNull(), verdict != u"error");
    if (!code.isEmpty())
        QCOMPARE(verdict == u"error" ? seen[u"error"][u"code"].toString() : firstFail(seen), code);
    if (verdict == u"error")
        QVERIFY(!seen[u"error"][u"detail"].toString().isEmpty());
}

void ContractVerdictsTest::aSilentTpmIsATimeout()
{
    m_place->usePlan(u"command_ms = 5000"_s, u"command_ms = 300"_s);
    ::kill(m_place->pidOf(0), SIGSTOP);
    const Ran ran = runCli({u"read"_s, u"--device"_s, target(), u"--plan"_s,
        m_place->path(u"plan.toml"_s), u"--json"_s});
    ::kill(m_place->pidOf(0), SIGCONT);
    m_place->edit(u"station.toml"_s, u"plan.toml"_s, u"training"_s);
    QVERIFY2(ran.exit == 1, ran.said());
    const QJsonObject seen = ran.json().value(0);
    QCOMPARE(seen[u"verdict"].toString(), u"timeout"_s);
    QCOMPARE(seen[u"error"][u"code"].toString(), u"presence"_s);
    QCOMPARE(seen[u"error"][u"detail"].toString(), u"TPM2_GetCapability"_s);
}

void ContractVerdictsTest::aTermSignalIsAnAbort()
{
    Silent silent(target());
    support::Cli read({u"read"_s, u"--device"_s, silent.target, u"--json"_s});
    QTRY_VERIFY_WITH_TIMEOUT(silent.reached, patienceMs);
    read.signal(SIGTERM);
    const Ran ran = read.wait();
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(ran.json().value(0)[u"verdict"].toString(), u"aborted"_s);
    QCOMPARE(ran.json().value(0)[u"error"][u"code"].toString(), u"stopped"_s);
}

void ContractVerdictsTest::anotherDevicesKeyIsNotUnique()
{
    QCOMPARE(m_place->run({u"FIRST-1\t"_s + target()}).exit, 0);
    const Ran ran = m_place->run({u"SECOND-1\t"_s + target()});
    QVERIFY2(ran.exit == 1, ran.said());
    const QJsonObject seen = ran.json().value(0);
    QCOMPARE(seen[u"verdict"].toString(), u"fail"_s);
    QCOMPARE(firstFail(seen), u"uniqueness"_s);
    QString measured;
    for (const auto &finding : seen[u"findings"].toArray())
        if (finding[u"check"].toString() == u"uniqueness")
            measured += finding[u"measured"].toString();
    QVERIFY2(measured.contains(u"FIRST-1") && measured.contains(u"station training")
            && measured.contains(u"T"),
        qPrintable(measured));
    QVERIFY(seen[u"delivery"].isNull());
}

void ContractVerdictsTest::whatRanInACrashIsAborted()
{
    {
        Silent silent(target(1));
        support::Cli line({u"run"_s, u"--station"_s, m_place->station(), u"--json"_s});
        line.write("CRASH-1\t" + silent.target.toUtf8() + '\n');
        QTRY_VERIFY_WITH_TIMEOUT(silent.reached, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(
            support::rowsOf(m_place->path(u"ledger.db"_s), u"SELECT serial, state FROM queue"_s),
            QList<QVariantList>({{u"CRASH-1"_s, u"running"_s}}), patienceMs);
        line.signal(SIGKILL);
        QCOMPARE(line.wait().exit, -1);
    }
    const Ran ran = m_place->run({});
    QVERIFY2(ran.exit == 0, ran.said());
    QVERIFY2(
        ran.err.contains("CRASH-1") && ran.err.contains("interrupted, test again"), ran.said());
    const Ran records = runCli({u"records"_s, u"--station"_s, m_place->station(), u"--json"_s,
        u"--serial"_s, u"CRASH-1"_s});
    QCOMPARE(records.json().size(), 1);
    QCOMPARE(records.json().value(0)[u"verdict"].toString(), u"aborted"_s);
    QCOMPARE(records.json().value(0)[u"error"].toString(), u"interrupted"_s);
}

void ContractVerdictsTest::attemptsCountFailAndTimeoutOnly()
{
    FaultyWire wire(spoilt(target(1), unproven));
    const QString bad = wire.listen().text;
    const QString serial = u"ATTEMPT-1\t"_s;
    const auto attempt = [&](const QString &at, const char *verdict) {
        const Ran ran = m_place->run({serial + at});
        const QJsonObject seen = ran.json().value(0);
        if (seen[u"verdict"].toString() != QLatin1String(verdict))
            qFatal("%s", ran.said().constData());
        return seen[u"attempt"].toInt();
    };
    QCOMPARE(attempt(bad, "fail"), 1);
    QCOMPARE(attempt(u"swtpm:path=/nowhere/tpm.sock"_s, "error"), 2);
    QCOMPARE(attempt(bad, "fail"), 2);
    QCOMPARE(attempt(target(1), "pass"), 3);
}

void ContractVerdictsTest::anErrorOutweighsAFail()
{
    FaultyWire wire(spoilt(target(), unproven));
    const Ran ran = m_place->run(
        {u"THIRD-1\t"_s + wire.listen().text, u"LOST-1\tswtpm:path=/nowhere/tpm.sock"_s});
    QVERIFY2(ran.exit == 3, ran.said());
    const QJsonObject sum = ran.json().last();
    QCOMPARE(sum[u"fail"].toInt(), 1);
    QCOMPARE(sum[u"error"].toInt(), 1);
}

void ContractVerdictsTest::aDeniedDeviceGetsNoCommand()
{
    const QString admit =
        u"[admit]\ncommand = [\"/bin/echo\", '{\"allow\":false,\"reason\":\"not ordered\"}']\n\n"_s;
    m_place->edit(u"station.toml"_s, u"[line]"_s, admit + u"[line]"_s);
    FaultyWire wire(FaultyWire::relay(target().mid(11)));
    const Ran ran = m_place->run({u"DENIED-1\t"_s + wire.listen().text});
    m_place->edit(u"station.toml"_s, admit, {});
    QVERIFY2(ran.exit == 1, ran.said());
    QVERIFY2(ran.err.contains("DENIED-1 is not tested: not ordered"), ran.said());
    QCOMPARE(ran.json().size(), 1); // the sum alone
    QCOMPARE(wire.commands(), QList<quint32>());
}

void ContractVerdictsTest::aLedgerThatIsNoneIsTheStationsError()
{
    const QByteArray bytes(8192, 'x');
    m_place->write(u"damaged.db"_s, bytes);
    m_place->edit(u"station.toml"_s, u"sqlite:ledger.db"_s, u"sqlite:damaged.db"_s);
    const Ran ran = m_place->run({u"SN-0001"_s});
    m_place->edit(u"station.toml"_s, u"sqlite:damaged.db"_s, u"sqlite:ledger.db"_s);
    QVERIFY2(ran.exit == 3, ran.said());
    QCOMPARE(ran.out, QByteArray());
    QVERIFY2(ran.err.contains("damaged.db"), ran.said());
    QFile file(m_place->path(u"damaged.db"_s)); // left as it is, for whoever repairs it
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
}

QTEST_GUILESS_MAIN(ContractVerdictsTest)
#include "contractverdicts.moc"
