// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/bench.h"
#include "station/line.h"

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QTimer>
#include <vector>

namespace station {

/// Sees devices come and go: asks each slot that is not under test, again and again. A slot whose
/// answer takes long is asked seldom, so that asking never takes more than a tenth of its time. A
/// slot whose units are started only for their examination is not asked: they all look absent.
/// Where udev makes or removes a node (a local TPM, an adapter on USB) all are asked at once.
class Discovery : public QObject {
    Q_OBJECT
public:
    /// `nodes` is where udev keeps its nodes.
    Discovery(Line &line, Bench &bench, const QString &nodes = QStringLiteral("/dev"));

    void start();

Q_SIGNALS:
    /// A device has arrived that nobody waits for; `serial` is what it says of itself, or why that
    /// could not be read.
    void introduced(int slot, const station::Result<QString> &serial);

private:
    struct Round {
        QTimer timer;
        QElapsedTimer asked;
        bool isIntroduced = false; ///< the device that is there was asked for its serial
    };

    void ask(int slot);
    void hurry();
    void answered(int slot, Presence presence);
    void introduce(int slot, Presence presence);

    Line &m_line;
    Bench &m_bench;
    QFileSystemWatcher m_nodes;
    std::vector<std::unique_ptr<Round>> m_rounds; ///< by slot
};

} // namespace station
