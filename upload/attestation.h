// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/deviceclient.h"
#include "upload/devicekeys.h"

#include <QElapsedTimer>
#include <QThreadPool>
#include <variant>

namespace upload {

/// The way of a device to its hub, in the order of its steps.
enum class DeviceStep {
    Keys, ///< EK and SRK are read or made
    Challenge, ///< the service knows the EK, and sends a wrapped key
    Activation, ///< the TPM unwraps it and keeps it as the identity key
    Token, ///< the service believes a token signed by that key
    Assignment, ///< a hub is assigned
    HubKey, ///< the TPM keeps the key for the hub, and signs a token with it
};

/// The lower-case word of JSON and the ledger.
[[nodiscard]] QString word(DeviceStep step);

/// A device that is provisioned.
struct Provisioned {
    QString registrationId, hub, deviceId, substatus;
    QByteArray hubToken; ///< a secret: a SAS token for the hub, good for an hour

    bool operator==(const Provisioned &) const = default;
};

/// Where and why it ended: the TPM, or the service.
struct AttestationFailure {
    DeviceStep step = DeviceStep::Keys;
    std::variant<tpm::Error, Error> error;
};

/// The device's side of DPS TPM attestation, whole. TPM commands run on a thread of this object;
/// everything else on the main thread. Ends in finished() or failed(), once.
class Attestation : public QObject {
    Q_OBJECT
public:
    enum class Use {
        Provision, ///< the identity key replaces an earlier one, and stays
        Trial, ///< no earlier one is replaced, and undo() takes everything away again
    };

    /// An empty registrationId is derived from the EK, as the SDKs do.
    Attestation(std::unique_ptr<DeviceClient> client, QString target, QString registrationId,
        Use use = Use::Provision, station::Clock clock = station::systemClock);
    ~Attestation() override; ///< waits for the TPM command that runs, which is told to stop

    void start();
    /// Ends in failed() with tpm::Fault::Cancelled. A trial's TPM command is waited for, so that
    /// undo() still reaches the TPM.
    void stop();
    /// Of a trial that has ended; ends in undone(), with what is in the way of it.
    void undo();

    [[nodiscard]] const QString &registrationId() const { return m_registrationId; }
    [[nodiscard]] const tpm::EndorsementKey &endorsementKey() const { return m_endorsementKey; }

Q_SIGNALS:
    void stepped(upload::DeviceStep step, std::chrono::milliseconds took);
    void waiting(std::chrono::milliseconds time, const upload::Error &because);
    void finished(const upload::Provisioned &provisioned);
    void failed(const upload::AttestationFailure &failure);

    void undone(const std::optional<tpm::Error> &error);

    // What the TPM's thread ends its jobs with.
    void keysRead(const tpm::EndorsementKey &key, const QByteArray &storageRootKey);
    void tokenSigned(const QByteArray &signature);
    void tpmFailed(const tpm::Error &error);

private:
    void readKeys();
    void sign(const QByteArray &blob, const QByteArray &subject);
    void takeKeys(const tpm::EndorsementKey &key, const QByteArray &storageRootKey);
    void takeSignature(const QByteArray &signature);
    void takeAnswer(const Result<DeviceAnswer> &answer);
    void takeChallenge(const DeviceAnswer &challenge);
    void takeAssignment(const DeviceAnswer &assigned);
    void pollLater(const DeviceAnswer &assigning);
    void ended(DeviceStep next); ///< the present step
    void fail(const std::variant<tpm::Error, Error> &error);
    [[nodiscard]] qint64 nowSeconds() const { return m_clock().utcUs / 1'000'000; }

    std::unique_ptr<DeviceClient> m_client;
    QString m_target;
    QString m_registrationId;
    Use m_use;
    station::Clock m_clock;
    std::shared_ptr<tpm::Stop> m_stop = std::make_shared<tpm::Stop>();
    std::shared_ptr<std::unique_ptr<DeviceKeys>> m_keys; ///< touched on the TPM's thread alone
    DeviceStep m_step = DeviceStep::Keys;
    QElapsedTimer m_since;
    QTimer m_pause;
    tpm::EndorsementKey m_endorsementKey;
    QByteArray m_body; ///< of the registration, with both keys
    QString m_resource, m_policy; ///< of the token that is to be signed
    qint64 m_expiry = 0;
    QByteArray m_token; ///< for the service
    QString m_operationId;
    Provisioned m_provisioned;
    bool m_isOver = false;
    bool m_begunAgain = false; ///< once, where the answer to the token got lost
    bool m_wasLost = false;
    QThreadPool m_tpmThread; ///< last: its jobs use the rest
};

} // namespace upload
