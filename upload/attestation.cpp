// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/attestation.h"

#include "upload/sastoken.h"

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr qint64 tokenLife = 2400; // seconds, as the C SDK's
constexpr qint64 hubTokenLife = 3600;
constexpr std::chrono::seconds usualPause{2};

/// A trial replaces nobody's key.
std::optional<tpm::Error> occupied(DeviceKeys &keys)
{
    const auto holds = keys.holdsIdentity();
    if (!holds) {
        return holds.error();
    }
    return *holds
        ? std::optional(tpm::Error{tpm::Fault::Unsuitable,
              u"a device was provisioned with this TPM already: there is a key at 0x%1"_s.arg(
                  tpm::identityHandle, 8, 16, QLatin1Char('0'))})
        : std::nullopt;
}

} // namespace

QString word(DeviceStep step)
{
    switch (step) {
    case DeviceStep::Keys:
        return u"keys"_s;
    case DeviceStep::Challenge:
        return u"challenge"_s;
    case DeviceStep::Activation:
        return u"activation"_s;
    case DeviceStep::Token:
        return u"token"_s;
    case DeviceStep::Assignment:
        return u"assignment"_s;
    case DeviceStep::HubKey:
        break;
    }
    return u"hub-key"_s;
}

Attestation::Attestation(std::unique_ptr<DeviceClient> client, QString target,
    QString registrationId, Use use, station::Clock clock)
    : m_client(std::move(client)), m_target(std::move(target)),
      m_registrationId(std::move(registrationId)), m_use(use), m_clock(std::move(clock)),
      m_keys(std::make_shared<std::unique_ptr<DeviceKeys>>())
{
    m_tpmThread.setMaxThreadCount(1);
    m_tpmThread.setExpiryTimeout(-1); // a session, and a child behind it, belong to their thread
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this,
        [this] { m_client->poll(m_registrationId, m_operationId, m_token); });
    connect(m_client.get(), &DeviceClient::answered, this, &Attestation::takeAnswer);
    connect(m_client.get(), &DeviceClient::waiting, this,
        [this](std::chrono::milliseconds time, const Error &because) {
            m_wasLost = m_wasLost || because.fault != Fault::Throttled;
            Q_EMIT waiting(time, because);
        });
    connect(this, &Attestation::keysRead, this, &Attestation::takeKeys);
    connect(this, &Attestation::tokenSigned, this, &Attestation::takeSignature);
    connect(this, &Attestation::tpmFailed, this, [this](const tpm::Error &error) { fail(error); });
}

Attestation::~Attestation()
{
    m_stop->request();
    m_tpmThread.start([keys = m_keys] { keys->reset(); });
    m_tpmThread.waitForDone();
}

void Attestation::start()
{
    m_since.start();
    m_tpmThread.start([this, keys = m_keys, target = m_target, stop = m_stop, use = m_use] {
        auto opened = DeviceKeys::open(target, stop);
        if (!opened) {
            Q_EMIT tpmFailed(opened.error());
            return;
        }
        if (const auto fault = use == Use::Trial ? occupied(**opened) : std::nullopt) {
            std::ignore = (*opened)->undo(); // what opening made; the other's key stays
            Q_EMIT tpmFailed(*fault);
            return;
        }
        *keys = std::move(*opened);
        Q_EMIT keysRead((*keys)->endorsementKey(), (*keys)->storageRootKey());
    });
}

void Attestation::stop()
{
    if (m_use == Use::Provision) {
        m_stop->request();
    }
    fail(tpm::Error{tpm::Fault::Cancelled, u"stopped"_s});
}

void Attestation::undo()
{
    m_tpmThread.start([this, keys = m_keys] {
        const auto done = *keys ? (*keys)->undo() : tpm::Result<void>();
        Q_EMIT undone(done ? std::nullopt : std::optional(done.error()));
    });
}

void Attestation::ended(DeviceStep next)
{
    Q_EMIT stepped(m_step, std::chrono::milliseconds(m_since.restart()));
    m_step = next;
}

void Attestation::fail(const std::variant<tpm::Error, Error> &error)
{
    if (!m_isOver) {
        m_isOver = true;
        m_pause.stop();
        Q_EMIT failed({m_step, error});
    }
}

