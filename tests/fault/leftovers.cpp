// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::Ran;

namespace {

constexpr int roomFor = 3; // of objects and of sessions, in swtpm

/// TPM2_StartAuthSession: unbound, unsalted, policy, SHA-256.
const QByteArray startPolicySession =
    QByteArray::fromHex("80010000002b000001764000000740000007001000112233445566778899aabbccddeeff"
                        "00000100"
                        "10000b");

QByteArray handlesOf(const QString &target)
{
    QByteArray all;
    for (const QString &kind : {u"handles-transient"_s, u"handles-loaded-session"_s}) {
        const Ran ran = support::run(u"tpm2_getcap"_s, {u"-T"_s, target, kind});
        if (ran.exit != 0)
            qFatal("%s", ran.said().constData());
        all += ran.out;
    }
    return all;
}

} // namespace

/// A TPM without a resource manager keeps what a killed station had made in it; that is no fault of
/// the device.
class LeftoversTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void objectsOfAKilledStationMakeRoom();
    void sessionsOfAKilledStationMakeRoom();
    void objectsOfOthersStay();

private:
    [[nodiscard]] station::Simulator device(const QString &name) const
    {
        return support::blankDevices(1, m_workplace.path(name));
    }
    support::Workplace m_workplace;
};

void LeftoversTest::objectsOfAKilledStationMakeRoom()
{
    const auto simulator = device(u"objects"_s);
    const QString target = simulator.targets().first();
    for (int made = 0; made < roomFor; ++made)
        QCOMPARE(support::run(u"tpm2_createek"_s,
                     {u"-T"_s, target, u"-c"_s, m_workplace.path(u"ek.context"_s)})
                     .exit,
            0);
    QVERIFY(handlesOf(target).contains("0x80000002"));
    const Ran ran = support::runCli({u"read"_s, u"--device"_s, target, u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(handlesOf(target), QByteArray());
}

void LeftoversTest::sessionsOfAKilledStationMakeRoom()
{
    const auto simulator = device(u"sessions"_s);
    const QString target = simulator.targets().first();
    for (int made = 0; made < roomFor; ++made)
        QCOMPARE(support::run(u"tpm2_send"_s, {u"-T"_s, target}, startPolicySession).exit, 0);
    QVERIFY(handlesOf(target).contains("0x3000002"));
    const Ran ran = support::runCli({u"read"_s, u"--device"_s, target, u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(handlesOf(target), QByteArray());
}

void LeftoversTest::objectsOfOthersStay()
{
    const auto simulator = device(u"others"_s);
    const QString target = simulator.targets().first();
    for (int made = 0; made < roomFor; ++made)
        QCOMPARE(support::run(u"tpm2_createprimary"_s,
                     {u"-T"_s, target, u"-G"_s, u"ecc"_s, u"-c"_s,
                         m_workplace.path(u"primary.context"_s)})
                     .exit,
            0);
    const QByteArray before = handlesOf(target);
    const Ran ran = support::runCli({u"read"_s, u"--device"_s, target, u"--json"_s});
    QVERIFY2(ran.exit == 1, ran.said());
    QVERIFY2(ran.out.contains("out of memory for object contexts"), ran.said());
    QCOMPARE(handlesOf(target), before);
}

QTEST_GUILESS_MAIN(LeftoversTest)
#include "leftovers.moc"
