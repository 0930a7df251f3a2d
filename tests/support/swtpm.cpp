// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/swtpm.h"

#include "station/simulator.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>
#include <poll.h>
#include <sys/wait.h>

namespace support {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 20'000;

/// A port that is free now, and so is the next one, where the TCTI expects the control channel.
quint16 freePorts()
{
    while (true) {
        QTcpServer first;
        QTcpServer second;
        if (first.listen(QHostAddress::LocalHost) && first.serverPort() < 65535
            && second.listen(QHostAddress::LocalHost, first.serverPort() + 1))
            return first.serverPort();
    }
}

} // namespace

Swtpm::Swtpm() : Swtpm(Options{}) { }

Swtpm::Swtpm(const Options &options) : m_options(options)
{
    QDir().mkpath(state());
    if (!m_folder.isValid())
        qFatal("no temporary folder: %s", qPrintable(m_folder.errorString()));
    if (options.manufactured)
        manufacture();
    if (options.original != nullptr) {
        const QDir from(options.original->state());
        for (const QString &name : from.entryList(QDir::Files | QDir::Hidden))
            if (name.endsWith(u"permall"_s))
                QFile::copy(from.filePath(name), QDir(state()).filePath(name));
    }
    start();
}

Swtpm::~Swtpm() = default;

/// The product's own simulator makes the state; its process ends here.
void Swtpm::manufacture() const
{
    const auto made = station::Simulator::start(1, m_folder.filePath(u"state"_s));
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
}

void Swtpm::start()
{
    const QString flags = m_options.started ? u"not-need-init,startup-clear"_s : u"not-need-init"_s;
    QElapsedTimer timer;
    timer.start();
    do {
        m_process.reset();
        QFile::remove(socketPath());
        QString ends =
            u"--server type=unixio,path=%1 --ctrl type=unixio,path=%1.ctrl"_s.arg(socketPath());
        if (m_options.tcp) {
            m_port = freePorts();
            ends =
                u"--server type=tcp,port=%1,bindaddr=127.0.0.1 --ctrl type=tcp,port=%2,bindaddr=127.0.0.1"_s
                    .arg(m_port)
                    .arg(m_port + 1);
        }
        auto child = tpm::Child::start(
            u"swtpm socket --tpm2 --tpmstate dir=%1 %2 --flags %3 --log level=0 2>/dev/null"_s.arg(
                state(), ends, flags));
        if (!child)
            qFatal("%s", qPrintable(child.error().detail));
        child->setPatience(std::chrono::milliseconds(0)); // it does not listen to its stdin
        m_process.emplace(std::move(*child));
        // Somebody may have taken the port meanwhile; then swtpm ends and the next one is tried.
        pollfd ended{m_process->fd(), POLLIN, 0};
        while (poll(&ended, 1, 2) == 0)
            if (answers())
                return;
    } while (timer.elapsed() < patienceMs);
    qFatal("swtpm does not start");
}

bool Swtpm::answers() const
{
    if (m_options.tcp) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        return socket.waitForConnected(patienceMs);
    }
    QLocalSocket socket;
    socket.connectToServer(socketPath());
    return socket.waitForConnected(patienceMs);
}

QString Swtpm::text() const
{
    return m_options.tcp ? u"swtpm:host=127.0.0.1,port=%1"_s.arg(m_port)
                         : u"swtpm:path=%1"_s.arg(socketPath());
}

tpm::Target Swtpm::target() const
{
    const auto target = tpm::parseTarget(text());
    if (!target)
        qFatal("%s", qPrintable(target.error().detail));
    return *target;
}

void Swtpm::stop() const
{
    ::kill(pid(), SIGSTOP);
    siginfo_t state{};
    waitid(P_PID, static_cast<id_t>(pid()), &state, WSTOPPED | WNOWAIT);
}

void Swtpm::resume() const
{
    ::kill(pid(), SIGCONT);
}

void Swtpm::kill() const
{
    ::kill(pid(), SIGKILL);
    siginfo_t state{};
    waitid(P_PID, static_cast<id_t>(pid()), &state, WEXITED | WNOWAIT); // Child reaps it
}

void Swtpm::restart()
{
    start();
}

Ran Swtpm::tool(const QString &name, const QStringList &arguments) const
{
    return run(name, QStringList{u"-T"_s, text()} + arguments);
}

QByteArray Swtpm::handles(const char *kind) const
{
    const Ran ran = tool(u"tpm2_getcap"_s, {u"handles-"_s + QString::fromLatin1(kind)});
    if (ran.exit != 0)
        qFatal("%s", ran.said().constData());
    return ran.out;
}

QByteArray Swtpm::leftovers() const
{
    return handles("transient") + handles("loaded-session") + handles("saved-session");
}

} // namespace support
