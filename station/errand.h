// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QProcess>
#include <QStringList>
#include <QTimer>
#include <chrono>

namespace station {

/// A command of the factory's that is given something to read and has a deadline, while the event
/// loop goes on. Whatever it does, and with it all that it has started, ends with this object.
class Errand : public QObject {
    Q_OBJECT
public:
    Errand(QStringList command, std::chrono::milliseconds deadline, QObject *parent);
    ~Errand() override;
    Q_DISABLE_COPY_MOVE(Errand)

    /// Once; ends in ended().
    void start(const QByteArray &input);

Q_SIGNALS:
    /// What it has printed. Fault::Down, with why, for one that does not start, is late, fails or
    /// says too much; Fault::Refused for exit code 65 (EX_DATAERR: the input is at fault).
    void ended(const station::Result<QByteArray> &answer);

private:
    void end();

    QStringList m_command;
    QProcess m_process;
    QTimer m_deadline;
    bool m_isLate = false;
};

} // namespace station