void Attestation::takeKeys(const tpm::EndorsementKey &key, const QByteArray &storageRootKey)
{
    if (m_isOver) {
        return;
    }
    m_endorsementKey = key;
    if (m_registrationId.isEmpty()) {
        m_registrationId = key.registrationId();
    }
    m_body = registrationBody(m_registrationId, key.publicArea, storageRootKey);
    ended(DeviceStep::Challenge);
    m_client->enroll(m_registrationId, m_body, {});
}

void Attestation::takeAnswer(const Result<DeviceAnswer> &answer)
{
    if (m_isOver) {
        return;
    }
    if (!answer) {
        // An answer to the token that got lost: the service takes no nonce twice, so from the
        // start.
        const bool isUsedUp = m_step == DeviceStep::Token && m_wasLost && !m_begunAgain
            && answer.error().fault == Fault::Unauthorized;
        if (!isUsedUp) {
            return fail(answer.error());
        }
        m_begunAgain = true;
        m_step = DeviceStep::Challenge;
        return m_client->enroll(m_registrationId, m_body, {});
    }
    switch (answer->kind) {
    case DeviceAnswer::Kind::Challenge:
        return takeChallenge(*answer);
    case DeviceAnswer::Kind::Assigning:
        return pollLater(*answer);
    case DeviceAnswer::Kind::Assigned:
        return takeAssignment(*answer);
    case DeviceAnswer::Kind::Disabled:
        return fail(Error{Fault::Refused, u"the enrollment is disabled"_s, 200, 0, {}});
    case DeviceAnswer::Kind::Failed:
        return fail(
            Error{Fault::Refused, u"%1: %2"_s.arg(answer->errorCode).arg(answer->errorMessage), 200,
                answer->errorCode, {}});
    }
}

void Attestation::takeChallenge(const DeviceAnswer &challenge)
{
    if (m_step != DeviceStep::Challenge) {
        return fail(Error{Fault::Unauthorized,
            u"the service does not believe the TPM's signature"_s, 401, 0, {}});
    }
    ended(DeviceStep::Activation);
    m_resource = m_client->resource(m_registrationId);
    m_policy = challenge.keyName;
    m_expiry = nowSeconds() + tokenLife;
    sign(challenge.authenticationKey, tokenSubject(m_resource, m_expiry));
}

/// Adopts the key in a blob and signs with it.
void Attestation::sign(const QByteArray &blob, const QByteArray &subject)
{
    m_tpmThread.start([this, keys = m_keys, blob, subject] {
        if (const auto adopted = (*keys)->adopt(blob); !adopted) {
            Q_EMIT tpmFailed(adopted.error());
            return;
        }
        const auto signature = (*keys)->sign(subject);
        if (!signature) {
            Q_EMIT tpmFailed(signature.error());
            return;
        }
        Q_EMIT tokenSigned(*signature);
    });
}

void Attestation::takeSignature(const QByteArray &signature)
{
    if (m_isOver) {
        return;
    }
    const QByteArray token = assembleToken(m_resource, signature, m_policy, m_expiry);
    if (m_step == DeviceStep::Activation) {
        ended(DeviceStep::Token);
        m_token = token;
        m_wasLost = false;
        return m_client->enroll(m_registrationId, m_body, m_token);
    }
    m_provisioned.hubToken = token;
    m_isOver = true;
    Q_EMIT stepped(m_step, std::chrono::milliseconds(m_since.restart()));
    Q_EMIT finished(m_provisioned);
}

void Attestation::pollLater(const DeviceAnswer &assigning)
{
    if (m_step == DeviceStep::Token) {
        ended(DeviceStep::Assignment);
    }
    m_operationId = assigning.operationId;
    m_pause.start(assigning.retryAfter.value_or(usualPause));
}

void Attestation::takeAssignment(const DeviceAnswer &assigned)
{
    if (m_step == DeviceStep::Token) { // the service may answer at once
        ended(DeviceStep::Assignment);
    }
    ended(DeviceStep::HubKey);
    m_provisioned = {m_registrationId, assigned.hub, assigned.deviceId, assigned.substatus, {}};
    m_resource = assigned.hub + u"/devices/"_s + assigned.deviceId;
    m_policy.clear();
    m_expiry = nowSeconds() + hubTokenLife;
    sign(assigned.authenticationKey, tokenSubject(m_resource, m_expiry));
}

} // namespace upload
