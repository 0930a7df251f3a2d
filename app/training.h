// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serials.h"
#include "app/settings.h"
#include "station/simulator.h"
#include "upload/standin/server.h"

namespace app {

/// Makes a root store that trusts simulated devices, whose CA stands in their folder.
[[nodiscard]] station::Result<void> trustDevices(
    const QString &devicesFolder, const QString &rootsFile);

/// Everything a line needs to work without hardware and without a cloud: simulated devices, a
/// stand-in for the service, and the settings of a station that has both. Gone with the object,
/// except for the files.
class Training {
public:
    /// Below `folder`, which is made and must be empty: station.toml, main.credential, devices/
    /// and service/.
    [[nodiscard]] static station::Result<std::unique_ptr<Training>> start(
        int devices, const QString &folder);

    [[nodiscard]] const station::Simulator &simulator() const { return m_simulator; }
    [[nodiscard]] const Settings &settings() const { return m_settings; }
    [[nodiscard]] const QList<Job> &jobs() const { return m_jobs; } ///< one serial a device

private:
    explicit Training(station::Simulator simulator) : m_simulator(std::move(simulator)) { }

    station::Simulator m_simulator;
    std::unique_ptr<upload::standin::Server> m_service;
    Settings m_settings;
    QList<Job> m_jobs;
};

} // namespace app
