// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/network.h"

#include "station/bench.h"
#include "tests/line/verdicts.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>
#include <QThread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace verdicts;

namespace {

constexpr quint16 port = 2321; // in namespaces that nobody else is in, every port is free

/// "net:[4026531840]": its name and number.
QString numberOf(const QString &network)
{
    return QFileInfo(network).symLinkTarget().section(u'/', -1);
}

QString here()
{
    return numberOf(u"/proc/thread-self/ns/net"_s);
}

/// A simulated TPM at 127.0.0.1:2321 of a network namespace of its own.
class Island {
public:
    explicit Island(const QString &folder)
        : m_tpm({u"--net"_s, u"--"_s, u"sh"_s, u"-c"_s,
                    u"ip link set lo up && mkdir -p %1 && echo up && exec swtpm socket --tpm2 "
                    "--tpmstate dir=%1 --server type=tcp,port=%2,bindaddr=127.0.0.1 --flags "
                    "not-need-init,startup-clear"_s.arg(folder)
                        .arg(port)},
              u"unshare"_s)
    {
        if (m_tpm.line() != "up")
            qFatal("no network namespace: this test needs the capability CAP_SYS_ADMIN");
    }

    [[nodiscard]] QString network() const { return u"/proc/%1/ns/net"_s.arg(m_tpm.pid()); }
    [[nodiscard]] bool listens() const
    {
        const auto there = Network::enter(network());
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address{.sin_family = AF_INET,
            .sin_port = htons(port),
            .sin_addr = {htonl(INADDR_LOOPBACK)},
            .sin_zero = {}};
        const bool answers = there
            && ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
        ::close(socket);
        return answers;
    }

private:
    support::Cli m_tpm;
};

} // namespace

/// Units that all stand at the same address, each in a network namespace of its slot.
class NetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void oneAddressIsManyUnits();
    void whatASlotStartsIsInItsNetwork();
    void theThreadComesBack();
    void aNetworkThatIsNotThere();

private:
    support::Workplace m_workplace;
    std::unique_ptr<Island> m_islands[2];
};

void NetworkTest::initTestCase()
{
    for (int slot : {0, 1}) {
        m_islands[slot] = std::make_unique<Island>(m_workplace.path(u"tpm%1"_s.arg(slot)));
        QTRY_VERIFY_WITH_TIMEOUT(m_islands[slot]->listens(), 20'000);
    }
}

/// Side by side, so that the lock of the one target is not in the other's way.
void NetworkTest::oneAddressIsManyUnits()
{
    Bench bench(2);
    Examination ended[2];
    int count = 0;
    connect(&bench, &Bench::examined, this, [&](int slot, const Examination &examination) {
        ended[slot] = examination;
        ++count;
    });
    const QString target = u"swtpm:host=127.0.0.1,port=%1"_s.arg(port);
    for (int slot : {0, 1})
        bench.examine(
            slot, {.target = target, .network = m_islands[slot]->network()}, planOf(u"qa"_s));
    QTRY_COMPARE_WITH_TIMEOUT(count, 2, 60'000);
    for (const Examination &one : ended)
        QVERIFY2(one.key.has_value(), said(one));
    QVERIFY(ended[0].key->sha256() != ended[1].key->sha256());
}

void NetworkTest::whatASlotStartsIsInItsNetwork()
{
    Bench bench(1);
    QString serial;
    Presence presence = Presence::Unknown;
    connect(&bench, &Bench::introduced, this,
        [&](int, const Result<QString> &told) { serial = told.value_or(u"-"_s); });
    connect(&bench, &Bench::probed, this, [&](int, Presence seen) { presence = seen; });
    const Slot place{.name = u"1"_s,
        .target = u"swtpm:host=127.0.0.1,port=%1"_s.arg(port),
        .serial = {{u"readlink"_s, u"/proc/self/ns/net"_s}, std::chrono::seconds{10}},
        .network = m_islands[0]->network()};
    bench.askSerial(0, place);
    QTRY_COMPARE_WITH_TIMEOUT(serial, numberOf(place.network), 20'000);
    QVERIFY(serial != here());
    bench.probe(0, place);
    QTRY_COMPARE_WITH_TIMEOUT(presence, Presence::Present, 20'000);
}

void NetworkTest::theThreadComesBack()
{
    const QString home = here();
    QString inside, back, after;
    std::unique_ptr<QThread> thread(QThread::create([&] {
        {
            const auto there = Network::enter(m_islands[1]->network());
            inside = here();
            // As the shared ledger is asked in the midst of an examination.
            const Network again = Network::home();
            back = here();
        }
        after = here();
    }));
    thread->start();
    QVERIFY(thread->wait(20'000));
    QVERIFY(inside != home);
    QCOMPARE(back, home);
    QCOMPARE(after, home);
}

void NetworkTest::aNetworkThatIsNotThere()
{
    const auto examination =
        examined({.target = u"device:/dev/null"_s, .network = u"no-such-network"_s});
    QCOMPARE(examination.verdict, Verdict::Error);
    QCOMPARE(examination.trouble.value_or(Trouble{}).code, u"target"_s);
    QVERIFY2(
        examination.trouble->detail.contains(u"/run/netns/no-such-network"_s), said(examination));
}

QTEST_GUILESS_MAIN(NetworkTest)
#include "network.moc"
