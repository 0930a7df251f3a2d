// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/child.h"

#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using tpm::Child;

namespace {

/// What the program writes until it ends or has written this much.
QByteArray readFrom(const Child &child, qsizetype most)
{
    QByteArray all;
    pollfd fds{child.fd(), POLLIN, 0};
    while (all.size() < most && poll(&fds, 1, 20'000) == 1) {
        QByteArray part(most - all.size(), Qt::Uninitialized);
        const ssize_t size = read(child.fd(), part.data(), static_cast<size_t>(part.size()));
        if (size <= 0)
            break;
        all += part.left(size);
    }
    return all;
}

bool exists(pid_t pid)
{
    return kill(pid, 0) == 0;
}

} // namespace

/// Programs that carry a TPM's connection, and how they end with us.
class ChildTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void talksOverOneSocket();
    void theShellSeesTheWholeLine();
    void hasItsOwnGroupAndDefaultSignals();
    void inheritsNothingButTheSocket();
    void aStubbornGroupIsKilledAndReaped();
    void onesThatLeaveByThemselvesAreNotWaitedFor();
    void oneThatCannotBeStarted();
    void diesWithItsThread();

private:
    support::Workplace m_workplace;
};

void ChildTest::talksOverOneSocket()
{
    const auto child = Child::start(u"cat"_s);
    QVERIFY(child.has_value());
    QCOMPARE(send(child->fd(), "echo", 4, MSG_NOSIGNAL), 4);
    QCOMPARE(readFrom(*child, 4), QByteArray("echo"));
}

void ChildTest::theShellSeesTheWholeLine()
{
    const auto child = Child::start(u"printf '%s|' \"a b\" 'c$HOME' $((1+1))"_s);
    QVERIFY(child.has_value());
    QCOMPARE(readFrom(*child, 100), QByteArray("a b|c$HOME|2|"));
}

void ChildTest::hasItsOwnGroupAndDefaultSignals()
{
    std::signal(SIGTERM, SIG_IGN);
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
    const auto child = Child::start(u"grep -E '^Sig(Blk|Ign)' /proc/self/status"_s);
    pthread_sigmask(SIG_UNBLOCK, &blocked, nullptr);
    std::signal(SIGTERM, SIG_DFL);
    QVERIFY(child.has_value());
    QCOMPARE(getpgid(child->pid()), child->pid());
    QVERIFY(child->pid() != getpgrp());
    const QByteArray masks = readFrom(*child, 1000);
    QVERIFY2(masks.startsWith("SigBlk:\t0000000000000000\nSigIgn:\t"), masks);
    // Signals 32 and 33 are libc's own and stay as whoever started this test left them.
    const quint64 ignored = masks.trimmed().right(16).toULongLong(nullptr, 16);
    QVERIFY2((ignored & 0x7fffffff) == 0, masks);
}

void ChildTest::inheritsNothingButTheSocket()
{
    const auto other = Child::start(u"cat"_s); // its socket is ours alone
    const auto child = Child::start(u"ls -l /proc/self/fd"_s);
    QVERIFY(other.has_value() && child.has_value());
    const QByteArray files = readFrom(*child, 10'000);
    QVERIFY2(files.count("socket:[") >= 2, files); // its own, twice
    for (const int fd : {other->fd(), child->fd()}) {
        struct stat ours{};
        QCOMPARE(fstat(fd, &ours), 0);
        QVERIFY2(
            !files.contains("socket:[" + QByteArray::number(qulonglong(ours.st_ino)) + "]"), files);
    }
}

void ChildTest::aStubbornGroupIsKilledAndReaped()
{
    // What a killed child leaves behind becomes ours, so that it can be seen to be dead.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t pid = -1;
    pid_t grandchild = -1;
    QElapsedTimer timer;
    {
        auto child =
            Child::start(u"sh -c 'trap \"\" TERM HUP; tail -f /dev/null & echo $!; wait; wait'"_s);
        QVERIFY(child.has_value());
        pid = child->pid();
        QByteArray said;
        while (!said.endsWith('\n'))
            said += readFrom(*child, 1);
        grandchild = said.trimmed().toInt();
        QVERIFY(grandchild > 1 && exists(grandchild));
        timer.start();
    }
    QVERIFY2(timer.elapsed() < 5'000, "patience is 200 ms");
    QVERIFY(!exists(pid)); // a zombie would exist
    int status = 0;
    QCOMPARE(waitpid(grandchild, &status, 0), grandchild);
    QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    QCOMPARE(waitpid(-1, nullptr, WNOHANG), -1); // nothing else of ours is left
    prctl(PR_SET_CHILD_SUBREAPER, 0);
}

void ChildTest::onesThatLeaveByThemselvesAreNotWaitedFor()
{
    QElapsedTimer timer;
    {
        auto child = Child::start(u"cat"_s); // ends with its stdin
        QVERIFY(child.has_value());
        child->setPatience(60s);
        timer.start();
    }
    QVERIFY(timer.elapsed() < 30'000);
    {
        auto child = Child::start(u"true"_s);
        QVERIFY(child.has_value());
        QCOMPARE(readFrom(*child, 1), QByteArray()); // ended
    }
    QCOMPARE(waitpid(-1, nullptr, WNOHANG), -1);
}

void ChildTest::oneThatCannotBeStarted()
{
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", QFile::encodeName(m_workplace.folder()));
    const auto child = Child::start(u"cat"_s);
    qputenv("PATH", path);
    QVERIFY(!child.has_value());
    QCOMPARE(child.error().fault, tpm::Fault::Target);
    QVERIFY(child.error().detail.contains(u"\"cat\""_s));
}

/// The promise behind "kill -9 leaves nothing": the kernel ends the child when its thread ends.
void ChildTest::diesWithItsThread()
{
    std::optional<Child> child;
    std::thread([&child] {
        auto started = Child::start(u"sh -c 'echo up; exec tail -f /dev/null'"_s);
        if (started && readFrom(*started, 3) == "up\n")
            child.emplace(std::move(*started));
    }).join();
    QVERIFY(child.has_value());
    siginfo_t state{};
    QCOMPARE(waitid(P_PID, static_cast<id_t>(child->pid()), &state, WEXITED | WNOWAIT), 0);
    QCOMPARE(state.si_code, int(CLD_KILLED));
    QCOMPARE(state.si_status, SIGKILL);
}

QTEST_GUILESS_MAIN(ChildTest)
#include "child.moc"
