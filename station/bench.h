// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/examine.h"

#include <QMap>
#include <QObject>
#include <QThreadPool>

namespace station {

/// The slots' threads: each examination runs on one, and ends by emitting what it found.
class Bench : public QObject {
    Q_OBJECT
public:
    explicit Bench(int slots, tpm::Random random = tpm::secureRandom);
    ~Bench() override; ///< stops what runs and waits for it

    void examine(int slot, const QString &target, const Plan &plan);
    void stop(int slot);
    void stopAll();

Q_SIGNALS:
    void examined(int slot, const station::Examination &examination);

private:
    tpm::Random m_random;
    QMap<int, std::shared_ptr<tpm::Stop>> m_running;
    QThreadPool m_pool;
};

} // namespace station
