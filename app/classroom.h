// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"
#include "station/simulator.h"
#include "upload/standin/server.h"

#include <QLocalServer>
#include <QObject>
#include <QTimer>
#include <vector>

namespace app {

/// Training with a window: a shelf of simulated devices that can be plugged into slots and pulled
/// out again, the stand-in, and the settings of a station that has both. Devices and records stay
/// in its folder from one day to the next; slots are empty when it begins.
class Classroom : public QObject {
    Q_OBJECT
public:
    enum class Kind { Good, Clone, Owned, Silent, Slow };
    static constexpr int places = 4;

    /// Makes the devices, unless the folder holds them. Blocks for some seconds; any thread.
    [[nodiscard]] static station::Result<void> prepare(const QString &folder);
    [[nodiscard]] static bool isPrepared(const QString &folder);
    /// Below a prepared folder. Main thread.
    [[nodiscard]] static station::Result<std::unique_ptr<Classroom>> open(const QString &folder);

    [[nodiscard]] const Settings &settings() const { return m_settings; }
    [[nodiscard]] QString settingsFile() const;

    /// Switches the next device of this kind on, in the first free slot.
    [[nodiscard]] station::Result<void> plug(Kind kind);
    void unplug(int slot);
    [[nodiscard]] QString labelAt(int slot) const
    {
        return m_plugged[static_cast<size_t>(slot)].label;
    }
    void cutCloud();
    [[nodiscard]] station::Result<void> restoreCloud();

Q_SIGNALS:
    void changed(int slot, const QString &label); ///< empty: nothing stands there

private:
    struct Plugged {
        QString label;
        Kind kind = Kind::Good;
        std::unique_ptr<station::Simulator> device; ///< null: a silent one
        std::unique_ptr<QLocalServer> silence;
    };

    explicit Classroom(QString folder) : m_folder(std::move(folder)), m_plugged(places) { }
    [[nodiscard]] station::Result<void> begin();
    [[nodiscard]] QString socketOf(int slot) const;
    [[nodiscard]] QString takeLabel(Kind kind);
    [[nodiscard]] station::Result<void> wake(int slot);
    [[nodiscard]] station::Result<void> keepSilent(int slot);
    void slowDown();

    QString m_folder;
    Settings m_settings;
    std::vector<Plugged> m_plugged; ///< by slot
    std::unique_ptr<upload::standin::Server> m_service;
    int m_lastGood = 0;
    QTimer m_slowness;
    bool m_isPaused = false;
};

} // namespace app
