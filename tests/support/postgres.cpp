// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgres.h"

#include <QDeadlineTimer>
#include <QFile>

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

namespace support {

using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 60'000;

[[noreturn]] void giveUp(const QString &what, QProcess &process)
{
    qFatal("%s: %s %s", qPrintable(what), qPrintable(process.errorString()),
        process.readAllStandardError().constData());
}

} // namespace

Postgres::Postgres()
{
    if (!m_folder.isValid())
        qFatal("no temporary folder for PostgreSQL");
    if (::getuid() == 0) {
        const passwd *nobody = ::getpwnam("nobody");
        if (!nobody
            || ::chown(
                   QFile::encodeName(m_folder.path()).constData(), nobody->pw_uid, nobody->pw_gid)
                != 0)
            qFatal("cannot give PostgreSQL's folder to nobody");
    }
    initialise();
    start();
}

Postgres::~Postgres()
{
    stop();
}

QStringList Postgres::command(const QString &program, const QStringList &arguments) const
{
    // SIGINT is PostgreSQL's fast shutdown; the kernel sends it when this process dies.
    QStringList line{u"setpriv"_s, u"--pdeathsig"_s, u"INT"_s};
    if (::getuid() == 0) {
        line += {u"--reuid"_s, u"nobody"_s, u"--regid"_s, u"nogroup"_s, u"--clear-groups"_s};
    }
    return line + QStringList{u"/usr/lib/postgresql/15/bin/"_s + program} + arguments;
}

void Postgres::initialise()
{
    QStringList line = command(u"initdb"_s,
        {u"--pgdata"_s, m_folder.filePath(u"cluster"_s), u"--username=station"_s, u"--auth=trust"_s,
            u"--encoding=UTF8"_s, u"--locale=C"_s, u"--no-sync"_s});
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(line.takeFirst(), line);
    if (!process.waitForFinished(Patience) || process.exitCode() != 0)
        giveUp(u"initdb"_s, process);
}

void Postgres::start()
{
    // The cluster is thrown away: fsync would only slow the disk that the tests share.
    QStringList line = command(u"postgres"_s,
        {u"-D"_s, m_folder.filePath(u"cluster"_s), u"-k"_s, m_folder.path(), u"-c"_s,
            u"listen_addresses="_s, u"-c"_s, u"fsync=off"_s, u"-c"_s, u"log_min_messages=log"_s});
    m_server.setWorkingDirectory(m_folder.path());
    m_server.setReadChannel(QProcess::StandardError); // the one that waitForReadyRead watches
    m_server.start(line.takeFirst(), line);
    const QDeadlineTimer deadline(Patience);
    QByteArray log;
    while (!log.contains("ready to accept connections")) {
        if (!m_server.waitForReadyRead(static_cast<int>(deadline.remainingTime()))
            || deadline.hasExpired())
            giveUp(u"postgres: "_s + QString::fromUtf8(log), m_server);
        log += m_server.readAllStandardError();
    }
}

void Postgres::stop()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(m_server.processId()), SIGINT);
    if (!m_server.waitForFinished(Patience)) {
        m_server.kill();
        m_server.waitForFinished();
    }
}

void Postgres::restart()
{
    stop();
    start();
}

QString Postgres::createDatabase()
{
    const QString name = u"ledger%1"_s.arg(++m_databases);
    QStringList line =
        command(u"createdb"_s, {u"--host"_s, m_folder.path(), u"--username=station"_s, name});
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(line.takeFirst(), line);
    if (!process.waitForFinished(Patience) || process.exitCode() != 0)
        giveUp(u"createdb"_s, process);
    return u"postgresql://station@/%1?host=%2"_s.arg(name, m_folder.path());
}

} // namespace support
