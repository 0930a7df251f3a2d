// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/examination.h"
#include "upload/attestation.h"
#include "upload/client.h"

#include <QJsonArray>

namespace upload {

/// How a trial went, and what is left of it.
struct TrialReport {
    /// Pass; Fail: the device's fault, or something is left behind; Skip: the station or the
    /// service could not do its part, and nothing is left behind.
    station::Outcome outcome = station::Outcome::Skip;
    QString detail; ///< technical words
    QString registrationId, hub, deviceId;
    QJsonArray steps; ///< {"step","ms"}, as far as it came
    qint64 ms = 0;
    std::optional<bool> isKeyGone; ///< looked at the identity handle; nothing: nothing was begun
    std::optional<bool> isRegistrationGone; ///< asked the service; nothing: nothing was begun

    [[nodiscard]] QJsonObject toJson() const;

    bool operator==(const TrialReport &) const = default;
};

/// One enrolled device provisions itself for once, whole, and then all traces of it are taken away
/// again: the keys that the trial left in the TPM, and the registration at the service. Both are
/// looked for afterwards. Only against a service that is for tests. Main thread; ends in
/// finished().
class Trial : public QObject {
    Q_OBJECT
public:
    Trial(Client &client, std::unique_ptr<DeviceClient> device, const QString &target,
        const QString &registrationId);

    void start(std::chrono::milliseconds deadline); ///< of the registration; cleaning comes on top
    void stop(); ///< cleans up what was begun

Q_SIGNALS:
    void finished(const upload::TrialReport &report);

private:
    void compare(const Provisioned &provisioned);
    void judge(const AttestationFailure &failure);
    void note(station::Outcome outcome, const QString &detail);
    void cleanKeys();
    void cleanRegistration();
    void proveAbsence();
    void end();

    Client &m_client;
    Attestation m_attestation;
    TrialReport m_report;
    QTimer m_deadline;
    QElapsedTimer m_since;
    bool m_isLate = false;
};

} // namespace upload
