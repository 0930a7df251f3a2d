// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"
#include "station/plan.h"
#include "upload/safe.h"

#include <QJsonObject>
#include <QObject>

namespace app {

/// One thing that a station needs, and what to do where it is missing.
struct Symptom {
    QString what; ///< "plan", "ledger", "slot 1"…
    bool healthy = false;
    QString seen;
    QString cure; ///< empty where healthy
    bool isRefused = false; ///< by the service: it does not accept the credential

    [[nodiscard]] QJsonObject toJson() const;
    bool operator==(const Symptom &) const = default;
};

/// For people or, as JSON, for programs.
void print(const Symptom &symptom, bool json);

// Each looks at one thing and changes nothing.
[[nodiscard]] Symptom planSymptom(const Settings &settings);
[[nodiscard]] Symptom trustSymptom(const Settings &settings);
[[nodiscard]] Symptom clockSymptom();
[[nodiscard]] Symptom diskSymptom(const Settings &settings);
[[nodiscard]] Symptom ledgerSymptom(const Settings &settings);
[[nodiscard]] Symptom replicaSymptom(const Settings &settings); ///< healthy where there is none
[[nodiscard]] Symptom loginSymptom(const Settings &settings); ///< who could log in
/// Blocks for as long as a TPM may take to answer one command.
[[nodiscard]] Symptom slotSymptom(const station::Slot &slot);
[[nodiscard]] Symptom credentialSymptom(const Settings &settings, const QString &service);
[[nodiscard]] Symptom cardSymptom(const upload::Card &card); ///< the same of one that is kept
/// What keeps, or will soon keep, the services' credentials from being accepted, a line each.
[[nodiscard]] QStringList credentialWarnings(const Settings &settings);
/// Asks a service for one enrollment, which changes nothing. Runs an event loop until it has
/// answered, or has not in time.
[[nodiscard]] Symptom serviceSymptom(
    const Settings &settings, const QString &name, const ServiceSettings &service);

} // namespace app
