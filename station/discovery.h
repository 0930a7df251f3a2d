// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/bench.h"
#include "station/line.h"

#include <QElapsedTimer>
#include <QTimer>
#include <vector>

namespace station {

/// Sees devices come and go: asks each slot that is not under test, again and again. A slot whose
/// answer takes long is asked seldom, so that asking never takes more than a tenth of its time.
class Discovery : public QObject {
    Q_OBJECT
public:
    Discovery(Line &line, Bench &bench);

    void start();

private:
    struct Round {
        QTimer timer;
        QElapsedTimer asked;
    };

    void ask(int slot);
    void answered(int slot, Presence presence);

    Line &m_line;
    Bench &m_bench;
    std::vector<std::unique_ptr<Round>> m_rounds; ///< by slot
};

} // namespace station
