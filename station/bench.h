// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/examine.h"
#include "station/probe.h"

#include <QMap>
#include <QObject>
#include <QThreadPool>
#include <functional>

namespace station {

/// The slots' threads: each examination runs on one, and ends by emitting what it found. Between
/// examinations a slot can be asked whether a device is there.
class Bench : public QObject {
    Q_OBJECT
public:
    explicit Bench(int slots, tpm::Random random = tpm::secureRandom);
    ~Bench() override; ///< stops what runs and waits for it

    /// Goes before a probe of this slot, which is stopped.
    void examine(int slot, const Subject &subject, const Plan &plan);
    /// Ends in probed(); a slot that is busy is left alone and answers nothing.
    void probe(int slot, const Slot &place);
    /// Ends in introduced(), with the serial that the slot's own command has read from the unit; a
    /// slot that is busy is left alone and answers nothing.
    void askSerial(int slot, const Slot &place);
    void stop(int slot);
    void stopAll();

Q_SIGNALS:
    void progressed(int slot, const station::Progress &progress);
    void examined(int slot, const station::Examination &examination);
    void probed(int slot, station::Presence presence);
    void introduced(int slot, const station::Result<QString> &serial);

private:
    void look(int slot, const std::function<void(const std::shared_ptr<tpm::Stop> &)> &job);
    void lookedAt(int slot);

    tpm::Random m_random;
    QMap<int, std::shared_ptr<tpm::Stop>> m_examinations;
    QMap<int, std::shared_ptr<tpm::Stop>> m_looks; ///< short questions between examinations
    QMap<int, std::function<void()>> m_next; ///< waits until the slot's question has ended
    QThreadPool m_pool;
};

} // namespace station
