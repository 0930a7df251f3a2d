// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/trial.h"

using namespace Qt::StringLiterals;

namespace upload {

using station::Outcome;

namespace {

/// From this step on the service may have made a registration.
constexpr auto tokenStep = static_cast<qsizetype>(DeviceStep::Token);

bool isDevicesFault(const tpm::Error &error)
{
    return error.fault == tpm::Fault::Timeout || error.fault == tpm::Fault::Protocol
        || error.fault == tpm::Fault::Refused || error.fault == tpm::Fault::Unsuitable;
}

/// A service that does not believe the device speaks of the device; one that is away does not.
bool isDevicesFault(const Error &error)
{
    return error.fault == Fault::Unauthorized || error.fault == Fault::Refused
        || error.fault == Fault::Conflict || error.fault == Fault::NotFound;
}

QJsonValue truth(std::optional<bool> value)
{
    return value ? QJsonValue(*value) : QJsonValue::Null;
}

} // namespace

QJsonObject TrialReport::toJson() const
{
    return {{u"outcome"_s, word(outcome)}, {u"detail"_s, detail},
        {u"registrationId"_s, registrationId}, {u"hub"_s, hub}, {u"deviceId"_s, deviceId},
        {u"steps"_s, steps}, {u"ms"_s, ms}, {u"keyGone"_s, truth(isKeyGone)},
        {u"registrationGone"_s, truth(isRegistrationGone)}};
}

Trial::Trial(Client &client, std::unique_ptr<DeviceClient> device, const QString &target,
    const QString &registrationId)
    : m_client(client),
      m_attestation(std::move(device), target, registrationId, Attestation::Use::Trial)
{
    m_report.registrationId = registrationId;
    m_report.outcome = Outcome::Pass;
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_isLate = true;
        m_attestation.stop();
    });
    connect(&m_attestation, &Attestation::stepped, this,
        [this](DeviceStep step, std::chrono::milliseconds took) {
            m_report.steps.append(
                QJsonObject{{u"step"_s, word(step)}, {u"ms"_s, qint64(took.count())}});
        });
    connect(&m_attestation, &Attestation::finished, this, &Trial::compare);
    connect(&m_attestation, &Attestation::failed, this, &Trial::judge);
    connect(
        &m_attestation, &Attestation::undone, this, [this](const std::optional<tpm::Error> &error) {
            m_report.isKeyGone = !error;
            if (error) {
                note(Outcome::Fail,
                    u"a key may be left in the TPM, at 0x81000100: "_s + error->detail);
            }
            cleanRegistration();
        });
}

void Trial::start(std::chrono::milliseconds deadline)
{
    m_since.start();
    if (!m_client.endpoint().test) {
        note(Outcome::Skip, u"a trial needs a service with test = true"_s);
        QMetaObject::invokeMethod(this, &Trial::end, Qt::QueuedConnection);
        return;
    }
    m_deadline.start(deadline);
    m_attestation.start();
}

void Trial::stop()
{
    m_attestation.stop();
}

/// The first thing that went wrong is the reason; what is left behind makes it worse.
void Trial::note(Outcome outcome, const QString &detail)
{
    m_report.detail += m_report.detail.isEmpty() ? detail : u"; "_s + detail;
    if (m_report.outcome != Outcome::Fail) {
        m_report.outcome = outcome;
    }
}

void Trial::judge(const AttestationFailure &failure)
{
    m_deadline.stop();
    const bool isOnTpm = failure.step == DeviceStep::Keys || failure.step == DeviceStep::Activation
        || failure.step == DeviceStep::HubKey;
    const bool isDevices = m_isLate
        ? isOnTpm
        : std::visit([](const auto &error) { return isDevicesFault(error); }, failure.error);
    const QString why = m_isLate
        ? u"the time is over"_s
        : std::visit([](const auto &error) { return error.detail; }, failure.error);
    note(isDevices ? Outcome::Fail : Outcome::Skip, word(failure.step) + u": "_s + why);
    cleanKeys();
}

/// The device was told where it belongs; the service has to say the same of it.
void Trial::compare(const Provisioned &provisioned)
{
    m_deadline.stop();
    m_report.hub = provisioned.hub;
    m_report.deviceId = provisioned.deviceId;
    m_client.registration(m_report.registrationId, [this](const Result<RegistrationState> &state) {
        if (!state) {
            note(Outcome::Skip, state.error().detail);
        } else if (state->status != u"assigned" || state->hub != m_report.hub
            || state->deviceId != m_report.deviceId) {
            note(Outcome::Fail,
                u"the service tells another story: %1, %2, %3"_s.arg(
                    state->status, state->hub, state->deviceId));
        }
        cleanKeys();
    });
}

void Trial::cleanKeys()
{
    if (m_report.steps.isEmpty()) { // not one step was made: what is there was there before
        return end();
    }
    m_attestation.undo();
}

void Trial::cleanRegistration()
{
    if (m_report.steps.size() < tokenStep) {
        return end();
    }
    m_client.removeRegistration(m_report.registrationId, [this](const Result<bool> &removed) {
        if (!removed && removed.error().fault != Fault::NotFound) {
            note(Outcome::Fail,
                u"the registration may be left at the service: "_s + removed.error().detail);
            return end();
        }
        proveAbsence();
    });
}

void Trial::proveAbsence()
{
    m_client.registration(m_report.registrationId, [this](const Result<RegistrationState> &state) {
        m_report.isRegistrationGone = !state && state.error().fault == Fault::NotFound;
        if (!m_report.isRegistrationGone) {
            note(Outcome::Fail,
                u"the registration may be left at the service: "_s
                    + (state ? state->status : state.error().detail));
        }
        end();
    });
}

void Trial::end()
{
    m_report.ms = m_since.elapsed();
    Q_EMIT finished(m_report);
}

} // namespace upload
