// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/errand.h"

#include "station/command.h"

namespace station {

using namespace Qt::StringLiterals;

Errand::Errand(QStringList command, std::chrono::milliseconds deadline, QObject *parent)
    : QObject(parent), m_command(std::move(command))
{
    becomeGroup(m_process);
    connect(&m_process, &QProcess::finished, this, &Errand::end);
    connect(
        &m_process, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                end();
        },
        Qt::QueuedConnection);
    // Not only at the end: a command that never stops talking would fill the memory.
    connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] {
        if (m_process.bytesAvailable() > largestAnswer)
            endGroup(m_process);
    });
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(deadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_isLate = true;
        endGroup(m_process);
    });
}

Errand::~Errand()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    endGroup(m_process);
    m_process.waitForFinished(1000);
}

void Errand::start(const QByteArray &input)
{
    m_deadline.start();
    m_process.start(m_command.first(), m_command.mid(1));
    m_process.write(input);
    m_process.closeWriteChannel();
}

void Errand::end()
{
    m_deadline.stop();
    if (m_isLate)
        Q_EMIT ended(std::unexpected(
            Error{Fault::Down, u"no answer within %1 ms"_s.arg(m_deadline.interval())}));
    else
        Q_EMIT ended(answerOf(m_process));
}

} // namespace station
