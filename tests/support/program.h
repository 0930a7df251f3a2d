// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <memory>

namespace support {

/// What a program did, from start to end.
struct Ran {
    int exit = -1; ///< -1: killed by a signal, or not ended in time
    QByteArray out;
    QByteArray err;

    /// One object for each line of the output; the test fails where a line is none.
    [[nodiscard]] QList<QJsonObject> json() const;
    [[nodiscard]] QByteArray said() const; ///< everything, for a failed test's message
};

/// Runs a program to its end, or kills it after two minutes.
[[nodiscard]] Ran run(
    const QString &program, const QStringList &arguments, const QByteArray &input = {});

/// The same for ekstation-cli as it was built.
[[nodiscard]] Ran runCli(const QStringList &arguments, const QByteArray &input = {});

/// The same, killed with -9 where one of its threads makes this system call for the `count`-th
/// time, from 1: the same step of its work in each run. Exit -1: it was; else it came to its end.
[[nodiscard]] Ran runCliUntil(const QString &call, int count, const QStringList &arguments);

/// Rows of a test that dies so at every `stride`-th of these calls: columns "call" and "stride".
void addKillRows(std::initializer_list<std::pair<QString, int>> calls);

/// ekstation-cli, or another program, that is running; killed and reaped at the end.
class Cli {
public:
    explicit Cli(const QStringList &arguments, const QString &program = {});
    ~Cli();

    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    /// The next line of its output, or nothing once it has ended.
    [[nodiscard]] QByteArray line();
    /// The next line of what it says to people.
    [[nodiscard]] QByteArray errorLine();
    /// The next line, or nothing if none comes before the deadline or the program's end.
    [[nodiscard]] QByteArray lineUntil(QDeadlineTimer deadline);
    void write(const QByteArray &input);
    void closeInput();
    void signal(int number);
    [[nodiscard]] Ran wait();

private:
    QProcess m_process;
};

/// Ids of the live processes whose command line holds this text, this process aside.
[[nodiscard]] QList<qint64> processesWith(const QByteArray &text);

} // namespace support
