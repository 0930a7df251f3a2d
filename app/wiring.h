// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/outbound.h"
#include "app/trials.h"
#include "station/admission.h"
#include "station/bench.h"
#include "station/clockwatch.h"
#include "station/knowledge.h"
#include "station/line.h"
#include "station/order.h"
#include "station/replica.h"

namespace app {

/// Whether a station can work by a plan. Fault::Purpose: it has another purpose than the station,
/// or asks for trials with a service that is not for tests; Fault::Missing: a service or its scope.
[[nodiscard]] station::Result<void> checkPlan(const station::Plan &plan, const Settings &settings);

/// The plan that the settings name, as checkPlan() lets it through.
[[nodiscard]] station::Result<station::Plan> planOf(const Settings &settings);

/// Where and as whom a station's ledger is opened.
[[nodiscard]] station::LedgerPlace ledgerPlace(
    const Settings &settings, station::LedgerPlace::Role role);

/// Builds the long-lived objects of a line and connects them: line, bench, admission, ledger, and
/// an outbox for each service that its plan may name. Main thread.
class Wiring {
public:
    /// Everything is checked before anything runs: plan, purpose, ledger, credential.
    [[nodiscard]] static station::Result<std::unique_ptr<Wiring>> open(const Settings &settings);

    [[nodiscard]] station::Line &line() { return *m_line; }
    [[nodiscard]] station::Bench &bench() { return *m_bench; }
    [[nodiscard]] station::Ledger &ledger() { return *m_ledger; }
    /// One for each service; none: the plan enrolls nothing, or deliveries are not automatic.
    [[nodiscard]] QList<upload::Outbox *> outboxes() const;
    /// Null: the factory's system is told nothing, or deliveries are not automatic.
    [[nodiscard]] upload::Reporter *reporter() { return m_reporter.get(); }
    [[nodiscard]] QList<upload::Carrier *> carriers() const; ///< the outboxes and the reporter
    /// Null: there is no second copy of the ledger.
    [[nodiscard]] station::Replica *replica() { return m_replica.get(); }
    /// Null: the plan asks for none.
    [[nodiscard]] Trials *trials() { return m_trials.get(); }
    [[nodiscard]] const Settings &settings() const { return m_settings; }
    /// From now on the station works for the order that its ledger says; the line must be idle.
    /// Blocks for as long as the ledger needs. Fault::Missing: it has another plan or service.
    [[nodiscard]] station::Result<void> takeUpOrder(const station::Plan &plan);

    /// Who examines from now on: an id; empty: nobody was asked.
    void setPerson(const QString &id) { m_person = id; }

private:
    /// The way to one service.
    struct Way {
        QString service; ///< its name
        std::unique_ptr<upload::Client> client;
        std::unique_ptr<upload::Outbox> outbox; ///< destroyed first: it uses the client
    };

    Wiring() = default;
    [[nodiscard]] station::Result<void> openLedger();
    void connectLine();
    [[nodiscard]] TrialParts trialParts();
    void connectAdmission();
    void admit(const QString &serial, const station::Result<station::Device> &device);
    [[nodiscard]] station::Result<station::GoldenGate> takeUpGolden() const;
    [[nodiscard]] station::Result<void> watchClock(const station::Plan &plan);
    [[nodiscard]] station::Result<station::Device> letIn(const station::Device &device);

    Settings m_settings;
    std::shared_ptr<const station::Knowledge> m_knowledge;
    // In this order: what stands below is destroyed first and may still speak to what stands above.
    std::unique_ptr<station::Replica> m_replica; ///< copies what the ledger writes at its end, too
    std::unique_ptr<station::Ledger> m_ledger;
    std::vector<Way> m_ways;
    std::unique_ptr<upload::Reporter> m_reporter;
    std::unique_ptr<station::Line> m_line;
    std::unique_ptr<station::Admission> m_admission;
    std::unique_ptr<station::Bench> m_bench;
    std::unique_ptr<Trials> m_trials;
    station::OrderGate m_gate; ///< between admission and line
    station::ClockWatch m_clockWatch; ///< the same
    QString m_person;
    QMap<int, QString> m_people; ///< by slot: who began what runs there
    QMap<quint64, int> m_recording; ///< ledger ticket → slot
    QMap<quint64, station::Device> m_asking; ///< ledger ticket → who waits for its word on retests
};

} // namespace app
