// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QTest>
#include <QTimer>

#include <csignal>

namespace support {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 120'000;

const QString cli = QStringLiteral(BINARY_FOLDER "/ekstation-cli");

/// Servers of the test's own go on answering meanwhile.
Ran endOf(QProcess &process)
{
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(patienceMs, &process, &QProcess::kill);
    if (process.state() != QProcess::NotRunning)
        loop.exec();
    const bool ended = process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(),
        process.readAllStandardError()};
}

} // namespace

QList<QJsonObject> Ran::json() const
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : out.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            qFatal("no JSON object: %s", line.constData());
        objects.append(document.object());
    }
    return objects;
}

QByteArray Ran::said() const
{
    return "exit " + QByteArray::number(exit) + "\n" + out + err;
}

Ran run(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    return endOf(process);
}

Ran runCli(const QStringList &arguments, const QByteArray &input)
{
    return run(cli, arguments, input);
}

Ran runCliUntil(const QString &call, int count, const QStringList &arguments)
{
    // A sanitizer cannot look for leaks in a program that is traced.
    return run(u"strace"_s,
        QStringList{u"-f"_s, u"-qq"_s, u"-o"_s, u"/dev/null"_s, u"-E"_s,
            u"ASAN_OPTIONS=detect_leaks=0"_s, u"-e"_s, u"trace="_s + call, u"-e"_s,
            u"inject=%1:signal=KILL:when=%2"_s.arg(call).arg(count), cli}
            + arguments);
}

void addKillRows(std::initializer_list<std::pair<QString, int>> calls)
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("stride");
    for (const auto &[call, stride] : calls)
        QTest::newRow(qPrintable(call)) << call << stride;
}

Cli::Cli(const QStringList &arguments, const QString &program)
{
    m_process.start(program.isEmpty() ? cli : program, arguments);
    if (!m_process.waitForStarted())
        qFatal("%s does not start", qPrintable(m_process.program()));
}

Cli::~Cli()
{
    m_process.kill();
    m_process.waitForFinished(patienceMs);
}

QByteArray Cli::line()
{
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(patienceMs))
            break;
    return m_process.readLine().trimmed();
}

QByteArray Cli::lineUntil(QDeadlineTimer deadline)
{
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            return {};
    return m_process.readLine().trimmed();
}

QByteArray Cli::errorLine()
{
    m_process.setReadChannel(QProcess::StandardError);
    const QByteArray said = line();
    m_process.setReadChannel(QProcess::StandardOutput);
    return said;
}

void Cli::write(const QByteArray &input)
{
    m_process.write(input);
    m_process.waitForBytesWritten(patienceMs);
}

void Cli::closeInput()
{
    m_process.closeWriteChannel();
}

void Cli::signal(int number)
{
    // A process that has ended has the id 0, which would name everybody in this process's group.
    if (const auto pid = static_cast<pid_t>(m_process.processId()); pid > 0)
        ::kill(pid, number);
}

Ran Cli::wait()
{
    return endOf(m_process);
}

QList<qint64> processesWith(const QByteArray &text)
{
    QList<qint64> found;
    const QStringList processes = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &name : processes) {
        bool isNumber = false;
        const qint64 pid = name.toLongLong(&isNumber);
        QFile file(u"/proc/%1/cmdline"_s.arg(name));
        if (!isNumber || pid == QCoreApplication::applicationPid()
            || !file.open(QIODevice::ReadOnly))
            continue;
        if (file.readAll().replace('\0', ' ').contains(text))
            found.append(pid);
    }
    return found;
}

} // namespace support
