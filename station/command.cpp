// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/command.h"

#include <QDeadlineTimer>
#include <QProcess>
#include <QProcessEnvironment>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr int dataError = 65; // EX_DATAERR of sysexits.h

std::unexpected<Error> down(const QString &why)
{
    return std::unexpected(Error{Fault::Down, why});
}

/// Between fork and exec. The station's blocked signals are not the command's.
void separate()
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

} // namespace

void becomeGroup(QProcess &process)
{
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.setChildProcessModifier(&separate);
}

void endGroup(QProcess &process)
{
    if (const auto pid = static_cast<pid_t>(process.processId()); pid > 0)
        ::kill(-pid, SIGKILL);
    process.kill(); // before it has become a group
}

Result<QByteArray> answerOf(QProcess &process)
{
    if (process.error() == QProcess::FailedToStart)
        return down(u"\"%1\" could not be started"_s.arg(process.program()));
    QByteArray answer = process.readAllStandardOutput();
    if (answer.size() > largestAnswer)
        return down(u"its answer is longer than 64 KiB"_s);
    if (process.exitStatus() == QProcess::CrashExit)
        return down(u"\"%1\" crashed"_s.arg(process.program()));
    if (process.exitCode() == dataError)
        return std::unexpected(Error{Fault::Refused, u"it refuses what it was given"_s});
    if (process.exitCode() != 0)
        return down(u"it ended with exit code %1"_s.arg(process.exitCode()));
    return answer;
}

Result<QByteArray> run(const QStringList &command, std::chrono::milliseconds deadline,
    const tpm::Stop &stop, const QMap<QString, QString> &more)
{
    constexpr qint64 step = 50; // a stop is seen so soon
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto one = more.begin(); one != more.end(); ++one)
        environment.insert(one.key(), one.value());
    process.setProcessEnvironment(environment);
    becomeGroup(process);
    process.start(command.first(), command.mid(1));
    process.closeWriteChannel();
    const QDeadlineTimer patience(deadline);
    while (process.state() != QProcess::NotRunning
        && !process.waitForFinished(
            static_cast<int>(std::clamp<qint64>(patience.remainingTime(), 1, step)))) {
        const bool isLate = patience.hasExpired();
        if (!isLate && !stop.requested() && process.bytesAvailable() <= largestAnswer)
            continue;
        endGroup(process);
        process.waitForFinished(1000);
        if (isLate)
            return down(u"no answer within %1 ms"_s.arg(deadline.count()));
        if (stop.requested())
            return down(u"stopped"_s);
    }
    return answerOf(process);
}

} // namespace station
