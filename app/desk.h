// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/chime.h"
#include "app/classroom.h"
#include "app/exporter.h"
#include "app/lookout.h"
#include "app/packing.h"
#include "app/settingsfile.h"
#include "app/wiring.h"
#include "station/cue.h"
#include "station/discovery.h"
#include "station/reader.h"
#include "station/worker.h"
#include "ui/window.h"

namespace app {

/// A line at work behind its window: what is scanned, shown, stopped and saved goes through here.
class Desk : public QObject {
    Q_OBJECT
public:
    /// `file` is where the settings came from and are saved to. With a classroom it is training.
    [[nodiscard]] static station::Result<std::unique_ptr<Desk>> open(
        const Settings &settings, const QString &file, std::unique_ptr<Classroom> classroom = {});

    [[nodiscard]] ui::Window &window() { return *m_window; }
    [[nodiscard]] Wiring &wiring() { return *m_wiring; }
    [[nodiscard]] Classroom *classroom() { return m_classroom.get(); }

    /// Begins: what the last process left is named and taken up again, and devices are looked for.
    void begin();
    /// After how long without a touch somebody is logged out; the settings say it in minutes.
    void setIdle(std::chrono::milliseconds idle) { m_idle.setInterval(idle); }
    /// Stops what runs, waits for it, then closes the window.
    void leave();

Q_SIGNALS:
    void languageChosen(const QString &language); ///< was saved; "en", "ko"; empty: the computer's

private:
    Desk() = default;
    void connectLine();
    void connectCloud();
    void connectRecords();
    void showRecords();
    void connectTraining();
    void connectSettings();
    void connectService();
    void connectExports();
    void connectSounds();
    void recallShift();
    void connectUnits();
    void connectOrders();
    void connectPacking();
    void connectPeople();
    void connectPeoplePage(ui::PeoplePage &page);
    void showWorker(const std::optional<station::Person> &person);
    void catchUp(const QList<station::Person> &people);
    void logIn(const QString &person, const QString &secret, bool isSecond);
    void loggedIn(quint64 ticket, const station::Result<station::Person> &person);
    void logOut(const QString &why);
    [[nodiscard]] bool isWorking();
    void releaseLot(const QString &scan);
    void release(station::Release release);
    void tell(const QString &action, const QJsonObject &more = {});
    struct Scan {
        QString serial;
        std::optional<int> slot = {}; ///< where the unit itself has said it
    };

    void scan(const Scan &scan);
    void introduced(int slot, const station::Result<QString> &serial);
    void obey(const QString &scan, const station::Cue &cue);
    bool stopSlot(int slot);
    bool confirm(int slot);
    [[nodiscard]] int slotNamed(const QString &name) const;
    void lookedUp(quint64 ticket, const station::Result<QList<station::Bound>> &bound);
    void admit(const Scan &scan);
    void showCloud();
    [[nodiscard]] std::expected<Settings, Complaint> judged();
    void askWork();
    void openOrder(station::Order order);
    void bundle(const QString &ref);
    void changeOver(const QString &said, bool isDone);
    [[nodiscard]] bool isCleared();
    void released(quint64 ticket, const station::Result<qint64> &units);
    void carriedOut(quint64 ticket, const station::Result<station::UnitDone> &done);
    void save();
    void testSlot(const station::Slot &slot);
    void testService(const QString &name);

    QString m_file;
    std::unique_ptr<Classroom> m_classroom;
    std::unique_ptr<Wiring> m_wiring;
    std::unique_ptr<station::Discovery> m_discovery;
    std::unique_ptr<station::Reader> m_reader;
    std::unique_ptr<ui::Window> m_window;
    std::unique_ptr<Exporter> m_exporter;
    std::unique_ptr<Packing> m_packing;
    QMap<quint64, QString> m_deeds; ///< ledger ticket → the serial or order that it is about
    QMap<quint64, station::Release> m_releases; ///< by ledger ticket
    station::Worker m_worker;
    QMap<quint64, bool> m_logIns; ///< ledger ticket → whether a second person asked
    quint64 m_peopleAsked = 0;
    QTimer m_idle; ///< nobody has touched anything
    std::optional<station::Order> m_order; ///< that the line works for
    quint64 m_work = 0;
    ui::SettingsPage *m_settingsPage = nullptr; ///< the window's
    std::unique_ptr<Lookout> m_lookout; ///< in training
    QMap<quint64, Scan> m_lookUps; ///< ledger ticket → what waits for it
    station::Backlog m_backlog;
    QMap<upload::Outbox *, upload::Rest> m_rests; ///< by service
    upload::Rest m_rest; ///< the worst of them
    quint64 m_count = 0;
    QTimer m_counting; ///< many deliveries in a moment are counted once
    std::map<QString, std::unique_ptr<upload::Client>> m_tried; ///< tests under way, by service
    Chime m_chime;
    bool m_isLeaving = false;
    std::optional<station::Error> m_halt; ///< why nothing can be recorded any more
    upload::Rest m_reports; ///< how the factory's system is told
    station::ReplicaLag m_lag;
};

} // namespace app
