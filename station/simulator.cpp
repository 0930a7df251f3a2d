// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/simulator.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QThread>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr int setupMs = 60'000;
constexpr int socketMs = 10'000;
constexpr int longestSocket = 100; // sun_path has 108 bytes, and ".ctrl" follows

std::unexpected<Error> missing(const QString &what)
{
    return std::unexpected(Error{Fault::Missing, what});
}

bool writeText(const QString &path, const QString &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) == text.toUtf8().size();
}

QString socketOf(const QString &state)
{
    return state + u".sock"_s;
}

Result<void> checkLengths(const QStringList &states)
{
    for (const QString &state : states)
        if (QFile::encodeName(socketOf(state)).size() > longestSocket)
            return missing(u"the folder %1 is too long for a socket's path"_s.arg(state));
    return {};
}

/// A CA of this folder's own: swtpm's system-wide one is not ours to touch.
bool writeAuthority(const QDir &folder)
{
    const QString ca = folder.absoluteFilePath(u"ca"_s);
    return folder.mkpath(u"ca"_s)
        && writeText(folder.absoluteFilePath(u"localca.conf"_s),
            u"statedir = %1\nsigningkey = %1/signkey.pem\nissuercert = %1/issuercert.pem\ncertserial = %1/certserial\n"_s
                .arg(ca))
        && writeText(folder.absoluteFilePath(u"localca.options"_s),
            u"--platform-manufacturer ekstation\n--platform-version 1\n--platform-model simulator\n"_s)
        && writeText(folder.absoluteFilePath(u"setup.conf"_s),
            u"create_certs_tool = /usr/bin/swtpm_localca\ncreate_certs_tool_config = %1\n"
            "create_certs_tool_options = %2\nactive_pcr_banks = sha256\n"_s.arg(
                folder.absoluteFilePath(u"localca.conf"_s),
                folder.absoluteFilePath(u"localca.options"_s)));
}

std::unique_ptr<QProcess> setUp(const QDir &folder, const QString &state)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->start(u"swtpm_setup"_s,
        {u"--tpm2"_s, u"--tpmstate"_s, state, u"--config"_s,
            folder.absoluteFilePath(u"setup.conf"_s), u"--create-ek-cert"_s, u"--overwrite"_s});
    return process;
}

/// A TPM's manufacturing takes a second of CPU, so as many at once as there are cores. The first
/// goes alone: it makes the CA that the others share.
Result<void> manufacture(const QDir &folder, const QStringList &states)
{
    const qsizetype atOnce = std::max(2, QThread::idealThreadCount());
    for (qsizetype first = 0; first < states.size();) {
        const QStringList batch = states.mid(first, first == 0 ? 1 : atOnce);
        std::vector<std::unique_ptr<QProcess>> processes;
        for (const QString &state : batch) {
            QDir().mkpath(state);
            processes.push_back(setUp(folder, state));
        }
        for (const auto &process : processes)
            if (!process->waitForFinished(setupMs) || process->exitStatus() != QProcess::NormalExit
                || process->exitCode() != 0)
                return missing(
                    u"swtpm_setup could not make a simulated TPM (is the package swtpm-tools installed?): %1"_s
                        .arg(QString::fromLocal8Bit(process->readAll().right(500)).simplified()));
        first += batch.size();
    }
    return {};
}

bool answers(const QString &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray bytes = QFile::encodeName(path);
    qstrncpy(address.sun_path, bytes.constData(), sizeof address.sun_path);
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool connected =
        connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    close(fd);
    return connected;
}

QString quoted(QString path)
{
    return u'\'' + path.replace(u'\'', u"'\\''"_s) + u'\'';
}

Result<tpm::Child> run(const QString &state, const QString &socketPath)
{
    auto child = tpm::Child::start(
        // A device has a processor of its own; here it must not take the window's.
        u"nice -n 10 swtpm socket --tpm2 --tpmstate dir=%1 --server type=unixio,path=%2 "
        "--ctrl type=unixio,path=%2.ctrl --flags not-need-init,startup-clear --log level=0 2>/dev/null"_s
            .arg(quoted(state), quoted(socketPath)));
    if (!child)
        return missing(child.error().detail);
    QElapsedTimer timer;
    timer.start();
    while (!answers(socketPath)) {
        pollfd ended{child->fd(), POLLIN, 0};
        if (poll(&ended, 1, 2) == 1 || timer.elapsed() > socketMs)
            return missing(u"swtpm did not start (is the package swtpm installed?)"_s);
    }
    child->setPatience(std::chrono::milliseconds(0)); // it does not listen to its stdin
    return std::move(*child);
}

} // namespace

Result<Simulator> Simulator::start(int count, const QString &path)
{
    const QDir folder(path);
    QStringList states;
    for (int device = 1; device <= count; ++device)
        states.append(folder.absoluteFilePath(u"device%1"_s.arg(device)));
    if (const auto fit = checkLengths(states); !fit)
        return std::unexpected(fit.error());
    if (!folder.mkpath(u"."_s) || !writeAuthority(folder))
        return missing(u"cannot write to the folder %1"_s.arg(path));
    if (const auto made = manufacture(folder, states); !made)
        return std::unexpected(made.error());
    return wake(states);
}

Result<Simulator> Simulator::wake(const QStringList &states)
{
    if (const auto fit = checkLengths(states); !fit)
        return std::unexpected(fit.error());
    Simulator simulator;
    for (const QString &state : states) {
        auto child = run(state, socketOf(state));
        if (!child)
            return std::unexpected(child.error());
        simulator.m_processes.push_back(std::move(*child));
        simulator.m_targets.append(u"swtpm:path="_s + socketOf(state));
    }
    return simulator;
}

QStringList Simulator::authorityOf(const QString &folder)
{
    return {folder + u"/ca/issuercert.pem"_s, folder + u"/ca/swtpm-localca-rootca-cert.pem"_s};
}

pid_t Simulator::pidOf(int device) const
{
    return m_processes[static_cast<size_t>(device)].pid();
}

} // namespace station
